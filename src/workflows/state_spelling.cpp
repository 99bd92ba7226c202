// SPDX-License-Identifier: Apache-2.0
#include "protocol/json_text.hpp"
#include "workflows/faulty_connector.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

// A state that says the same in other bytes. Whoever stores JSON may do so: key order, white space
// and escapes carry no meaning (RFC 8259).
namespace workflows {
namespace {

// A value with the keys of its objects in reverse order, at every depth.
std::string reversed(const std::string& json) {
  if (auto members = protocol::members(json)) {
    std::ranges::reverse(*members);
    std::string text = "{";
    for (const auto& [key, value] : *members)
      text +=
          fmt::format("{}{}:{}", text.size() > 1 ? "," : "", protocol::quote(key), reversed(value));
    return text + "}";
  }
  if (const auto elements = protocol::elements(json)) {
    std::string text = "[";
    for (const std::string& element : *elements)
      text += (text.size() > 1 ? "," : "") + reversed(element);
    return text + "]";
  }
  return json;
}

// Blanks around every mark, and the letters of texts as \u escapes. `json` is in normal form.
std::string respelled(std::string_view json) {
  std::string text;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text && c == '\\') {
      const std::size_t size = json.substr(i, 2) == "\\u" ? 6 : 2;
      text.append(json.substr(i, size));
      i += size - 1;
    } else if (c == '"') {
      in_text = !in_text;
      text += c;
    } else if (in_text) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      text += letter ? fmt::format("\\u{:04x}", static_cast<unsigned>(c)) : std::string(1, c);
    } else if (c == '{' || c == '[' || c == ',' || c == ':') {
      text.append(1, c).append("  ");
    } else {
      if (c == '}' || c == ']') text += "\n";
      text += c;
    }
  }
  return text;
}

// The request with `write(state)` in the place of its state.
template <class Write>
std::string with_state(std::string_view request, const Write& write) {
  const auto members = protocol::members(request);
  if (!members) return std::string(request);
  std::string text = "{";
  for (const auto& [key, value] : *members)
    text += fmt::format("{}{}:{}", text.size() > 1 ? "," : "", protocol::quote(key),
                        key == "state" ? write(value) : value);
  return text + "}";
}

}  // namespace

std::string with_reordered_state(std::string_view request) {
  return with_state(request, [](const std::string& state) { return reversed(state); });
}

std::string with_respelled_state(std::string_view request) {
  return with_state(request, [](const std::string& state) { return respelled(state); });
}

}  // namespace workflows
