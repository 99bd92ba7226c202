// SPDX-License-Identifier: Apache-2.0
#include "connectors/scratch_folder.hpp"

#include "connectors/scratch_owner.hpp"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>

namespace connectors {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using base::Result;

Result<ScratchFolder> ScratchFolder::make() {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  static std::once_flag looked;
  if (!error) std::call_once(looked, remove_orphaned, parent);
  while (true) {
    std::string form = (parent / "fivetran-sim-XXXXXX").string();
    if (error || mkdtemp(form.data()) == nullptr) {
      const std::string why = error ? error.message() : std::strerror(errno);
      return fail(ErrorKind::environment,
                  fmt::format("cannot make a temporary folder in {}: {} (set TMPDIR to a folder "
                              "that can be written)",
                              parent.string(), why));
    }
    if (auto mark = own_folder(form)) return ScratchFolder(form, std::move(*mark));
  }
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, fs::path())), mark_(std::move(other.mark_)) {}

ScratchFolder::~ScratchFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Result<fs::path> ScratchFolder::write(std::string_view name, std::string_view content) const {
  const fs::path file = path_ / name;
  std::ofstream stream(file, std::ios::binary);
  stream << content;
  stream.close();
  std::error_code error;
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, error);
  if (!stream || error)
    return fail(ErrorKind::environment,
                fmt::format("cannot write {}: is the disk full?", file.string()));
  return file;
}

Result<fs::path> ScratchFolder::make_folder(std::string_view name) const {
  const fs::path folder = path_ / name;
  std::error_code error;
  fs::create_directory(folder, error);
  if (error)
    return fail(ErrorKind::environment,
                fmt::format("cannot make {}: {}", folder.string(), error.message()));
  return folder;
}

}  // namespace connectors
