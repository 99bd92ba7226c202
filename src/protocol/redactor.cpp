// SPDX-License-Identifier: Apache-2.0
#include "protocol/redactor.hpp"

#include <algorithm>

namespace protocol {
namespace {

constexpr std::string_view kCut = "…";
constexpr std::size_t kShortestPiece = 4;

// A name inside `<secret:NAME>` must not break a JSON document or a terminal.
std::string stand_in_for(const std::string& name) {
  std::string text = "<secret:";
  for (const char c : name) {
    const bool harmless =
        static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != '>';
    text += harmless ? c : '_';
  }
  return text + ">";
}

}  // namespace

SecretSearch::SecretSearch(std::vector<Secret> watched) : secrets_(std::move(watched)) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < secrets_.size(); ++i)
    for (WrittenSecret& written : written_forms(secrets_[i].value)) {
      texts.push_back(written.text);
      patterns_.push_back({i, std::move(written)});
    }
  search_ = base::TextSearch(std::move(texts));
}

std::optional<SecretMatch> SecretSearch::find(std::string_view text, std::size_t from) const {
  const auto match = search_.find(text, from);
  if (!match) return std::nullopt;
  const Pattern& pattern = patterns_[match->pattern];
  return SecretMatch{pattern.secret, pattern.written.form, match->offset, match->size};
}

std::optional<SecretMatch> SecretSearch::piece_at_end(std::string_view text) const {
  std::optional<SecretMatch> longest;
  for (const Pattern& pattern : patterns_) {
    const std::string_view whole = pattern.written.text;
    for (std::size_t n = std::min(whole.size() - 1, text.size()); n >= kShortestPiece; --n) {
      if (longest && longest->size >= n) break;
      if (!text.ends_with(whole.substr(0, n))) continue;
      longest = SecretMatch{pattern.secret, pattern.written.form, text.size() - n, n};
    }
  }
  return longest;
}

std::optional<SecretMatch> SecretSearch::piece_at_start(std::string_view text) const {
  std::optional<SecretMatch> longest;
  for (const Pattern& pattern : patterns_) {
    const std::string_view whole = pattern.written.text;
    for (std::size_t n = std::min(whole.size() - 1, text.size()); n >= kShortestPiece; --n) {
      if (longest && longest->size >= n) break;
      if (!text.starts_with(whole.substr(whole.size() - n))) continue;
      longest = SecretMatch{pattern.secret, pattern.written.form, 0, n};
    }
  }
  return longest;
}

Redactor::Redactor(std::string_view secrets_json, const WatchChoice& choice)
    : search_(watched_secrets(secrets_json, choice)) {
  for (const Secret& secret : search_.secrets()) stand_ins_.push_back(stand_in_for(secret.name));
}

const std::string& Redactor::stand_in(const SecretMatch& match) const {
  return stand_ins_[match.secret];
}

void Redactor::mend_cuts(std::string& text) const {
  for (std::size_t cut = text.find(kCut); cut != text.npos; cut = text.find(kCut, cut + 1)) {
    const std::string_view all = text;
    if (const auto piece = search_.piece_at_start(all.substr(cut + kCut.size())))
      text.replace(cut + kCut.size(), piece->size, stand_in(*piece));
    if (const auto piece = search_.piece_at_end(std::string_view(text).substr(0, cut))) {
      text.replace(piece->offset, piece->size, stand_in(*piece));
      cut = text.find(kCut, piece->offset);
    }
  }
}

void Redactor::in_place(std::string& text) const {
  if (search_.empty()) return;
  if (auto match = search_.find(text)) {
    std::string out;
    std::size_t done = 0;
    while (match) {
      std::size_t end = match->offset + match->size;
      out.append(text, done, match->offset - done).append(stand_in(*match));
      // Another secret may begin inside this one and reach further.
      auto next = search_.find(text, match->offset + 1);
      for (; next && next->offset < end; next = search_.find(text, next->offset + 1))
        end = std::max(end, next->offset + next->size);
      done = end;
      match = next;
    }
    text = out.append(text, done);
  }
  if (text.find(kCut) != text.npos) mend_cuts(text);
}

std::string Redactor::operator()(std::string_view text) const {
  std::string out(text);
  in_place(out);
  return out;
}

}  // namespace protocol
