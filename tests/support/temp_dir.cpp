// SPDX-License-Identifier: Apache-2.0
#include "support/temp_dir.hpp"

#include <stdlib.h>

#include <fstream>
#include <iostream>
#include <stdexcept>

#include <doctest/doctest.h>

namespace support {
namespace {

bool test_failed = false;

// Notes whether a check of the running test has failed.
class FailureWatch final : public doctest::IReporter {
 public:
  explicit FailureWatch(const doctest::ContextOptions&) {}
  void test_case_start(const doctest::TestCaseData&) override { test_failed = false; }
  void log_assert(const doctest::AssertData& data) override {
    if (data.m_failed) test_failed = true;
  }
  void test_case_exception(const doctest::TestCaseException&) override { test_failed = true; }
  void report_query(const doctest::QueryData&) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats&) override {}
  void test_case_reenter(const doctest::TestCaseData&) override {}
  void test_case_end(const doctest::CurrentTestCaseStats&) override {}
  void subcase_start(const doctest::SubcaseSignature&) override {}
  void subcase_end() override {}
  void log_message(const doctest::MessageData&) override {}
  void test_case_skipped(const doctest::TestCaseData&) override {}
};

REGISTER_LISTENER("failures", 1, FailureWatch);

}  // namespace

TempDir::TempDir() {
  std::string form = (std::filesystem::temp_directory_path() / "fsim-test-XXXXXX").string();
  if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no temporary folder: " + form);
  path_ = form;
}

TempDir::~TempDir() {
  if (test_failed || std::uncaught_exceptions() > 0) {
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
