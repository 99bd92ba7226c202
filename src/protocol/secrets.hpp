// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace protocol {

// A configured secret, by the path of its name ("apiToken", or "oauth.token" in a legacy JSON
// blob).
struct Secret {
  std::string name, value;
};

// All string and number leaves of a secrets object.
std::vector<Secret> secret_leaves(std::string_view secrets_json);

// Whether the value is unlike enough to ordinary data to be looked for in responses: eight
// characters or more and no plain number, boolean, date, region or URL without credentials
// (design §4). Short or common values would blot out innocent data.
bool is_watched(std::string_view value);

// Takes secrets out of whatever is shown or stored: each watched value, also in the form in which
// JSON would write it, becomes `<secret:NAME>`.
class Redactor {
 public:
  Redactor() = default;
  explicit Redactor(std::string_view secrets_json);

  bool empty() const noexcept { return patterns_.empty(); }
  std::string operator()(std::string_view text) const;
  void in_place(std::string& text) const;

 private:
  std::vector<std::pair<std::string, std::string>> patterns_;  // longest first: text, replacement
};

// A secrets object with every leaf replaced by `<secret:NAME>`, whatever its value.
std::string redacted_secrets(std::string_view secrets_json);

}  // namespace protocol
