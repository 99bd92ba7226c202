// SPDX-License-Identifier: Apache-2.0
#include "connectors/s3_documents.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace connectors {
namespace {

std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    switch (c) {
      case '&': xml += "&amp;"; break;
      case '<': xml += "&lt;"; break;
      case '>': xml += "&gt;"; break;
      case '"': xml += "&quot;"; break;
      default: xml += c;
    }
  }
  return xml;
}

std::string unescaped(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
  for (const auto& [name, character] : kNames)
    for (std::size_t at = 0; (at = text.find(name, at)) != text.npos; at += character.size())
      text.replace(at, name.size(), character);
  return text;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.~/").find(c) != std::string_view::npos;
    if (plain)
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{}>{}</{}>", name, escaped(text), name);
}

std::string iso_date(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.000Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string document(std::string_view root, const std::string& content) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<{} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{}</{}>",
      root, content, root);
}

// The text of each element of that name.
std::vector<std::string> texts_of(std::string_view xml, std::string_view name) {
  const std::string open = fmt::format("<{}>", name), close = fmt::format("</{}>", name);
  std::vector<std::string> texts;
  for (std::size_t at = 0; (at = xml.find(open, at)) != xml.npos;) {
    at += open.size();
    const std::size_t end = xml.find(close, at);
    if (end == xml.npos) break;
    texts.push_back(unescaped(std::string(xml.substr(at, end - at))));
  }
  return texts;
}

}  // namespace

base::HttpReply xml_reply(std::string document) {
  return {200, {{"Content-Type", "application/xml"}}, std::move(document)};
}

std::string http_date(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string error_document_of(std::string_view code, std::string_view message) {
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>{}{}</Error>",
                     element("Code", code), element("Message", message));
}

std::string buckets_document(const std::vector<std::string>& buckets) {
  std::string entries;
  for (const std::string& bucket : buckets)
    entries += "<Bucket>" + element("Name", bucket) +
               element("CreationDate", "2026-01-01T00:00:00.000Z") + "</Bucket>";
  return document("ListAllMyBucketsResult", "<Buckets>" + entries + "</Buckets>");
}

std::string location_document() {
  return document("LocationConstraint", "");
}

std::string copy_document(std::string_view etag) {
  return document(
      "CopyObjectResult",
      element("ETag", etag) + element("LastModified", iso_date(std::chrono::system_clock::now())));
}

std::string upload_document(std::string_view bucket, std::string_view key, std::string_view id) {
  return document("InitiateMultipartUploadResult",
                  element("Bucket", bucket) + element("Key", key) + element("UploadId", id));
}

std::string completed_document(std::string_view bucket, std::string_view key,
                               std::string_view etag) {
  return document("CompleteMultipartUploadResult",
                  element("Bucket", bucket) + element("Key", key) + element("ETag", etag));
}

std::string deleted_document(const std::vector<std::string>& keys) {
  std::string entries;
  for (const std::string& key : keys) entries += "<Deleted>" + element("Key", key) + "</Deleted>";
  return document("DeleteResult", entries);
}

std::string listing_document(const S3Request& request, const std::vector<S3Listed>& objects) {
  const bool second = request.parameter("list-type") == "2";
  const std::string prefix = request.parameter("prefix"),
                    delimiter = request.parameter("delimiter");
  const std::string after =
      std::max(request.parameter(second ? "start-after" : "marker"),
               second ? request.parameter("continuation-token") : std::string());
  std::size_t most = 1000;
  if (const std::string given = request.parameter("max-keys"); !given.empty())
    std::from_chars(given.data(), given.data() + given.size(), most);
  const bool by_url = request.parameter("encoding-type") == "url";
  const auto shown = [by_url](std::string_view text) {
    return by_url ? percent_encoded(text) : std::string(text);
  };

  std::string entries, last;
  std::set<std::string> folders;
  std::size_t count = 0;
  bool cut = false;
  for (const S3Listed& object : objects) {
    if (object.key <= after || (!last.empty() && object.key < last)) continue;
    const std::size_t end =
        delimiter.empty() ? std::string::npos : object.key.find(delimiter, prefix.size());
    const std::string folder =
        end == std::string::npos ? "" : object.key.substr(0, end + delimiter.size());
    if (!folder.empty() && (folders.contains(folder) || after.starts_with(folder))) continue;
    if (count == most) {
      cut = true;
      break;
    }
    ++count;
    // Going on after a folder means after all that lies in it.
    last = folder.empty() ? object.key : folder + '\xFF';
    if (!folder.empty())
      folders.insert(folder);
    else
      entries += "<Contents>" + element("Key", shown(object.key)) +
                 element("LastModified", iso_date(object.modified)) + element("ETag", object.etag) +
                 element("Size", std::to_string(object.bytes)) +
                 element("StorageClass", "STANDARD") + "</Contents>";
  }
  for (const std::string& folder : folders)
    entries += "<CommonPrefixes>" + element("Prefix", shown(folder)) + "</CommonPrefixes>";
  std::string head = element("Name", request.bucket) + element("Prefix", shown(prefix)) +
                     element("MaxKeys", std::to_string(most)) +
                     element("IsTruncated", cut ? "true" : "false");
  if (by_url) head += element("EncodingType", "url");
  if (!delimiter.empty()) head += element("Delimiter", shown(delimiter));
  if (second) head += element("KeyCount", std::to_string(count));
  if (cut) head += element(second ? "NextContinuationToken" : "NextMarker", last);
  return document("ListBucketResult", head + entries);
}

std::vector<int> part_numbers(std::string_view document) {
  std::vector<int> numbers;
  for (const std::string& text : texts_of(document, "PartNumber")) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::string> deleted_keys(std::string_view document) {
  return texts_of(document, "Key");
}

}  // namespace connectors
