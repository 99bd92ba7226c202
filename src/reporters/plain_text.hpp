// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"

#include <string>
#include <string_view>

namespace reporters {

// `text` as UTF-8 that every document takes: broken bytes and the two noncharacters of XML 1.0
// become U+FFFD, control characters <U+001B>, other line ends \n; tabs blanks.
std::string document_text(std::string_view text);
// The same on one line.
std::string one_line(std::string_view text);

// At most `bytes` of it, cut between two characters, with " …" in the place of the rest.
std::string cut(std::string text, std::size_t bytes);

// A finding in full for a reader without a terminal: message, evidence, fix, how to see it again.
std::string finding_body(const core::Finding& finding);

// 32 hexadecimal digits by which a finding is known in the next run: made of rule, table and
// places, so of what a baseline knows it by, and not of rows and values.
std::string fingerprint_of(const core::Finding& finding);

}  // namespace reporters
