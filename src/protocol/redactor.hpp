// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text_search.hpp"
#include "protocol/secret_forms.hpp"
#include "protocol/secrets.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace protocol {

// Where a watched secret stands in a text.
struct SecretMatch {
  std::size_t secret = 0;  // index into SecretSearch::secrets
  SecretForm form = SecretForm::plain;
  std::size_t offset = 0, size = 0;
};

// Looks for all watched secrets in all their forms in one pass.
class SecretSearch {
 public:
  SecretSearch() = default;
  explicit SecretSearch(std::vector<Secret> watched);

  bool empty() const noexcept { return search_.empty(); }
  const std::vector<Secret>& secrets() const noexcept { return secrets_; }
  // The first one that starts at or after `from`, the longest of those that start there.
  std::optional<SecretMatch> find(std::string_view text, std::size_t from = 0) const;
  // A piece of a secret that ends `text` (or begins it): at least four bytes and less than a whole
  // form. For texts that were cut.
  std::optional<SecretMatch> piece_at_end(std::string_view text) const;
  std::optional<SecretMatch> piece_at_start(std::string_view text) const;

 private:
  struct Pattern {
    std::size_t secret;
    WrittenSecret written;
  };
  std::vector<Secret> secrets_;
  std::vector<Pattern> patterns_;
  base::TextSearch search_;
};

// Takes secrets out of whatever is shown: each watched value, in each form, becomes
// `<secret:NAME>`, also what is left of one on either side of a cut ("…").
class Redactor {
 public:
  Redactor() = default;
  explicit Redactor(std::string_view secrets_json, const WatchChoice& choice = {});

  bool empty() const noexcept { return search_.empty(); }
  const SecretSearch& search() const noexcept { return search_; }
  std::string operator()(std::string_view text) const;
  void in_place(std::string& text) const;

 private:
  void mend_cuts(std::string& text) const;
  const std::string& stand_in(const SecretMatch& match) const;

  SecretSearch search_;
  std::vector<std::string> stand_ins_;  // by secret
};

}  // namespace protocol
