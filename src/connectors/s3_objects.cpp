// SPDX-License-Identifier: Apache-2.0
#include "connectors/s3_objects.hpp"

#include "base/digest.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace connectors {
namespace {

// With a dash, as of an object that came in parts: clients then do not take it for an MD5 sum.
std::string etag_of(std::string_view bytes) {
  return fmt::format("\"{}-1\"", base::to_hex(base::sha256(bytes)).substr(0, 32));
}

}  // namespace

void S3Objects::make_bucket(const std::string& bucket) {
  const std::lock_guard lock(mutex_);
  buckets_.insert(bucket);
}

std::vector<std::string> S3Objects::buckets() const {
  const std::lock_guard lock(mutex_);
  return {buckets_.begin(), buckets_.end()};
}

std::string S3Objects::put_locked(Name name, S3Object object) {
  object.etag = etag_of(object.bytes.view());
  object.modified = std::chrono::system_clock::now();
  std::string etag = object.etag;
  buckets_.insert(name.first);
  written_.push_back(name.first + "/" + name.second);
  objects_.insert_or_assign(std::move(name), std::move(object));
  came_.notify_all();
  return etag;
}

std::string S3Objects::put(const std::string& bucket, const std::string& key, S3Object object) {
  const std::lock_guard lock(mutex_);
  return put_locked({bucket, key}, std::move(object));
}

bool S3Objects::read(const std::string& bucket, const std::string& key,
                     const std::function<void(const S3Object&)>& look) const {
  const std::lock_guard lock(mutex_);
  const auto found = objects_.find({bucket, key});
  if (found == objects_.end()) return false;
  look(found->second);
  return true;
}

void S3Objects::erase(const std::string& bucket, const std::string& key) {
  const std::lock_guard lock(mutex_);
  objects_.erase({bucket, key});
}

std::vector<S3Listed> S3Objects::list(const std::string& bucket, std::string_view prefix) const {
  const std::lock_guard lock(mutex_);
  std::vector<S3Listed> found;
  for (auto at = objects_.lower_bound({bucket, std::string(prefix)});
       at != objects_.end() && at->first.first == bucket && at->first.second.starts_with(prefix);
       ++at)
    found.push_back(
        {at->first.second, at->second.etag, at->second.bytes.size(), at->second.modified});
  return found;
}

std::string S3Objects::begin_upload(base::HttpHeaders headers) {
  const std::lock_guard lock(mutex_);
  std::string id = fmt::format("upload-{}", ++last_upload_);
  uploads_[id].headers = std::move(headers);
  return id;
}

std::optional<std::string> S3Objects::put_part(const std::string& upload, int number,
                                               base::PaddedBuffer bytes) {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(upload);
  if (found == uploads_.end()) return std::nullopt;
  std::string etag = etag_of(bytes.view());
  found->second.parts.insert_or_assign(number, std::move(bytes));
  return etag;
}

std::optional<std::string> S3Objects::complete_upload(const std::string& upload,
                                                      const std::string& bucket,
                                                      const std::string& key,
                                                      const std::vector<int>& numbers) {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(upload);
  if (found == uploads_.end() || numbers.empty()) return std::nullopt;
  S3Object whole;
  for (const int number : numbers) {
    const auto part = found->second.parts.find(number);
    if (part == found->second.parts.end()) return std::nullopt;
    whole.bytes.append(part->second.view());
  }
  whole.headers = std::move(found->second.headers);
  uploads_.erase(found);
  return put_locked({bucket, key}, std::move(whole));
}

void S3Objects::abort_upload(const std::string& upload) {
  const std::lock_guard lock(mutex_);
  uploads_.erase(upload);
}

std::optional<base::PaddedBuffer> S3Objects::take(const std::string& bucket,
                                                  const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = objects_.find({bucket, key});
  if (found == objects_.end()) return std::nullopt;
  base::PaddedBuffer bytes = std::move(found->second.bytes);
  objects_.erase(found);
  return bytes;
}

bool S3Objects::wait_for(const std::string& bucket, const std::string& key,
                         std::chrono::milliseconds patience) const {
  std::unique_lock lock(mutex_);
  return came_.wait_for(lock, patience, [&] {
    return objects_.find({bucket, key}) != objects_.end();
  });
}

std::vector<std::string> S3Objects::take_written() {
  const std::lock_guard lock(mutex_);
  return std::exchange(written_, {});
}

}  // namespace connectors
