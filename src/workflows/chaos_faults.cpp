// SPDX-License-Identifier: Apache-2.0
#include "workflows/chaos_faults.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace workflows {
namespace {

constexpr Fault kFaults[] = {
    {FaultKind::lost, "lost", "the response is lost, the next sync sends the same state again",
     "RES-01", false, false},
    {FaultKind::twice, "twice", "the same call is made twice, the second answer counts", "RES-02",
     false, false},
    {FaultKind::killed, "killed", "process or connection is cut while the call runs", "RES-01",
     false, false},
    {FaultKind::garbled, "garbled", "the answer arrives as something that is no JSON", "RES-01",
     false, false},
    {FaultKind::truncated, "truncated", "the answer breaks off", "RES-01", false, false},
    {FaultKind::oversized, "oversized", "the platform refuses the answer as too large", "RES-01",
     false, false},
    {FaultKind::cutoff, "cutoff", "the sync is cut off after the page, a new one goes on", "RES-06",
     true, false},
    {FaultKind::restart, "restart", "cut off, then begun anew at {} with empty tables", "RES-08",
     true, false},
    {FaultKind::rewind, "rewind", "after the end it goes on from this page's state again", "RES-07",
     true, false},
    {FaultKind::cold, "cold", "a fresh process makes the next call", "RES-09", true, false},
    {FaultKind::reordered, "reordered", "the state comes back with its keys in another order",
     "RES-10", true, false},
    {FaultKind::respelled, "respelled",
     "the state comes back with other white space and escapes, the same JSON", "RES-10", true,
     false},
    {FaultKind::resync, "resync", "everything again from {} over the existing rows", "RES-08", true,
     true},
};

constexpr int kAllUpTo = 20;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

std::vector<int> numbers(int from, int to) {
  std::vector<int> all;
  for (int page = from; page <= to; ++page) all.push_back(page);
  return all;
}

base::Result<void> add_range(std::set<int>& pages, std::string_view part, int count) {
  const std::size_t dash = part.find('-');
  const auto from = number(part.substr(0, dash));
  const auto to = dash == part.npos ? from : number(part.substr(dash + 1));
  if (!from || !to || *to < *from)
    return base::fail(base::ErrorKind::usage,
                      fmt::format("cannot read --pages: \"{}\" is neither a page nor a range "
                                  "(write all, or 1,5-7)",
                                  part));
  for (int page = *from; page <= std::min(*to, count); ++page) pages.insert(page);
  return {};
}

}  // namespace

std::span<const Fault> all_faults() {
  return kFaults;
}

base::Result<std::vector<Fault>> faults_named(const std::vector<std::string>& names) {
  std::vector<Fault> chosen;
  for (const Fault& fault : kFaults)
    if (names.empty() || std::ranges::find(names, fault.name) != names.end())
      chosen.push_back(fault);
  for (const std::string& name : names) {
    if (std::ranges::find(kFaults, name, &Fault::name) != std::end(kFaults)) continue;
    std::vector<std::string_view> known;
    std::string all;
    for (const Fault& fault : kFaults) {
      known.push_back(fault.name);
      all.append(all.empty() ? "" : " ").append(fault.name);
    }
    const std::string_view meant = base::closest(name, known);
    return base::fail(
        base::ErrorKind::usage,
        fmt::format("--faults: unknown fault \"{}\"{} (there are: {})", name,
                    meant.empty() ? "" : fmt::format(", did you mean {}?", meant), all));
  }
  return chosen;
}

base::Result<std::vector<int>> pages_named(std::string_view text, int count) {
  if (text == "all" || (text.empty() && count <= kAllUpTo)) return numbers(1, count);
  if (text.empty()) return std::vector<int>{1, (count + 1) / 2, count};
  std::set<int> pages;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    FSIM_TRY(add_range(pages, text.substr(begin, end - begin), count));
    begin = end + 1;
  }
  if (pages.empty())
    return base::fail(base::ErrorKind::usage,
                      fmt::format("--pages {}: the undisturbed sync has {} page{} only", text,
                                  count, count == 1 ? "" : "s"));
  return std::vector<int>(pages.begin(), pages.end());
}

}  // namespace workflows
