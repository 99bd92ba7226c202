// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <string_view>
#include <utility>

namespace connectors {

// A folder that only this user can read, removed with all that is in it at the end; after a process
// that was killed the next one that makes such a folder removes it.
class ScratchFolder {
 public:
  // The first of a process also looks for what killed ones left.
  // Error (environment): the system's folder for temporary files cannot be written.
  static base::Result<ScratchFolder> make();
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  const std::filesystem::path& path() const noexcept { return path_; }
  // Writes a file in it, readable by this user alone, and returns its path.
  base::Result<std::filesystem::path> write(std::string_view name, std::string_view content) const;
  // Makes a folder in it and returns its path.
  base::Result<std::filesystem::path> make_folder(std::string_view name) const;

 private:
  ScratchFolder(std::filesystem::path path, base::Fd mark)
      : path_(std::move(path)), mark_(std::move(mark)) {}
  std::filesystem::path path_;
  base::Fd mark_;  // held as long as the folder is ours
};

}  // namespace connectors
