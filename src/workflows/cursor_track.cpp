// SPDX-License-Identifier: Apache-2.0
#include "workflows/cursor_track.hpp"

#include "protocol/json_text.hpp"
#include "protocol/pointer.hpp"
#include "rules/timestamps.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace workflows {
namespace {

using rules::Leaf;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Reading {
  bool is_time = false;
  std::int64_t value = 0;
};

std::optional<Reading> reading_of(const Leaf& leaf) {
  if (leaf.kind == core::JsonKind::number) {
    const auto value = whole_number(leaf.text);
    if (!value) return std::nullopt;
    return Reading{false, *value};
  }
  if (leaf.kind != core::JsonKind::string) return std::nullopt;
  const auto moment = rules::moment_of(leaf.text);
  if (!moment) return std::nullopt;
  return Reading{true, moment->at.time_since_epoch().count()};
}

std::size_t moves(const CursorTrack& track) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < track.values.size(); ++i)
    count += track.values[i] > track.values[i - 1];
  return count;
}

// The digits of a time at their places in `form`, whose other characters stay: only the parts of
// "2024-03-01T10:00:00" change.
std::optional<std::string> time_like(const std::string& form, std::int64_t by) {
  const auto moment = rules::moment_of(form);
  if (!moment || form.size() < 10) return std::nullopt;
  // What is written is local to the offset written behind it, so it moves by as much.
  const auto number = [&form](std::size_t at, std::size_t size) {
    return at + size <= form.size()
               ? whole_number(std::string_view(form).substr(at, size)).value_or(0)
               : 0;
  };
  using namespace std::chrono;
  const auto day =
      sys_days{year{static_cast<int>(number(0, 4))} / month{static_cast<unsigned>(number(5, 2))} /
               std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  const bool has_time = form.size() >= 19;
  const auto moved =
      sys_time<milliseconds>(day) +
      (has_time ? hours(number(11, 2)) + minutes(number(14, 2)) + seconds(number(17, 2))
                : seconds(0)) +
      milliseconds(by);
  const auto new_day = floor<days>(moved);
  const year_month_day date(new_day);
  const hh_mm_ss time(floor<seconds>(moved - new_day));
  if (static_cast<int>(date.year()) < 1 || static_cast<int>(date.year()) > 9999)
    return std::nullopt;
  std::string text = form;
  text.replace(0, 10,
               fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())));
  if (has_time)
    text.replace(11, 8,
                 fmt::format("{:02}:{:02}:{:02}", time.hours().count(), time.minutes().count(),
                             time.seconds().count()));
  return text;
}

// `json` with the value at `pointer` replaced.
std::string replaced(const std::string& json, const std::string& at, const std::string& pointer,
                     const std::string& value) {
  if (at == pointer) return value;
  const auto members = protocol::members(json);
  if (!members) {
    const auto elements = protocol::elements(json);
    if (!elements) return json;
    std::string text = "[";
    for (std::size_t i = 0; i < elements->size(); ++i)
      text += (i > 0 ? "," : "") +
              replaced((*elements)[i], at + "/" + std::to_string(i), pointer, value);
    return text + "]";
  }
  std::string text = "{";
  for (const auto& [key, content] : *members)
    text += fmt::format("{}{}:{}", text.size() > 1 ? "," : "", protocol::quote(key),
                        replaced(content, at + protocol::pointer({key}), pointer, value));
  return text + "}";
}

}  // namespace

std::vector<CursorTrack> cursor_tracks(const std::vector<core::CallReport>& calls) {
  std::vector<CursorTrack> tracks;
  bool first = true;
  for (const core::CallReport& call : calls) {
    if (!call.accepted) continue;
    const std::vector<Leaf> leaves = rules::leaves_of(call.state_after);
    if (first)
      for (const Leaf& leaf : leaves)
        if (const auto reading = reading_of(leaf))
          tracks.push_back({.pointer = leaf.pointer, .is_time = reading->is_time});
    first = false;
    std::erase_if(tracks, [&](CursorTrack& track) {
      const Leaf* leaf = rules::leaf_at(leaves, track.pointer);
      const auto reading = leaf == nullptr ? std::nullopt : reading_of(*leaf);
      if (!reading || reading->is_time != track.is_time ||
          (!track.values.empty() && reading->value < track.values.back()))
        return true;
      track.values.push_back(reading->value);
      track.texts.push_back(leaf->text);
      return false;
    });
  }
  std::erase_if(tracks, [](const CursorTrack& track) { return moves(track) == 0; });
  std::ranges::stable_sort(tracks, std::greater<>(), [](const CursorTrack& track) {
    return std::pair(moves(track), track.is_time);
  });
  return tracks;
}

std::optional<core::State> with_moved_cursor(const core::State& state, const CursorTrack& track,
                                             std::int64_t by) {
  const std::vector<Leaf> leaves = rules::leaves_of(state.json);
  const Leaf* leaf = rules::leaf_at(leaves, track.pointer);
  if (leaf == nullptr) return std::nullopt;
  std::string value;
  if (track.is_time) {
    const auto text = time_like(leaf->text, by);
    if (!text) return std::nullopt;
    value = protocol::quote(*text);
  } else {
    const auto number = whole_number(leaf->text);
    if (!number || *number + by < 0) return std::nullopt;
    value = std::to_string(*number + by);
  }
  const auto normal = protocol::normal_form(state.json);
  if (!normal) return std::nullopt;
  return core::State{replaced(*normal, "", track.pointer, value)};
}

}  // namespace workflows
