// SPDX-License-Identifier: Apache-2.0
#include "protocol/leaks.hpp"

#include "protocol/credentials.hpp"
#include "protocol/locate.hpp"
#include "protocol/pointer.hpp"

#include <algorithm>
#include <utility>

namespace protocol {
namespace {

using core::Leak;
using core::LeakPlace;

struct Hit {
  std::size_t offset = 0, size = 0;
  std::string_view what;
  bool configured = false;
  std::string_view how;
};

bool overlaps(const std::vector<Hit>& hits, std::size_t offset, std::size_t size) {
  return std::ranges::any_of(hits, [&](const Hit& hit) {
    return offset < hit.offset + hit.size && hit.offset < offset + size;
  });
}

void add_watched(std::vector<Hit>& hits, std::string_view text, const SecretSearch& watched) {
  for (auto match = watched.find(text); match && hits.size() < kMostLeaks;
       match = watched.find(text, match->offset + match->size))
    hits.push_back({match->offset, match->size, watched.secrets()[match->secret].name, true,
                    name(match->form)});
}

// Credentials in the part of `text` that is `part`; what overlaps an earlier hit is that one.
void add_credentials(std::vector<Hit>& hits, std::string_view text, std::string_view part,
                     CredentialDepth depth) {
  if (part.empty()) return;
  const auto base = static_cast<std::size_t>(part.data() - text.data());
  std::vector<Hit> found;
  for (auto one = find_credential(part, 0, depth); one && hits.size() + found.size() < kMostLeaks;
       one = find_credential(part, one->offset + one->size, depth))
    if (!overlaps(hits, base + one->offset, one->size))
      found.push_back({base + one->offset, one->size, one->kind, false, {}});
  hits.insert(hits.end(), found.begin(), found.end());
}

LeakPlace place_of(const Steps& steps) {
  if (steps.empty()) return LeakPlace::other;
  if (steps[0] == "insert") return LeakPlace::insert;
  if (steps[0] == "delete") return LeakPlace::del;
  if (steps[0] == "state") return LeakPlace::state;
  const bool error =
      steps[0] == "errorMessage" || steps[0] == "errorType" || steps[0] == "stackTrace";
  return error ? LeakPlace::error : LeakPlace::other;
}

std::string pointer_of(const Steps& steps) {
  std::string text;
  for (const std::string& step : steps) text += pointer({step});
  return text;
}

Leak leak_of(const Hit& hit, const Steps& steps) {
  Leak leak;
  leak.what = hit.what;
  leak.configured = hit.configured;
  leak.how = hit.how;
  leak.place = place_of(steps);
  leak.pointer = pointer_of(steps);
  if ((leak.place == LeakPlace::insert || leak.place == LeakPlace::del) && steps.size() > 1)
    leak.table = steps[1];
  return leak;
}

// Folded leaks with their places in a document; of one that is no JSON object the places are not
// known.
std::vector<Leak> leaks_of(std::vector<Hit> hits, std::string_view document, bool is_object) {
  std::ranges::stable_sort(hits, {}, &Hit::offset);
  std::vector<Steps> steps(hits.size());
  if (is_object && !hits.empty()) {
    std::vector<std::size_t> offsets;
    offsets.reserve(hits.size());
    for (const Hit& hit : hits) offsets.push_back(hit.offset);
    steps = locate(document, offsets);
  }
  std::vector<Leak> leaks;
  for (std::size_t i = 0; i < hits.size(); ++i) add_leaks(leaks, {leak_of(hits[i], steps[i])});
  return leaks;
}

}  // namespace

void add_leaks(std::vector<Leak>& all, std::vector<Leak> more) {
  for (Leak& leak : more) {
    const auto same = std::ranges::find_if(all, [&leak](const Leak& other) {
      return other.what == leak.what && other.how == leak.how && other.place == leak.place &&
             other.table == leak.table;
    });
    if (same == all.end()) {
      all.push_back(std::move(leak));
    } else {
      same->count += leak.count;
    }
  }
}

std::vector<Leak> leaks_in(const core::SyncResponse& response, const SecretSearch& watched) {
  const std::string_view body = response.body.view();
  std::vector<Hit> hits;
  add_watched(hits, body, watched);
  add_credentials(hits, body, body, CredentialDepth::strong);
  if (response.is_object()) {
    add_credentials(hits, body, response.state.raw, CredentialDepth::guesses);
    add_credentials(hits, body, response.error_message.raw, CredentialDepth::all);
  }
  std::vector<Leak> leaks = leaks_of(std::move(hits), body, response.is_object());
  if (response.file) {
    const std::string_view file = response.file_body.view();
    std::vector<Hit> file_hits;
    add_watched(file_hits, file, watched);
    add_credentials(file_hits, file, file, CredentialDepth::strong);
    const bool object = response.file->facts.form == core::BodyForm::object;
    add_leaks(leaks, leaks_of(std::move(file_hits), file, object));
  }
  return leaks;
}

std::vector<Leak> leaks_in(std::string_view text, LeakPlace place, const SecretSearch& watched) {
  std::vector<Hit> hits;
  add_watched(hits, text, watched);
  add_credentials(hits, text, text, CredentialDepth::all);
  std::vector<Leak> leaks;
  for (const Hit& hit : hits) {
    Leak leak = leak_of(hit, {});
    leak.place = place;
    add_leaks(leaks, {std::move(leak)});
  }
  return leaks;
}

}  // namespace protocol
