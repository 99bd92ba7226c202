// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/collision.hpp"
#include "core/pardon.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core {

// error: real Fivetran fails or data is certainly wrong; warning: likely unwanted, or undocumented
// territory; info: worth knowing. `off` appears in the catalogue only.
enum class Severity { off, info, warning, error };
// How sure we are that real Fivetran behaves so: on its own pages, seen in code that ran against
// it, or concluded.
enum class Certainty { documented, observed, inferred };
std::string_view name(Severity severity);
std::string_view name(Certainty certainty);

// Something a connector did wrong or oddly. All texts are plain; secrets are taken out before they
// are shown.
struct Finding {
  std::string rule;  // "ROW-04"
  std::string slug;  // "duplicate-key-in-response"
  Severity severity = Severity::warning;
  Certainty certainty = Certainty::inferred;
  int sync = 0;         // from 1; 0: not tied to a sync
  int call = 0;         // within the sync, from 1; 0: not tied to a call
  std::string table;    // as the connector wrote it; may be empty
  std::string pointer;  // JSON pointer into the response; may be empty
  // What is meant below the table: a column, a misspelt key. Findings of one rule and table about
  // different subjects stay apart. May be empty.
  std::string subject;
  std::string message;                // one sentence: what is wrong, with the values
  std::vector<std::string> evidence;  // offending rows or values, one a line
  std::vector<Collision> collisions;  // where the evidence is pairs of rows: the same, to line up
  std::string background;             // what real Fivetran does and why it matters
  std::string fix;                    // what to change
  std::string reproduce;              // a command that shows it again; may be empty
  std::uint64_t count = 1;  // how often it was seen; the first three occurrences give the evidence
  std::string about;        // what tells it apart beyond table and subject: a key column, a form
  // All places it was seen at, without what differs from run to run; what a baseline knows it by.
  // Empty: only where pointer and about say.
  std::vector<std::string> places;
  Pardon pardon = Pardon::none;
  std::string pardon_reason;
  int check = 0;  // of Report::checks, from 1; 0: of none of them
};

// Whether the finding makes the program end with 1: it is as severe as `fail_on` and nobody
// pardoned it. `fail_on` off: none does.
bool counts(const Finding& finding, Severity fail_on);

}  // namespace core
