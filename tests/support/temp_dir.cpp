// SPDX-License-Identifier: Apache-2.0
#include "support/temp_dir.hpp"

#include <stdlib.h>

#include <fstream>
#include <iostream>
#include <stdexcept>

#include <doctest/doctest.h>

namespace support {

TempDir::TempDir() {
  std::string form = (std::filesystem::temp_directory_path() / "fsim-test-XXXXXX").string();
  if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no temporary folder: " + form);
  path_ = form;
}

TempDir::~TempDir() {
  const auto* test = doctest::getContextOptions();
  const bool failed =
      test != nullptr && test->currentTest != nullptr && std::uncaught_exceptions() > 0;
  if (failed) {
    std::cerr << "kept: " << path_ << '\n';
    return;
  }
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDir::write(std::string_view name, std::string_view content) const {
  const auto file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
  return file.string();
}

}  // namespace support
