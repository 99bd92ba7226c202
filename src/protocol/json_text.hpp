// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/history.hpp"
#include "core/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace protocol {

// `text` as a JSON string with its quotes; escapes only what JSON demands.
std::string quote(std::string_view text);

// The kind of the value that starts with this byte, or absent when none does.
core::JsonKind kind_of(char first_byte);

// The value of a raw JSON string token (with its quotes), escapes resolved; none for anything else.
std::optional<std::string> string_value(std::string_view raw);

// One JSON value without white space outside strings and with only the escapes JSON demands; digits
// and key order as they came. None when `json` is not exactly one valid JSON value.
std::optional<std::string> normal_form(std::string_view json);

// The same with the keys of each object sorted: two texts that mean the same give the same bytes
// (numbers stay as written, so 1 and 1.0 differ).
std::optional<std::string> canonical(std::string_view json);

// The members of a JSON object in order, as (key, normal form of the value); none when it is no
// object.
using Members = std::vector<std::pair<std::string, std::string>>;
std::optional<Members> members(std::string_view json);

// The elements of a JSON array in order, each in normal form; none when it is no array.
std::optional<std::vector<std::string>> elements(std::string_view json);

// A 128-bit digest, for comparing states and responses; not for security.
core::Digest digest(std::string_view bytes);

}  // namespace protocol
