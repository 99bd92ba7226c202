// SPDX-License-Identifier: Apache-2.0
#include "bench/wide_page.hpp"

#include "base/padded_buffer.hpp"
#include "protocol/parse.hpp"

#include <fmt/format.h>

namespace bench {
namespace {

constexpr std::size_t kPageBytes = 6'000'000;

std::string wide_row(std::uint64_t id) {
  return fmt::format(
      R"({{"id":{0},"account":{1},"amount":{2}.{3:02},"rate":0.{4:06},)"
      R"("created_at":"2024-03-{5:02}T{6:02}:{7:02}:00Z","name":"customer {0} of many",)"
      R"("email":"user{0}@example.com","status":"{8}","active":{9},"note":null,)"
      R"("address":{{"city":"Düsseldorf","zip":"{10:05}"}},"ref":"{11:032x}"}})",
      id, id * 7919 % 1'000'000'007, id % 10'000, id % 100, id * 31 % 1'000'000, 1 + id % 28,
      id % 24, id % 60, id % 3 == 0 ? "open" : "paid", id % 3 == 0 ? "true" : "false", id % 99'999,
      id * 0x9E3779B97F4A7C15U);
}

}  // namespace

std::string wide_page(std::uint64_t first) {
  std::string text = R"({"state":{"cursor":1},"insert":{"orders":[)";
  for (std::uint64_t id = first; text.size() < kPageBytes; ++id) {
    if (id > first) text += ',';
    text += wide_row(id);
  }
  text += R"(]},"delete":{},"schema":{"orders":{"primary_key":["id"]}},"hasMore":true})";
  return text;
}

core::LoadBatch wide_batch(std::uint64_t first) {
  core::LoadBatch batch;
  batch.response = protocol::parse(base::PaddedBuffer(wide_page(first)));
  batch.sync_id = "00000000-0000-4000-8000-000000000001";
  batch.sync = batch.call = 1;
  batch.new_state.json = R"({"cursor":1})";
  return batch;
}

}  // namespace bench
