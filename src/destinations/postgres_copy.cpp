// SPDX-License-Identifier: Apache-2.0
#include "destinations/postgres_copy.hpp"

#include "destinations/postgres_binary.hpp"

namespace destinations {
namespace {

constexpr std::size_t kBlock = 262144;
constexpr char kDoing[] = "load a page into";

}  // namespace

PostgresCopy::PostgresCopy(PostgresSession& session, std::vector<core::ColumnType> types)
    : session_(session), types_(std::move(types)) {
  buffer_.append("PGCOPY\n\377\r\n\0", 11);
  put_big_endian<std::int32_t>(buffer_, 0);  // flags
  put_big_endian<std::int32_t>(buffer_, 0);  // no further header
}

PostgresCopy::~PostgresCopy() {
  if (open_) session_.abandon_copy();
}

base::Result<void> PostgresCopy::add(std::int64_t row, StagedAs as, std::span<const Cell> cells) {
  put_big_endian(buffer_, static_cast<std::int16_t>(cells.size() + 2));
  put_field(buffer_, row);
  put_field(buffer_, static_cast<std::int16_t>(as));
  for (std::size_t c = 0; c < cells.size(); ++c) put_cell(buffer_, cells[c], types_[c]);
  return buffer_.size() < kBlock ? base::Result<void>() : send();
}

base::Result<void> PostgresCopy::finish() {
  put_big_endian<std::int16_t>(buffer_, -1);
  FSIM_TRY(send());
  open_ = false;
  return session_.end_copy(kDoing);
}

base::Result<void> PostgresCopy::send() {
  const bool sent = session_.send(buffer_);
  buffer_.clear();
  if (sent) return {};
  open_ = false;
  return tl::unexpected(session_.error(kDoing, nullptr));
}

}  // namespace destinations
