// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_text.hpp"

#include "base/hash.hpp"
#include "base/padded_buffer.hpp"
#include "protocol/json_cursor.hpp"
#include "protocol/structural_index.hpp"
#include "protocol/unescape.hpp"

#include <algorithm>
#include <cstring>

namespace protocol {
namespace {

void append_string(std::string& to, const RawString& string) {
  to += '"';
  if (string.escaped) {
    std::string plain(string.content.size(), '\0');
    std::uint64_t replaced = 0;
    const std::ptrdiff_t length = unescape(string.content, plain.data(), replaced);
    append_escaped(to, std::string_view(plain).substr(0, static_cast<std::size_t>(length)));
  } else {
    to += string.content;
  }
  to += '"';
}

// Rewrites one value at the cursor; `sorted` puts the keys of objects in order.
bool rewrite(JsonCursor& cursor, std::string& to, bool sorted, int depth) {
  if (depth > JsonCursor::kMaxDepth) return false;
  bool more = true;
  if (cursor.take('[')) {
    to += '[';
    if (cursor.take(']')) more = false;
    while (more) {
      if (!rewrite(cursor, to, sorted, depth + 1) || !cursor.take_separator(']', more))
        return false;
      if (more) to += ',';
    }
    to += ']';
    return true;
  }
  if (cursor.take('{')) {
    std::vector<std::pair<std::string, std::string>> list;
    if (cursor.take('}')) more = false;
    while (more) {
      RawString key;
      std::string name, value;
      if (!cursor.take_key(key)) return false;
      append_string(name, key);
      if (!rewrite(cursor, value, sorted, depth + 1) || !cursor.take_separator('}', more))
        return false;
      list.emplace_back(std::move(name), std::move(value));
    }
    if (sorted) std::ranges::stable_sort(list, {}, &std::pair<std::string, std::string>::first);
    to += '{';
    for (const auto& [name, value] : list) {
      if (to.back() != '{') to += ',';
      to.append(name).append(":").append(value);
    }
    to += '}';
    return true;
  }
  Walked scalar;
  if (!cursor.take_value(scalar)) return false;
  if (scalar.kind == core::JsonKind::string) {
    append_string(to, scalar.string);
  } else {
    to += scalar.raw;
  }
  return true;
}

std::optional<std::string> rewritten(std::string_view json, bool sorted) {
  const base::PaddedBuffer buffer(json);
  StructuralIndex index;
  if (index.build(buffer.view()) != StructuralIndex::Status::ok) return std::nullopt;
  JsonCursor cursor(buffer.view(), index.begin(), index.end());
  std::string to;
  if (!rewrite(cursor, to, sorted, 1) || !cursor.at_end()) return std::nullopt;
  return to;
}

}  // namespace

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  append_escaped(quoted, text);
  quoted += '"';
  return quoted;
}

core::JsonKind kind_of(char first_byte) {
  switch (first_byte) {
    case '{': return core::JsonKind::object;
    case '[': return core::JsonKind::array;
    case '"': return core::JsonKind::string;
    case 't':
    case 'f': return core::JsonKind::boolean;
    case 'n': return core::JsonKind::null;
    default:
      return first_byte == '-' || (first_byte >= '0' && first_byte <= '9') ? core::JsonKind::number
                                                                           : core::JsonKind::absent;
  }
}

std::optional<std::string> string_value(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '"' || raw.back() != '"') return std::nullopt;
  const std::string_view content = raw.substr(1, raw.size() - 2);
  std::string plain(content.size(), '\0');
  std::uint64_t replaced = 0;
  const std::ptrdiff_t length = unescape(content, plain.data(), replaced);
  if (length < 0) return std::nullopt;
  plain.resize(static_cast<std::size_t>(length));
  return plain;
}

std::optional<std::string> normal_form(std::string_view json) {
  return rewritten(json, false);
}
std::optional<std::string> canonical(std::string_view json) {
  return rewritten(json, true);
}

std::optional<Members> members(std::string_view json) {
  const base::PaddedBuffer buffer(json);
  StructuralIndex index;
  if (index.build(buffer.view()) != StructuralIndex::Status::ok) return std::nullopt;
  JsonCursor cursor(buffer.view(), index.begin(), index.end());
  Members list;
  if (!cursor.take('{')) return std::nullopt;
  bool more = !cursor.take('}');
  while (more) {
    RawString key;
    std::string name, value;
    if (!cursor.take_key(key)) return std::nullopt;
    append_string(name, key);
    if (!rewrite(cursor, value, false, 2) || !cursor.take_separator('}', more)) return std::nullopt;
    list.emplace_back(string_value(name).value_or(""), std::move(value));
  }
  if (!cursor.at_end()) return std::nullopt;
  return list;
}

std::optional<std::vector<std::string>> elements(std::string_view json) {
  const base::PaddedBuffer buffer(json);
  StructuralIndex index;
  if (index.build(buffer.view()) != StructuralIndex::Status::ok) return std::nullopt;
  JsonCursor cursor(buffer.view(), index.begin(), index.end());
  std::vector<std::string> list;
  if (!cursor.take('[')) return std::nullopt;
  bool more = !cursor.take(']');
  while (more) {
    std::string value;
    if (!rewrite(cursor, value, false, 2) || !cursor.take_separator(']', more)) return std::nullopt;
    list.push_back(std::move(value));
  }
  if (!cursor.at_end()) return std::nullopt;
  return list;
}

core::Digest digest(std::string_view bytes) {
  const base::Hash128 hash = base::hash128(bytes);
  return {hash.low, hash.high};
}

}  // namespace protocol
