// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace protocol {

// A credential that its form gives away, whoever configured it.
struct Credential {
  std::string_view kind;  // "aws-access-key-id", static text
  std::size_t offset = 0, size = 0;
};

// How far to go. strong: only forms that nothing else has (provider prefixes, private keys, JSON
// web tokens), fast enough for every page. all: also URLs with a password, "Bearer …", connection
// strings. guesses: also `password = "…"` and the like with a value that looks random; for files.
enum class CredentialDepth { strong, all, guesses };

// The first one at or after `from`. Documented examples (AKIAIOSFODNN7EXAMPLE) and placeholders
// (`${TOKEN}`, `<token>`, "changeme", `<secret:NAME>`) are none.
std::optional<Credential> find_credential(std::string_view text, std::size_t from,
                                          CredentialDepth depth);

// Whether a key names a credential to keep secret ("access_token", "clientSecret"), not a place in
// a listing ("next_page_token").
bool names_credential(std::string_view key);

// "AKIA… (20 characters)": enough to find it again, too little to use.
std::string masked(std::string_view secret);

}  // namespace protocol
