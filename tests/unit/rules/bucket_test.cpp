// SPDX-License-Identifier: Apache-2.0
#include "scene.hpp"

#include <doctest/doctest.h>

using scene::Lines;
using scene::Sync;
using Arrival = core::BucketFile::Arrival;

namespace {

constexpr const char* kAnswer =
    R"({"state":{"n":1},"schema":{"t":{"primary_key":["id"]}},"hasMore":false})";

core::Verdict through_bucket(std::string_view file, Arrival arrival = Arrival::in_time,
                             std::string_view answer = kAnswer) {
  Sync sync;
  sync.request.bucket = "b";
  sync.request.file = "f.json";
  sync.raw.file.emplace();
  sync.raw.file->arrival = arrival;
  sync.raw.file->bytes = base::PaddedBuffer(file);
  return sync.call(answer);
}

Lines raised(std::string_view file, Arrival arrival = Arrival::in_time,
             std::string_view answer = kAnswer) {
  return scene::lines(through_bucket(file, arrival, answer).findings, core::Severity::info);
}

}  // namespace

TEST_CASE("S3: the rows of the file are judged like those of an answer") {
  CHECK(raised(R"({"insert":{"t":[{"id":1}]},"delete":{}})").empty());
  CHECK(raised(R"({"insert":{}})").empty());
  CHECK(raised("{}").empty());
  CHECK(raised(R"({"insert":{"t":[{"id":null}]}})") == Lines{"ROW-02 error t /insert/t/0 1"});
  CHECK(raised(R"({"insert":{"t":{"id":1}}})") == Lines{"RSP-08 error t /insert/t 1"});
}

TEST_CASE("S3: a file that is not there or no such object rejects the page") {
  struct Case {
    const char* file;
    Arrival arrival;
    const char *rule, *words;
  };
  const std::string ndjson = "{\"insert\":{}}\n{\"insert\":{}}\n";
  for (const Case& c :
       {Case{"", Arrival::never, "S3-01", "nothing was written"},
        Case{R"({"insert":{}})", Arrival::late, "S3-01", "after the function had returned"},
        Case{"", Arrival::in_time, "S3-01", "is empty"},
        Case{ndjson.c_str(), Arrival::in_time, "S3-02", "line 2"},
        Case{"\x1F\x8B\x08", Arrival::in_time, "S3-02", "gzip"},
        Case{"\xEF\xBB\xBF{}", Arrival::in_time, "S3-02", "byte order mark"},
        Case{"[{}]", Arrival::in_time, "S3-02", "JSON array"},
        Case{R"("{\"insert\":{}}")", Arrival::in_time, "S3-02", "JSON string"},
        Case{"  \n", Arrival::in_time, "S3-02", "white space"},
        Case{R"({"data":{"insert":{}}})", Arrival::in_time, "S3-02", "`data`"},
        Case{R"({"inserts":{}})", Arrival::in_time, "S3-02", "`inserts`"}}) {
    CAPTURE(c.file);
    CAPTURE(c.words);
    const core::Verdict verdict = through_bucket(c.file, c.arrival);
    CHECK(verdict.rejected);
    REQUIRE(verdict.findings.size() == 1);
    CHECK(verdict.findings[0].rule == c.rule);
    CHECK(verdict.findings[0].message.find(c.words) != std::string::npos);
  }
}

TEST_CASE("S3: rows in the answer are not loaded, and what belongs into the answer is not read") {
  constexpr const char* kInline =
      R"({"state":{"n":1},"insert":{"t":[{"id":1}]},"schema":{"t":{"primary_key":["id"]}},"hasMore":false})";
  CHECK(raised(R"({"insert":{}})", Arrival::in_time, kInline) ==
        Lines{"S3-03 warning - /insert 1"});
  CHECK(raised("", Arrival::never, kInline) == Lines{"S3-01 error - - 1"});
  CHECK(raised(R"({"insert":{"t":[{"id":1}]},"state":{},"hasMore":true})") ==
        Lines{"S3-03 warning - /state 1"});
  CHECK(raised("", Arrival::never, R"({"errorMessage":"no"})") ==
        Lines{"INV-04 error - /errorMessage 1"});
}
