// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/http_server.hpp"
#include "base/result.hpp"
#include "connectors/s3_objects.hpp"
#include "connectors/s3_request.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace connectors {

// A stand-in for Amazon S3 on loopback, for connectors that are told of it by AWS_ENDPOINT_URL_S3
// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
//
// An object appears kWriteTime after its bytes have come, and then the client is answered, as with
// the real one, which takes some tens of milliseconds: a connector that returns without waiting for
// its put has returned before the object is there, every time and not by luck.
class S3Server {
 public:
  static constexpr std::chrono::milliseconds kWriteTime{25};

  // Error (environment): no port, no thread.
  static base::Result<std::unique_ptr<S3Server>> start();
  ~S3Server();
  S3Server(const S3Server&) = delete;
  S3Server& operator=(const S3Server&) = delete;

  // "http://127.0.0.1:PORT": an address, since clients would put the bucket in front of a name.
  std::string url() const;
  S3Objects& objects() noexcept { return objects_; }

 private:
  S3Server() = default;
  void on_request(base::HttpTicket ticket, base::HttpRequest request);
  void write_when_due();

  struct Pending {
    std::chrono::steady_clock::time_point due;
    base::HttpTicket ticket;
    S3Request request;
  };
  S3Objects objects_;
  std::mutex mutex_;  // guards pending_ and ending_
  std::condition_variable changed_;
  std::deque<Pending> pending_;
  bool ending_ = false;
  std::unique_ptr<base::HttpServer> server_;
  std::thread writer_;
};

}  // namespace connectors
