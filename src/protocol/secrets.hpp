// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protocol {

// A configured secret, by the path of its name ("apiToken", or "oauth.token" in a legacy JSON
// blob; elements of a list count from 0: "keys.0").
struct Secret {
  std::string name, value;
};

// All leaves of a secrets object. A string that holds a JSON object (a service account's key file)
// gives itself and those leaves in it whose names tell a secret (key, token, password, …).
std::vector<Secret> secret_leaves(std::string_view secrets_json);

// Whether the value is unlike enough to ordinary data to be looked for in responses: eight
// characters or more and no plain number, boolean, date, region or URL without credentials
// (design §4). Short or common values would blot out innocent data.
bool is_watched(std::string_view value);

// The user's own word about names, as globs: `sensitive` ones are watched whatever their value
// (from kShortestWatched bytes on), `open` ones are not. `open` wins.
struct WatchChoice {
  std::vector<std::string> sensitive, open;
};
inline constexpr std::size_t kShortestWatched = 3;

// The secrets that are looked for in responses and logs and never shown.
std::vector<Secret> watched_secrets(std::string_view secrets_json, const WatchChoice& choice = {});

// A secrets object with every leaf replaced by `<secret:NAME>`, whatever its value.
std::string redacted_secrets(std::string_view secrets_json);

}  // namespace protocol
