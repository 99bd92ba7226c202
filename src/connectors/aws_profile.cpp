// SPDX-License-Identifier: Apache-2.0
#include "connectors/aws_profile.hpp"

#include "base/files.hpp"
#include "base/http_headers.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace connectors {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string shared_file(const char* override_name, std::string_view usual) {
  if (std::string named = variable(override_name); !named.empty()) return named;
  return variable("HOME") + "/.aws/" + std::string(usual);
}

AwsProfile section_of_file(const std::string& path, std::string_view section) {
  const auto text = base::read_file(path);
  return text ? read_aws_section(*text, section) : AwsProfile();
}

}  // namespace

AwsProfile read_aws_section(std::string_view file_text, std::string_view section) {
  AwsProfile settings;
  bool inside = false;
  while (!file_text.empty()) {
    const std::size_t end = file_text.find('\n');
    std::string_view line = file_text.substr(0, end);
    file_text = end == file_text.npos ? std::string_view() : file_text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool indented = line.starts_with(' ') || line.starts_with('\t');
    line = base::trim_blanks(line);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[') {
      inside = base::trim_blanks(line.substr(1, line.find(']') - 1)) == section;
      continue;
    }
    const std::size_t equals = line.find('=');
    if (!inside || indented || equals == line.npos) continue;
    std::string name(base::trim_blanks(line.substr(0, equals)));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    settings[name] = base::trim_blanks(line.substr(equals + 1));
  }
  return settings;
}

AwsProfile read_aws_profile(std::string_view profile) {
  const std::string in_config =
      profile == "default" ? "default" : "profile " + std::string(profile);
  AwsProfile settings =
      section_of_file(shared_file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), profile);
  settings.merge(section_of_file(shared_file("AWS_CONFIG_FILE", "config"), in_config));
  return settings;
}

std::string aws_profile_name(const std::string& wanted) {
  if (!wanted.empty()) return wanted;
  for (const char* name : {"AWS_PROFILE", "AWS_DEFAULT_PROFILE"})
    if (std::string named = variable(name); !named.empty()) return named;
  return "default";
}

}  // namespace connectors
