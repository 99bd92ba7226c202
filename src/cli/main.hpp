// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cli {

// One command line, without the program's name: prints what it has to say and returns the exit
// code. `demo` runs several of them.
int execute(std::vector<std::string> words);

// The whole program: reads the arguments, runs the command, prints an error in one line, returns
// the exit code (core::ExitCode).
int main(int argc, char** argv);

}  // namespace cli
