// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace destinations {

// A connection URL of PostgreSQL without what only the server may know: its passwords are left out,
// wherever the URL may hold them. Other texts come back as they are.
std::string without_password(std::string_view url);

// `message` with each password of the URL, encoded or not, shown as `***`.
std::string without_passwords_of(std::string_view url, std::string message);

}  // namespace destinations
