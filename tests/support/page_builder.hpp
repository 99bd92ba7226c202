// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "protocol/parse.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace support {

// A response as a connector would send it, on its way into a destination. Each page comes a second
// after the one before; the first is of 2024-03-01T00:00:00Z.
class PageBuilder {
 public:
  static core::WallTime start() { return std::chrono::sys_days{std::chrono::year{2024} / 3 / 1}; }

  // The next page of sync `sync`, the number that begin_sync gave.
  core::LoadBatch page(int sync, std::string_view json) {
    if (sync != sync_) {
      sync_ = sync;
      call_ = 0;
      sync_start_ = now_;
    }
    core::LoadBatch batch;
    batch.response = protocol::parse(base::PaddedBuffer(json), types);
    batch.sync = sync;
    batch.sync_id = "sync-" + std::to_string(sync);
    batch.call = ++call_;
    batch.sync_start = sync_start_;
    batch.now = now_;
    now_ += std::chrono::seconds(1);
    if (batch.response.state.present()) batch.new_state.json = batch.response.state.raw;
    batch.last = !batch.response.has_more.value;
    return batch;
  }
  core::WallTime now() const { return now_; }
  protocol::TypeRules types;

 private:
  core::WallTime now_ = start(), sync_start_ = start();
  int sync_ = 0, call_ = 0;
};

}  // namespace support
