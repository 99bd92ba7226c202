// SPDX-License-Identifier: Apache-2.0
#include "protocol/answer_meta.hpp"

#include <nlohmann/json.hpp>

namespace protocol {
namespace {

using json = nlohmann::ordered_json;

bool says_json(std::string_view content_type) {
  return content_type.find("json") != content_type.npos;
}

void put_failure(json& document, const core::RawResponse& raw) {
  if (raw.answered()) return;
  document["failure"] = core::name(raw.failure);
  if (!raw.error_type.empty()) document["errorType"] = raw.error_type;
  if (!raw.error_message.empty()) document["errorMessage"] = raw.error_message;
  if (raw.signal != 0) document["signal"] = raw.signal;
  if (raw.refused_bytes > 0) document["refusedBytes"] = raw.refused_bytes;
}

void put_file(json& document, const core::RawResponse& raw) {
  if (!raw.file) return;
  if (raw.file->arrival == core::BucketFile::Arrival::late) document["fileLate"] = true;
  if (!raw.file->elsewhere.empty()) document["wrote"] = raw.file->elsewhere;
}

}  // namespace

std::string answer_meta_text(const core::RawResponse& raw) {
  json document = json::object();
  put_failure(document, raw);
  if (raw.exit_code.value_or(0) != 0) document["exitCode"] = *raw.exit_code;
  if (raw.http_status.value_or(200) != 200) document["httpStatus"] = *raw.http_status;
  if (!raw.content_type.empty() && !says_json(raw.content_type))
    document["contentType"] = raw.content_type;
  put_file(document, raw);
  if (document.empty()) return "";
  // What a connector wrote need not be UTF-8; the document has to be.
  return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace protocol
