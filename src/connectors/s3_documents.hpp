// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "connectors/s3_objects.hpp"
#include "connectors/s3_request.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

// The XML documents of Amazon S3: those it answers with, and what is needed of those it gets.
namespace connectors {

base::HttpReply xml_reply(std::string document);
// "Wed, 25 Nov 2026 21:00:00 GMT"
std::string http_date(std::chrono::system_clock::time_point time);

std::string error_document_of(std::string_view code, std::string_view message);
std::string buckets_document(const std::vector<std::string>& buckets);
std::string location_document();
std::string copy_document(std::string_view etag);
std::string upload_document(std::string_view bucket, std::string_view key, std::string_view id);
std::string completed_document(std::string_view bucket, std::string_view key,
                               std::string_view etag);
std::string deleted_document(const std::vector<std::string>& keys);
// A listing of either version (list-type=2), with prefix, delimiter, max-keys and where to go on.
std::string listing_document(const S3Request& request, const std::vector<S3Listed>& objects);

// The numbers of a CompleteMultipartUpload, in its order.
std::vector<int> part_numbers(std::string_view document);
// The keys of a Delete.
std::vector<std::string> deleted_keys(std::string_view document);

}  // namespace connectors
