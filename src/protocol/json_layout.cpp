// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_layout.hpp"

#include "protocol/json_cursor.hpp"
#include "protocol/structural_index.hpp"

namespace protocol {
namespace {

bool opens(char c) {
  return c == '{' || c == '[';
}
bool closes(char c) {
  return c == '}' || c == ']';
}

// An index is as large as its text; the next text of a thread takes over the memory of the last.
std::unique_ptr<StructuralIndex>& spare_index() {
  thread_local std::unique_ptr<StructuralIndex> index;
  return index;
}

}  // namespace

JsonTokens::JsonTokens(std::string_view text, std::unique_ptr<StructuralIndex> index)
    : text_(text), index_(std::move(index)), begin_(index_->begin()), end_(index_->end()) {}
JsonTokens::JsonTokens(JsonTokens&&) noexcept = default;
JsonTokens& JsonTokens::operator=(JsonTokens&&) noexcept = default;
JsonTokens::~JsonTokens() {
  if (index_) spare_index() = std::move(index_);
}

std::optional<JsonTokens> JsonTokens::scan(std::string_view padded, bool spaced) {
  auto index = std::move(spare_index());
  if (!index) index = std::make_unique<StructuralIndex>();
  if (index->build(padded) != StructuralIndex::Status::ok) return std::nullopt;
  JsonTokens tokens(padded, std::move(index));
  tokens.spaced_ = spaced;
  return tokens;
}

std::optional<JsonTokens> JsonTokens::read(std::string_view padded) {
  auto tokens = scan(padded, false);
  if (!tokens) return tokens;
  JsonCursor cursor(padded, tokens->begin_, tokens->end_);
  Walked value;
  if (!cursor.take_value(value) || !cursor.at_end()) return std::nullopt;
  tokens->spaced_ = value.spaced || value.raw.size() != padded.size();
  return tokens;
}

std::string_view JsonTokens::raw(std::size_t token) const noexcept {
  const std::size_t begin = begin_[token];
  const char c = text_[begin];
  if (opens(c) || closes(c) || c == ',' || c == ':') return text_.substr(begin, 1);
  std::size_t end = begin_ + token + 1 == end_ ? text_.size() : begin_[token + 1];
  while (text_[end - 1] == ' ' || text_[end - 1] == '\n' || text_[end - 1] == '\t' ||
         text_[end - 1] == '\r')
    --end;
  return text_.substr(begin, end - begin);
}

std::size_t JsonTokens::after(std::size_t token) const noexcept {
  for (int depth = 0;;) {
    const char c = first(token++);
    if (opens(c)) ++depth;
    if (closes(c)) --depth;
    if (depth == 0) return token;
  }
}

void append_compact(std::string& to, const JsonTokens& tokens, std::size_t from) {
  const std::size_t end = from == 0 ? tokens.size() : tokens.after(from);
  if (!tokens.spaced()) {
    const std::size_t begin = tokens.offset(from);
    const std::size_t stop = tokens.offset(end - 1) + tokens.raw(end - 1).size();
    to.append(tokens.text().substr(begin, stop - begin));
    return;
  }
  if (from == 0) {
    to.append(squeezed(tokens.text()).view());
    return;
  }
  for (std::size_t at = from; at < end; ++at) to += tokens.raw(at);
}

std::string compact(const JsonTokens& tokens, std::size_t from) {
  std::string to;
  to.reserve(tokens.text().size());
  append_compact(to, tokens, from);
  return to;
}

}  // namespace protocol
