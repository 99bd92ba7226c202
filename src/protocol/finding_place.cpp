// SPDX-License-Identifier: Apache-2.0
#include "protocol/finding_place.hpp"

#include "protocol/pointer.hpp"

namespace protocol {

std::string place_of(const core::Finding& finding) {
  std::string place = without_indexes(finding.pointer);
  const std::string& what = finding.about.empty() ? finding.subject : finding.about;
  if (!what.empty()) place.append(" ").append(what);
  return place;
}

std::vector<std::string> places_of(const core::Finding& finding) {
  if (!finding.places.empty()) return finding.places;
  return {place_of(finding)};
}

}  // namespace protocol
