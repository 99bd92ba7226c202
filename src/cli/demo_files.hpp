// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// A file that this program carries; `path` counts from the folder that it is written to.
struct DemoFile {
  std::string path;
  std::string_view content;
};

// The connector of `demo`, in the language of `file` (connector.py, connector.mjs, connector.sh),
// and its source.
std::vector<DemoFile> demo_connector(std::string_view file);

// The sample of tests/rules that shows a rule: what stands there but for `expected`. Empty when
// there is none.
std::vector<DemoFile> rule_sample(std::string_view rule);
// The rules that have one, in the order of their names.
std::vector<std::string> rules_with_sample();

// Makes the folder for a demo: a new one below $TMPDIR, or `wanted`. Returns its whole path. Error
// (usage): `wanted` is there and not empty; (environment): it cannot be made.
base::Result<std::string> make_demo_folder(const std::string& wanted);
// Writes the files into it; scripts can be executed.
base::Result<void> write_demo_files(const std::string& folder, const std::vector<DemoFile>& files);

}  // namespace cli
