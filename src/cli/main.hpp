// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cli {

// The whole program: reads the arguments, runs the command, prints an error in one line, returns
// the exit code (core::ExitCode).
int main(int argc, char** argv);

}  // namespace cli
