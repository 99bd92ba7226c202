// SPDX-License-Identifier: Apache-2.0
#include "connector_kit.hpp"
#include "connectors/scenario_connector.hpp"
#include "support/temp_dir.hpp"

#include <string>

#include <doctest/doctest.h>

namespace {

using core::FailureKind;

connector_kit::Subject open(const support::TempDir& dir) {
  return connector_kit::open("scenario:" + dir.path().string());
}

}  // namespace

TEST_CASE("the files of a scenario are played in order, byte for byte") {
  const support::TempDir dir;
  const std::string odd("\xEF\xBB\xBF{\"a\" : 1.0 }\r\n\0x", 18);
  dir.write("010.json", "second");
  dir.write("002.json", odd);
  dir.write("readme.md", "not a response");
  dir.write("zz.json", "");
  const auto subject = open(dir);
  CHECK(subject.answer() == odd);
  CHECK(subject.answer() == "second");
  CHECK(subject.answer().empty());
  const std::string error = subject.error();
  CHECK(error.find("usage: cannot play scenario:") == 0);
  CHECK(error.find("its 3 responses were used up and another call was made (add a file, or let the "
                   "last response say hasMore: false") != std::string::npos);
}

TEST_CASE("a meta file says what a body cannot") {
  const support::TempDir dir;
  dir.write("1.json", "<html>");
  dir.write("1.meta.json",
            R"({"failure": "http_status", "httpStatus": 503, "contentType": "text/html",
                "seconds": 2.5, "log": ["one", "two"]})");
  dir.write("2.meta.json",
            R"({"failure": "timed_out", "errorType": "T", "errorMessage": "M", "exitCode": 7,
                "stackTrace": ["at x"]})");
  dir.write("3.json", "{}");
  const auto subject = open(dir);

  const core::RawResponse first = subject.call();
  CHECK(first.failure == FailureKind::http_status);
  CHECK(first.http_status == 503);
  CHECK(first.content_type == "text/html");
  CHECK(first.body.view() == "<html>");
  CHECK(first.duration == std::chrono::milliseconds(2500));
  CHECK(first.log_lines == 2);
  CHECK(first.log_tail == std::vector<std::string>{"one", "two"});
  CHECK(subject.lines() == std::vector<std::string>{"one", "two"});

  const core::RawResponse second = subject.call();
  CHECK(second.failure == FailureKind::timed_out);
  CHECK(second.error_type == "T");
  CHECK(second.error_message == "M");
  CHECK(second.exit_code == 7);
  CHECK(second.stack_trace == std::vector<std::string>{"at x"});

  CHECK(subject.call().failure == FailureKind::none);
}

TEST_CASE("a broken meta file is named with its line") {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"{\n \"failure\": \"timed_out\",\n}",
       "line 3: this is not JSON (correct it or remove the "
       "file)"},
      {"[]", "line 1: the document is not an object (write {\"failure\": …} or the like)"},
      {"{\"seconds\": 1,\n\"failure\": \"timedout\"}",
       "line 2: \"timedout\" is no failure (did you mean timed_out?)"},
      {"{\n\n\"eror_type\": 1}", "line 3: there is no key \"eror_type\""},
      {"{\"errortype\": \"x\"}",
       "line 1: there is no key \"errortype\" (did you mean "
       "\"errorType\"?)"},
      {"{\"log\": \"x\"}", "line 1: \"log\" is not an array of strings"},
      {"{\"log\": [1]}", "line 1: \"log\" is not an array of strings"},
      {"{\"failure\": 1}", "line 1: \"failure\" is not the name of a failure"},
      {"{\"httpStatus\": \"503\"}", "line 1: \"httpStatus\" is not an integer"},
      {"{\"seconds\": \"1\"}", "line 1: \"seconds\" is not a number"},
      {"{\"seconds\": 1e300}", "line 1: \"seconds\" is not a number from 0 to 1000000"},
      {"{\"seconds\": -1}", "line 1: \"seconds\" is not a number from 0 to 1000000"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.text));
    const support::TempDir dir;
    dir.write("1.json", "{}");
    const std::string file = dir.write("1.meta.json", c.text);
    const std::string error = open(dir).error();
    CHECK(error.find("usage: cannot read " + file + ": " + c.message) == 0);
  }
}

TEST_CASE("a long invented log keeps its tail") {
  const support::TempDir dir;
  std::string log;
  for (int i = 0; i < 60; ++i) log += (i == 0 ? "\"" : ", \"") + std::to_string(i) + "\"";
  dir.write("1.meta.json", "{\"log\": [" + log + "]}");
  const core::RawResponse raw = open(dir).call();
  CHECK(raw.log_lines == 60);
  CHECK(raw.log_tail.size() == core::RawResponse::kLogTail);
  CHECK(raw.log_tail.back() == "59");
}

TEST_CASE("documents in memory play a connector") {
  std::vector<base::PaddedBuffer> documents;
  documents.emplace_back("{\"hasMore\": true}");
  documents.emplace_back("");
  const auto connector =
      connectors::make_document_connector("page.json and one more", std::move(documents));
  CHECK(connector->describe() == "page.json and one more");
  CHECK(connector->invoke({"{}", {}})->body.view() == "{\"hasMore\": true}");
  CHECK(connector->invoke({"{}", {}})->body.view().empty());
  const auto after = connector->invoke({"{}", {}});
  REQUIRE_FALSE(after.has_value());
  CHECK(after.error().kind == base::ErrorKind::usage);
}
