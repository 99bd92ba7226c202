// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_files.hpp"

#include "base/files.hpp"
#include "embedded/demo_connector.hpp"
#include "embedded/rule_samples.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;

// What cmake/Embed.cmake makes of a folder: for each file "SIZE PATH\n" and its bytes.
std::vector<DemoFile> unpacked(std::string_view archive) {
  std::vector<DemoFile> files;
  while (!archive.empty()) {
    const std::size_t blank = archive.find(' '), end = archive.find('\n');
    std::size_t size = 0;
    std::from_chars(archive.data(), archive.data() + blank, size);
    files.push_back(
        {std::string(archive.substr(blank + 1, end - blank - 1)), archive.substr(end + 1, size)});
    archive.remove_prefix(end + 1 + size);
  }
  return files;
}

// "ROW-04" of "ROW-04-duplicate-key-in-response/defect/1.json".
std::string_view rule_of(std::string_view path) {
  return path.substr(0, path.find('-', path.find('-') + 1));
}

}  // namespace

std::vector<DemoFile> demo_connector(std::string_view file) {
  std::vector<DemoFile> files = unpacked(embedded::demo_connector);
  std::erase_if(files, [file](const DemoFile& one) {
    return one.path.starts_with("connector.") && one.path != file;
  });
  return files;
}

std::vector<DemoFile> rule_sample(std::string_view rule) {
  std::vector<DemoFile> files = unpacked(embedded::rule_samples);
  std::erase_if(files, [rule](const DemoFile& one) { return rule_of(one.path) != rule; });
  for (DemoFile& file : files) file.path.erase(0, file.path.find('/') + 1);
  return files;
}

std::vector<std::string> rules_with_sample() {
  std::vector<std::string> rules;
  for (const DemoFile& file : unpacked(embedded::rule_samples))
    rules.emplace_back(rule_of(file.path));
  std::ranges::sort(rules);
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

base::Result<std::string> make_demo_folder(const std::string& wanted) {
  std::error_code error;
  if (wanted.empty()) {
    const fs::path temporary = fs::temp_directory_path(error);
    std::string form = (temporary / "fivetran-sim-demo-XXXXXX").string();
    if (error || mkdtemp(form.data()) == nullptr)
      return fail(ErrorKind::environment,
                  fmt::format("cannot make a folder for the demo: {} (--to DIR names one)",
                              error ? error.message() : base::last_os_error()));
    return fs::canonical(form, error).string();
  }
  if (fs::exists(wanted, error) && !fs::is_empty(wanted, error))
    return fail(ErrorKind::usage,
                fmt::format("cannot write the demo to {}: there is something in it (name a new "
                            "folder)",
                            wanted));
  fs::create_directories(wanted, error);
  if (error)
    return fail(ErrorKind::environment,
                fmt::format("cannot make the folder {}: {}", wanted, error.message()));
  return fs::canonical(wanted, error).string();
}

base::Result<void> write_demo_files(const std::string& folder, const std::vector<DemoFile>& files) {
  std::error_code error;
  for (const DemoFile& file : files) {
    const fs::path path = fs::path(folder) / file.path;
    fs::create_directories(path.parent_path(), error);
    FSIM_TRY(base::write_file_atomically(path.string(), file.content, base::Outlasts::kill));
    if (path.extension() == ".sh")
      fs::permissions(path, fs::perms::owner_exec, fs::perm_options::add, error);
  }
  return {};
}

}  // namespace cli
