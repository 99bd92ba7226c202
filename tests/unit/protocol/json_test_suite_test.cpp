// SPDX-License-Identifier: Apache-2.0
#include "protocol/explain.hpp"
#include "protocol/json_text.hpp"
#include "protocol/parse.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>

// The public JSON parsing test suite, tests/json_test_suite, on everything of ours that reads JSON:
// the fast path, the slow path and the rewriter.
namespace {

// Which of the files that leave it to the parser we accept. RFC 8259 §8.1 asks for UTF-8 without a
// byte order mark, so other encodings, ill-formed UTF-8 and a BOM are refused. A number may be of
// any size, since its digits are kept (§6). Lone surrogates in escapes are valid by the grammar
// (§8.2); the loader stores them as U+FFFD.
const std::set<std::string> kAcceptedByChoice = {
    "i_number_double_huge_neg_exp.json",
    "i_number_huge_exp.json",
    "i_number_neg_int_huge_exp.json",
    "i_number_pos_double_huge_exp.json",
    "i_number_real_neg_overflow.json",
    "i_number_real_pos_overflow.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
    "i_object_key_lone_2nd_surrogate.json",
    "i_string_1st_surrogate_but_2nd_missing.json",
    "i_string_1st_valid_surrogate_2nd_invalid.json",
    "i_string_incomplete_surrogate_and_escape_valid.json",
    "i_string_incomplete_surrogate_pair.json",
    "i_string_incomplete_surrogates_escape_valid.json",
    "i_string_invalid_lonely_surrogate.json",
    "i_string_invalid_surrogate.json",
    "i_string_inverted_surrogates_U+1D11E.json",
    "i_string_lone_second_surrogate.json",
    "i_structure_500_nested_arrays.json",
};

std::map<std::string, std::string> files() {
  std::map<std::string, std::string> found;
  const std::filesystem::path folder = FSIM_SOURCE_DIR "/tests/json_test_suite";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    found[entry.path().filename().string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return found;
}

bool fast_accepts(std::string_view text) {
  const auto form = protocol::parse(base::PaddedBuffer(text)).facts.form;
  return form == core::BodyForm::object || form == core::BodyForm::other;
}

bool expected(const std::string& name) {
  return name.starts_with("y_") || (name.starts_with("i_") && kAcceptedByChoice.contains(name));
}

}  // namespace

TEST_CASE("the public JSON parsing test suite: accept, reject, and our choice") {
  const auto suite = files();
  REQUIRE(suite.size() == 318);
  for (const auto& file : suite) {
    const auto& name = file.first;
    const auto& text = file.second;
    CAPTURE(name);
    CHECK(fast_accepts(text) == expected(name));
    CHECK(protocol::explain(text).has_value() == !expected(name));
    CHECK(protocol::normal_form(text).has_value() == expected(name));
  }
}

TEST_CASE("the public JSON parsing test suite, as a cell of a row") {
  for (const auto& file : files()) {
    const auto& name = file.first;
    const auto& text = file.second;
    CAPTURE(name);
    const bool as_expected = expected(name);
    const std::string body =
        R"({"state":{},"insert":{"t":[{"a":)" + text + "}]},\"hasMore\":false}";
    CHECK(fast_accepts(body) == as_expected);
    CHECK(protocol::explain(body).has_value() == !as_expected);
  }
}
