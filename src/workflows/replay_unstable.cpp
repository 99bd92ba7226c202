// SPDX-License-Identifier: Apache-2.0
#include "workflows/replay_call.hpp"

#include <array>
#include <map>
#include <set>

namespace workflows {
namespace {

using base::Result;

// The places where two answers differ.
std::set<std::string> apart(const Comparable& one, const Comparable& other,
                            const fixtures::CompareOptions& options) {
  std::set<std::string> patterns;
  if (!one.document || !other.document) return patterns;
  for (const fixtures::Difference& difference :
       fixtures::differences(one.value, other.value, {}, other.document->tokens, options))
    patterns.insert(difference.pattern);
  return patterns;
}

}  // namespace

Result<std::vector<Unstable>> find_unstable(const fixtures::Fixture& fixture,
                                            core::Connector& connector,
                                            const ReplayOptions& options) {
  FSIM_ASSIGN(fixtures::CompareOptions compare, compare_options(fixture, options));
  compare.match = fixtures::Match::exact;
  FSIM_TRY(fixture.verify());
  std::map<std::string, bool> found;  // by pattern: whether it always differed
  for (const fixtures::RecordedSync& sync : fixture.syncs())
    for (const fixtures::RecordedCall& call : sync.calls) {
      if (options.interrupted && options.interrupted()) break;
      FSIM_ASSIGN(const fixtures::RecordedRequest request, fixture.request(sync.sync, call));
      FSIM_ASSIGN(const std::string body, with_secrets(request.body, options.secrets_json));
      std::array<Comparable, 3> answers;
      for (Comparable& answer : answers) {
        FSIM_ASSIGN(const core::RawResponse raw, send(connector, body, options));
        answer = comparable(raw, fixture, options);
      }
      fixtures::learn_keys(answers[0].value, compare.keys);
      std::map<std::string, int> times;
      for (const auto& [one, other] : {std::pair{0, 1}, {1, 2}, {0, 2}})
        for (const std::string& pattern : apart(answers[static_cast<std::size_t>(one)],
                                                answers[static_cast<std::size_t>(other)], compare))
          ++times[pattern];
      for (const auto& [pattern, count] : times) {
        const auto known = found.try_emplace(pattern, true).first;
        known->second = known->second && count == 3;
      }
    }
  std::vector<Unstable> list;
  list.reserve(found.size());
  for (const auto& [pattern, always] : found) list.push_back({pattern, always});
  return list;
}

}  // namespace workflows
