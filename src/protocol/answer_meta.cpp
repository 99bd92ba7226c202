// SPDX-License-Identifier: Apache-2.0
#include "protocol/answer_meta.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace protocol {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;
using core::FailureKind;
using nlohmann::json;

std::optional<FailureKind> failure_named(std::string_view name,
                                         std::vector<std::string_view>& known) {
  for (int kind = 0; kind <= static_cast<int>(FailureKind::unreachable); ++kind) {
    known.push_back(core::name(static_cast<FailureKind>(kind)));
    if (known.back() == name) return static_cast<FailureKind>(kind);
  }
  return std::nullopt;
}

std::string expected_failure(const std::string& given) {
  std::vector<std::string_view> known;
  failure_named(given, known);
  const std::string_view near = base::closest(given, known);
  if (!near.empty()) return fmt::format("did you mean {}?", near);
  return fmt::format("use one of {}", fmt::join(known, ", "));
}

bool texts(const json& value, std::vector<std::string>& to) {
  if (!value.is_array()) return false;
  for (const json& entry : value) {
    if (!entry.is_string()) return false;
    to.push_back(entry.get<std::string>());
  }
  return true;
}

// A key of the document: takes its value into the response; false when it is of the wrong kind.
struct Key {
  std::string_view name, wants;
  bool (*apply)(const json& value, core::RawResponse& raw);
};

constexpr Key kKeys[] = {
    {"failure", "the name of a failure",
     [](const json& value, core::RawResponse& raw) {
       std::vector<std::string_view> known;
       const auto kind =
           value.is_string() ? failure_named(value.get<std::string>(), known) : std::nullopt;
       raw.failure = kind.value_or(FailureKind::none);
       return kind.has_value();
     }},
    {"errorType", "a string",
     [](const json& value, core::RawResponse& raw) {
       if (value.is_string()) raw.error_type = value.get<std::string>();
       return value.is_string();
     }},
    {"errorMessage", "a string",
     [](const json& value, core::RawResponse& raw) {
       if (value.is_string()) raw.error_message = value.get<std::string>();
       return value.is_string();
     }},
    {"stackTrace", "an array of strings",
     [](const json& value, core::RawResponse& raw) { return texts(value, raw.stack_trace); }},
    {"log", "an array of strings",
     [](const json& value, core::RawResponse& raw) {
       const bool good = texts(value, raw.log_tail);
       raw.log_lines = raw.log_tail.size();
       return good;
     }},
    {"fileLate", "true or false",
     [](const json& value, core::RawResponse& raw) {
       if (raw.file && value.is_boolean() && value.get<bool>())
         raw.file->arrival = core::BucketFile::Arrival::late;
       return value.is_boolean();
     }},
    {"wrote", "an array of strings",
     [](const json& value, core::RawResponse& raw) {
       std::vector<std::string> ignored;
       return texts(value, raw.file ? raw.file->elsewhere : ignored);
     }},
    {"contentType", "a string",
     [](const json& value, core::RawResponse& raw) {
       if (value.is_string()) raw.content_type = value.get<std::string>();
       return value.is_string();
     }},
    {"httpStatus", "an integer",
     [](const json& value, core::RawResponse& raw) {
       if (value.is_number_integer()) raw.http_status = value.get<int>();
       return value.is_number_integer();
     }},
    {"exitCode", "an integer",
     [](const json& value, core::RawResponse& raw) {
       if (value.is_number_integer()) raw.exit_code = value.get<int>();
       return value.is_number_integer();
     }},
    {"signal", "an integer",
     [](const json& value, core::RawResponse& raw) {
       if (value.is_number_integer()) raw.signal = value.get<int>();
       return value.is_number_integer();
     }},
    {"refusedBytes", "a number of bytes",
     [](const json& value, core::RawResponse& raw) {
       if (value.is_number_unsigned()) raw.refused_bytes = value.get<std::uint64_t>();
       return value.is_number_unsigned();
     }},
    {"sampled", "an object",
     [](const json& value, core::RawResponse&) { return value.is_object(); }},
    {"seconds", "a number from 0 to 1000000",
     [](const json& value, core::RawResponse& raw) {
       // More would not fit into the microseconds of a series of calls.
       const double seconds = value.is_number() ? value.get<double>() : -1;
       if (!(seconds >= 0 && seconds <= 1e6)) return false;
       raw.duration = std::chrono::duration_cast<std::chrono::microseconds>(
           std::chrono::duration<double>(seconds));
       return true;
     }},
};

// The line, from 1, in which a position lies.
std::ptrdiff_t line_of(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, std::min(position, text.size()));
  return std::count(before.begin(), before.end(), '\n') + 1;
}

tl::unexpected<base::Error> refuse(const std::string& file, std::ptrdiff_t line,
                                   const std::string& what) {
  return fail(ErrorKind::usage, fmt::format("cannot read {}: line {}: {}", file, line, what));
}

Result<void> apply_key(const std::string& file, std::ptrdiff_t line, const std::string& name,
                       const json& value, core::RawResponse& raw) {
  std::vector<std::string_view> names;
  for (const Key& key : kKeys) {
    names.push_back(key.name);
    if (key.name != name) continue;
    if (key.apply(value, raw)) return {};
    if (name == "failure" && value.is_string())
      return refuse(file, line,
                    fmt::format("{} is no failure ({})", value.dump(),
                                expected_failure(value.get<std::string>())));
    return refuse(file, line, fmt::format("\"{}\" is not {}", name, key.wants));
  }
  const std::string_view near = base::closest(name, names);
  return refuse(file, line,
                fmt::format("there is no key \"{}\" ({})", name,
                            near.empty() ? fmt::format("use {}", fmt::join(names, ", "))
                                         : fmt::format("did you mean \"{}\"?", near)));
}

}  // namespace

Result<void> apply_answer_meta(const std::string& file, std::string_view text,
                               core::RawResponse& raw) {
  json document;
  try {
    document = json::parse(text);
  } catch (const json::parse_error& error) {
    const std::size_t position = error.byte == 0 ? 0 : error.byte - 1;
    return refuse(file, line_of(text, position),
                  "this is not JSON (correct it or remove the file)");
  }
  if (!document.is_object())
    return refuse(file, 1, "the document is not an object (write {\"failure\": …} or the like)");
  for (const auto& [name, value] : document.items()) {
    const std::size_t position = text.find('"' + name + '"');
    FSIM_TRY(apply_key(file, line_of(text, position), name, value, raw));
  }
  return {};
}

}  // namespace protocol
