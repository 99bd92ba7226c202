// SPDX-License-Identifier: Apache-2.0
#include "protocol/structural_index.hpp"

#include "base/padded_buffer.hpp"

#include <simdjson.h>

#include <algorithm>

namespace protocol {

static_assert(base::PaddedBuffer::kPadding >= simdjson::SIMDJSON_PADDING);

// simdjson's second stage is left out on purpose: we walk the index ourselves, so that each scalar
// is validated once, its type inferred in the same pass, and no DOM is built. The classes below are
// in simdjson's internal namespace, yet declared in its public header with the same shape from
// 3.0 to 4.x.
struct StructuralIndex::Impl {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
};

StructuralIndex::StructuralIndex() : impl_(std::make_unique<Impl>()) {}
StructuralIndex::~StructuralIndex() = default;

StructuralIndex::Status StructuralIndex::build(std::string_view text) {
  if (text.empty()) return Status::empty;
  if (text.size() >= simdjson::SIMDJSON_MAXSIZE_BYTES) return Status::broken;
  if (!impl_->stage || impl_->stage->capacity() < text.size()) {
    impl_->stage.reset();
    const std::size_t room = std::max<std::size_t>(text.size() + text.size() / 8, 4096);
    const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        std::min<std::size_t>(room, simdjson::SIMDJSON_MAXSIZE_BYTES), 1, impl_->stage);
    if (error != simdjson::SUCCESS) return Status::broken;
  }
  const auto error = impl_->stage->stage1(reinterpret_cast<const std::uint8_t*>(text.data()),
                                          text.size(), simdjson::stage1_mode::regular);
  if (error == simdjson::EMPTY) return Status::empty;
  return error == simdjson::SUCCESS ? Status::ok : Status::broken;
}

const std::uint32_t* StructuralIndex::begin() const noexcept {
  return impl_->stage->structural_indexes.get();
}

const std::uint32_t* StructuralIndex::end() const noexcept {
  return begin() + impl_->stage->n_structural_indexes;
}

bool squeeze(std::string_view piece, base::PaddedBuffer& to) {
  char* const end = to.prepare(piece.size());
  std::size_t size = 0;
  // An open string is all that it complains of.
  if (simdjson::minify(piece.data(), piece.size(), end, size) != simdjson::SUCCESS) return false;
  to.commit(size);
  return true;
}

base::PaddedBuffer squeezed(std::string_view text) {
  base::PaddedBuffer buffer;
  if (!squeeze(text, buffer)) buffer.clear();
  return buffer;
}

}  // namespace protocol
