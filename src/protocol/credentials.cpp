// SPDX-License-Identifier: Apache-2.0
#include "protocol/credentials.hpp"

#include "base/text_search.hpp"
#include "protocol/credential_forms.hpp"
#include "protocol/credential_guess.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace protocol {
namespace {

// The fixed texts of all forms up to a depth. A shorter window makes the search slower, so each
// depth has its own.
struct Literals {
  std::vector<const CredentialForm*> forms;
  base::TextSearch search;

  explicit Literals(CredentialDepth depth) {
    std::vector<std::string> texts;
    for (const CredentialForm& form : credential_forms())
      if (form.depth <= depth) {
        forms.push_back(&form);
        texts.emplace_back(form.literal);
      }
    search = base::TextSearch(std::move(texts));
  }
};

// Made when they are first looked for: most runs need one depth.
template <CredentialDepth depth>
const Literals& literals_of() {
  static const Literals known(depth);
  return known;
}

const Literals& literals(CredentialDepth depth) {
  switch (depth) {
    case CredentialDepth::strong: return literals_of<CredentialDepth::strong>();
    case CredentialDepth::all: return literals_of<CredentialDepth::all>();
    case CredentialDepth::guesses: break;
  }
  return literals_of<CredentialDepth::guesses>();
}

std::optional<Credential> find_form(std::string_view text, std::size_t from,
                                    const Literals& known) {
  for (auto match = known.search.find(text, from); match;
       match = known.search.find(text, match->offset + 1)) {
    const CredentialForm& form = *known.forms[match->pattern];
    const Credential found = form.check(text, match->offset, form);
    if (found.size > 0 && found.offset >= from) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Credential> find_credential(std::string_view text, std::size_t from,
                                          CredentialDepth depth) {
  const auto known = find_form(text, from, literals(depth));
  if (depth != CredentialDepth::guesses) return known;
  // What the guess would take first may be part of something better known.
  const auto guess = guess_credential(text, from);
  if (!guess) return known;
  if (!known) return guess;
  return guess->offset + guess->size <= known->offset ? guess : known;
}

std::string masked(std::string_view secret) {
  const std::size_t shown = secret.size() >= 16 ? 4 : secret.size() >= 8 ? 2 : 0;
  std::string head(secret.substr(0, shown));
  for (char& c : head)
    if (static_cast<unsigned char>(c) < 0x21 || static_cast<unsigned char>(c) > 0x7E) c = '.';
  return fmt::format("{}… ({} characters)", head, secret.size());
}

}  // namespace protocol
