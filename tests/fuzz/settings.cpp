// SPDX-License-Identifier: Apache-2.0
// A fivetran-sim.toml, read as each of a few commands reads it: settings, or one line that says
// what is wrong.
#include "check.hpp"
#include "cli/arguments.hpp"

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace {

// A folder of its own, which is the current one from then on.
bool enter_folder() {
  std::string folder = (std::filesystem::temp_directory_path() / "fsim-fuzz-XXXXXX").string();
  fuzz::require(::mkdtemp(folder.data()) != nullptr);
  std::filesystem::current_path(folder);
  static const std::string made = folder;
  std::atexit([] {
    std::error_code ignored;
    std::filesystem::remove_all(made, ignored);
  });
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool entered = enter_folder();
  fuzz::require(entered);
  if (size == 0) return 0;
  {
    std::ofstream file("fivetran-sim.toml", std::ios::binary);
    file << fuzz::text_of(data + 1, size - 1);
  }
  constexpr const char* kCommands[] = {"run", "test", "chaos", "schema", "diff"};
  const auto arguments = cli::parse_arguments({kCommands[data[0] % std::size(kCommands)]});
  if (!arguments) fuzz::require(!arguments.error().message.empty());
  return 0;
}
