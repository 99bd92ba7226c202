// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace base {

// The file that this process runs, with symbolic links resolved; empty where the system does not
// tell.
std::string own_program();

}  // namespace base
