// SPDX-License-Identifier: Apache-2.0
#include "rules/timestamps.hpp"

#include "base/padded_buffer.hpp"
#include "protocol/classify.hpp"
#include "protocol/json_cursor.hpp"
#include "protocol/json_text.hpp"
#include "protocol/pointer.hpp"
#include "protocol/structural_index.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

namespace rules {
namespace {

using core::JsonKind;
using protocol::JsonCursor;

int number(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  if (at + digits <= text.size())
    std::from_chars(text.data() + at, text.data() + at + digits, value);
  return value;
}

// `text` starts at the sign of "+02:00", "+0200" or "+02".
std::chrono::minutes offset_of(std::string_view text) {
  const int hours = number(text, 1, 2);
  const std::size_t at = text.size() > 3 && text[3] == ':' ? 4 : 3;
  const std::chrono::minutes offset(hours * 60 + number(text, at, 2));
  return text.front() == '-' ? -offset : offset;
}

class LeafWalk {
 public:
  explicit LeafWalk(JsonCursor& cursor) : cursor_(cursor) {}

  bool walk(const std::string& place, int depth) {
    if (depth > JsonCursor::kMaxDepth) return false;
    if (cursor_.take('{')) return walk_object(place, depth);
    if (cursor_.take('[')) return walk_array(place, depth);
    protocol::Walked value;
    if (!cursor_.take_value(value)) return false;
    Leaf leaf{place, value.kind, std::string(value.raw)};
    if (value.kind == JsonKind::string) leaf.text = protocol::string_value(value.raw).value_or("");
    leaves.push_back(std::move(leaf));
    return true;
  }

  std::vector<Leaf> leaves;

 private:
  bool walk_object(const std::string& place, int depth) {
    bool more = !cursor_.take('}');
    while (more) {
      protocol::RawString key;
      if (!cursor_.take_key(key)) return false;
      const std::string name =
          protocol::string_value(fmt::format("\"{}\"", key.content)).value_or("");
      if (!walk(place + protocol::pointer({name}), depth + 1) || !cursor_.take_separator('}', more))
        return false;
    }
    return true;
  }
  bool walk_array(const std::string& place, int depth) {
    bool more = !cursor_.take(']');
    for (std::size_t i = 0; more; ++i)
      if (!walk(fmt::format("{}/{}", place, i), depth + 1) || !cursor_.take_separator(']', more))
        return false;
    return true;
  }

  JsonCursor& cursor_;
};

// As a column type takes it: cursors also come with a blank for T and with the offsets +0200 and
// +02.
std::string strict_form(std::string_view text) {
  constexpr std::size_t kDate = 10;
  std::string strict(text);
  if (strict.size() <= kDate) return strict;
  if (strict[kDate] == ' ') strict[kDate] = 'T';
  const std::size_t sign = strict.find_last_of("+-");
  if (sign == strict.npos || sign < kDate) return strict;
  const std::size_t zone = strict.size() - sign;
  if (zone == 3) strict += ":00";
  if (zone == 5) strict.insert(sign + 3, ":");
  return strict;
}

}  // namespace

std::optional<Moment> moment_of(std::string_view text) {
  using namespace std::chrono;
  const core::ColumnType form = protocol::classify_string(strict_form(text));
  if (form != core::ColumnType::local_date && form != core::ColumnType::local_date_time &&
      form != core::ColumnType::instant)
    return std::nullopt;
  const year_month_day date{year(number(text, 0, 4)), month(unsigned(number(text, 5, 2))),
                            day(unsigned(number(text, 8, 2)))};
  core::WallTime at = sys_days(date);
  if (form == core::ColumnType::local_date) return Moment{form, at};
  at += hours(number(text, 11, 2)) + minutes(number(text, 14, 2));
  std::string_view rest = text.substr(std::min<std::size_t>(16, text.size()));
  if (rest.starts_with(':')) {
    at += seconds(number(rest, 1, 2));
    rest.remove_prefix(3);
  }
  if (rest.starts_with('.') || rest.starts_with(',')) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    std::string thousandths(rest.substr(1, std::min<std::size_t>(3, end - 1)));
    thousandths.resize(3, '0');
    at += milliseconds(number(thousandths, 0, 3));
    rest.remove_prefix(end);
  }
  if (rest.starts_with('+') || rest.starts_with('-')) at -= offset_of(rest);
  return Moment{form, at};
}

std::optional<core::WallTime> epoch_of(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc() || value < 0) return std::nullopt;
  // A clock written as a float, 1700000000.123, is as common as a whole number.
  const std::size_t whole = static_cast<std::size_t>(end - digits.data());
  if (whole < digits.size() && *end != '.') return std::nullopt;
  if (whole == 10) return core::WallTime(std::chrono::seconds(value));
  if (whole == 13) return core::WallTime(std::chrono::milliseconds(value));
  return std::nullopt;
}

std::vector<Leaf> leaves_of(std::string_view json, std::size_t most) {
  if (json.size() > most) return {};
  const base::PaddedBuffer buffer(json);
  protocol::StructuralIndex index;
  if (index.build(buffer.view()) != protocol::StructuralIndex::Status::ok) return {};
  JsonCursor cursor(buffer.view(), index.begin(), index.end());
  LeafWalk walk(cursor);
  if (!walk.walk("", 1)) return {};
  return std::move(walk.leaves);
}

bool is_near(const Leaf& leaf, core::WallTime now) {
  using namespace std::chrono;
  std::optional<core::WallTime> at = epoch_of(leaf.text);
  if (const auto moment = moment_of(leaf.text)) {
    if (moment->form == core::ColumnType::local_date) return moment->at == floor<days>(now);
    at = moment->at;
  }
  return at && abs(*at - now) <= hours(1);
}

const Leaf* leaf_at(const std::vector<Leaf>& leaves, std::string_view pointer) {
  const auto found = std::ranges::find(leaves, pointer, &Leaf::pointer);
  return found == leaves.end() ? nullptr : &*found;
}

}  // namespace rules
