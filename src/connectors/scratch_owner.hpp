// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"

#include <filesystem>
#include <optional>

namespace connectors {

// Marks a fresh temporary folder as that of this process, until the descriptor is closed, which the
// system does when the process is killed: a file in it, locked. Without a mark, and an empty
// descriptor, where files cannot be locked. Nothing: another process took the folder for an orphan
// before the mark was locked, and removes it.
std::optional<base::Fd> own_folder(const std::filesystem::path& folder);

// Removes the folders beside it that own_folder marked and whose process is gone. Those of other
// users, those without a mark and all that cannot be removed are left.
void remove_orphaned(const std::filesystem::path& parent);

}  // namespace connectors
