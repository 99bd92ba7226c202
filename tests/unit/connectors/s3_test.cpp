// SPDX-License-Identifier: Apache-2.0
#include "base/http_client.hpp"
#include "connectors/s3_answer.hpp"
#include "connectors/s3_server.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

namespace {

using connectors::S3Objects;
using connectors::S3Request;

base::HttpRequest request(std::string method, std::string target, std::string_view body = "",
                          base::HttpHeaders headers = {}) {
  base::HttpRequest made;
  made.method = std::move(method);
  made.target = std::move(target);
  made.headers = std::move(headers);
  made.body = base::PaddedBuffer(body);
  return made;
}

base::HttpReply ask(S3Objects& objects, base::HttpRequest wanted) {
  auto read = connectors::read_s3_request(std::move(wanted));
  REQUIRE(read);
  return connectors::answer_s3(objects, std::move(*read));
}

std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const std::size_t begin = text.find(before);
  if (begin == text.npos) return "";
  const std::size_t from = begin + before.size();
  return text.substr(from, text.find(after, from) - from);
}

}  // namespace

TEST_CASE("S3: bucket and key are found in both address styles") {
  struct Case {
    const char *host, *target, *bucket, *key;
  };
  for (const Case& c :
       {Case{"127.0.0.1:9", "/b/dir/a%20b%2Bc.json?x-id=PutObject", "b", "dir/a b+c.json"},
        Case{"localhost:9", "/b/k", "b", "k"},
        Case{"my.bucket.s3.localhost:9", "/dir/k", "my.bucket", "dir/k"},
        Case{"b.localhost:9", "/k+l", "b", "k+l"}, Case{"s3.localhost", "/b", "b", ""},
        Case{"127.0.0.1:9", "/", "", ""}}) {
    CAPTURE(c.target);
    const auto read = connectors::read_s3_request(request("PUT", c.target, "", {{"Host", c.host}}));
    REQUIRE(read);
    CHECK(read->bucket == c.bucket);
    CHECK(read->key == c.key);
  }
}

TEST_CASE("S3: the frames of aws-chunked are taken off") {
  const std::string framed =
      "5;chunk-signature=ab\r\nhello\r\n1\r\n!\r\n0;chunk-signature=cd\r\nx-amz-checksum-crc32:"
      "a\r\n\r\n";
  CHECK(connectors::join_aws_chunks(framed)->view() == "hello!");
  CHECK(connectors::join_aws_chunks("0\r\n\r\n")->view().empty());
  for (const char* broken :
       {"", "5\r\nhell", "5\r\nhello!\r\n0\r\n", "zz\r\n", "5x\r\nhello\r\n0\r\n"})
    CHECK_FALSE(connectors::join_aws_chunks(broken));
  const auto read = connectors::read_s3_request(request(
      "PUT", "/b/k", framed, {{"X-Amz-Content-Sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"}}));
  REQUIRE(read);
  CHECK(read->body.view() == "hello!");
}

TEST_CASE("S3: an object is put, read in part, copied, listed and deleted") {
  S3Objects objects;
  const auto put =
      ask(objects, request("PUT", "/b/dir/one.json", "0123456789",
                           {{"Content-Type", "json"}, {"x-amz-meta-who", "me"}, {"Other", "x"}}));
  CHECK(put.status == 200);
  CHECK_FALSE(base::find_header(put.headers, "ETag").empty());
  const auto got = ask(objects, request("GET", "/b/dir/one.json"));
  CHECK(got.body == "0123456789");
  CHECK(base::find_header(got.headers, "Content-Type") == "json");
  CHECK(base::find_header(got.headers, "x-amz-meta-who") == "me");
  CHECK(base::find_header(got.headers, "Other").empty());

  struct Range {
    const char *asked, *body, *told;
  };
  for (const Range& range :
       {Range{"bytes=2-4", "234", "bytes 2-4/10"}, Range{"bytes=7-", "789", "bytes 7-9/10"},
        Range{"bytes=-2", "89", "bytes 8-9/10"},
        Range{"bytes=0-99", "0123456789", "bytes 0-9/10"}}) {
    const auto part = ask(objects, request("GET", "/b/dir/one.json", "", {{"Range", range.asked}}));
    CHECK(part.status == 206);
    CHECK(part.body == range.body);
    CHECK(base::find_header(part.headers, "Content-Range") == range.told);
  }
  ask(objects, request("PUT", "/b/copy", "", {{"x-amz-copy-source", "/b/dir/one.json"}}));
  CHECK(ask(objects, request("GET", "/b/copy")).body == "0123456789");
  CHECK(objects.take_written() == std::vector<std::string>{"b/dir/one.json", "b/copy"});
  CHECK(objects.take_written().empty());

  CHECK(ask(objects, request("DELETE", "/b/copy")).status == 204);
  const auto gone = ask(objects, request("GET", "/b/copy"));
  CHECK(gone.status == 404);
  CHECK(gone.body.find("<Code>NoSuchKey</Code>") != gone.body.npos);
  CHECK(ask(objects, request("PATCH", "/b/dir/one.json")).status == 501);
}

TEST_CASE("S3: a listing goes page by page, with folders") {
  S3Objects objects;
  for (const char* key : {"a/1", "a/2", "b", "c/1", "d"}) objects.put("b", key, {});
  std::string after, seen;
  for (int page = 0; page < 9; ++page) {
    const auto reply =
        ask(objects, request("GET", "/b?list-type=2&delimiter=%2F&max-keys=1" + after));
    for (const char* name : {"Key", "CommonPrefixes><Prefix"})
      if (const std::string one = between(reply.body, std::string("<") + name + ">", "<");
          !one.empty())
        seen += one + " ";
    const std::string token = between(reply.body, "<NextContinuationToken>", "<");
    if (token.empty()) break;
    after = "&continuation-token=" + token;
  }
  CHECK(seen == "a/ b c/ d ");
  const auto some = ask(objects, request("GET", "/b?prefix=a%2F"));
  CHECK(between(some.body, "<IsTruncated>", "<") == "false");
  CHECK(some.body.find("<Key>a/2</Key>") != some.body.npos);
  CHECK(some.body.find("<Key>b</Key>") == some.body.npos);
}

TEST_CASE("S3: parts that come in any order make one object, without one that is missing none") {
  S3Objects objects;
  const auto begun = ask(objects, request("POST", "/b/k?uploads"));
  const std::string id = between(begun.body, "<UploadId>", "<");
  REQUIRE_FALSE(id.empty());
  ask(objects, request("PUT", "/b/k?partNumber=2&uploadId=" + id, "world"));
  ask(objects, request("PUT", "/b/k?partNumber=1&uploadId=" + id, "hello "));
  const std::string end = "</PartNumber></Part>";
  CHECK(
      ask(objects, request("POST", "/b/k?uploadId=" + id, "<C><Part><PartNumber>3" + end + "</C>"))
          .status == 400);
  CHECK_FALSE(objects.take("b", "k"));
  const auto done =
      ask(objects, request("POST", "/b/k?uploadId=" + id,
                           "<C><Part><PartNumber>1" + end + "<Part><PartNumber>2" + end + "</C>"));
  CHECK(done.status == 200);
  CHECK(objects.take("b", "k")->view() == "hello world");
  CHECK(ask(objects, request("PUT", "/b/k?partNumber=1&uploadId=" + id, "late")).status == 404);
}

TEST_CASE("S3: over HTTP an object appears only when its put is answered") {
  auto server = connectors::S3Server::start();
  REQUIRE(server);
  base::HttpClient client;
  base::HttpCall put;
  put.method = "PUT";
  put.url = (*server)->url() + "/b/k";
  put.body = "content";
  const auto answer = client.send(put);
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK((*server)->objects().wait_for("b", "k", std::chrono::milliseconds(0)));
}
