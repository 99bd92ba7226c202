// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_headers.hpp"
#include "base/padded_buffer.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace connectors {

struct S3Object {
  base::PaddedBuffer bytes;
  base::HttpHeaders headers;  // sent back with it: Content-Type, x-amz-meta-…
  std::string etag;           // set by S3Objects
  std::chrono::system_clock::time_point modified{};
};

// A line of a listing.
struct S3Listed {
  std::string key, etag;
  std::uint64_t bytes = 0;
  std::chrono::system_clock::time_point modified{};
};

// What a stand-in for Amazon S3 holds, in memory. Every bucket exists as soon as it is named. All
// may be called from any thread.
class S3Objects {
 public:
  void make_bucket(const std::string& bucket);
  std::vector<std::string> buckets() const;
  // Returns the object's ETag.
  std::string put(const std::string& bucket, const std::string& key, S3Object object);
  // Lets `look` see the object while nobody changes it; false when there is none.
  bool read(const std::string& bucket, const std::string& key,
            const std::function<void(const S3Object&)>& look) const;
  void erase(const std::string& bucket, const std::string& key);
  // In the order of their keys.
  std::vector<S3Listed> list(const std::string& bucket, std::string_view prefix) const;

  // An upload in parts, which may come in any order.
  std::string begin_upload(base::HttpHeaders headers);
  // The part's ETag; none when there is no such upload.
  std::optional<std::string> put_part(const std::string& upload, int number,
                                      base::PaddedBuffer bytes);
  // Joins the named parts; none when the upload or a part is not there.
  std::optional<std::string> complete_upload(const std::string& upload, const std::string& bucket,
                                             const std::string& key,
                                             const std::vector<int>& numbers);
  void abort_upload(const std::string& upload);

  // Takes an object out; none when it is not there.
  std::optional<base::PaddedBuffer> take(const std::string& bucket, const std::string& key);
  // Whether the object is there, or comes in time.
  bool wait_for(const std::string& bucket, const std::string& key,
                std::chrono::milliseconds patience) const;
  // "bucket/key" of each object that was written since this was asked last, in order.
  std::vector<std::string> take_written();

 private:
  using Name = std::pair<std::string, std::string>;
  struct Upload {
    base::HttpHeaders headers;
    std::map<int, base::PaddedBuffer> parts;
  };
  std::string put_locked(Name name, S3Object object);

  mutable std::mutex mutex_;
  mutable std::condition_variable came_;
  std::map<Name, S3Object> objects_;
  std::set<std::string> buckets_;
  std::map<std::string, Upload> uploads_;
  std::vector<std::string> written_;
  std::uint64_t last_upload_ = 0;
};

}  // namespace connectors
