// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "protocol/json_text.hpp"
#include "workflows/pardons.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace workflows {
namespace {

using Json = nlohmann::json;
using core::KnownFinding;
using protocol::quote;

constexpr std::string_view kFormat = "fivetran-sim/baseline/1";

tl::unexpected<base::Error> wrong(const std::string& path, const std::string& what) {
  return base::fail(base::ErrorKind::usage,
                    base::visible(fmt::format("cannot read the baseline {}: {}", path, what)));
}

base::Result<KnownFinding> read_entry(const std::string& path, std::size_t number,
                                      const Json& json) {
  const std::string place = fmt::format("entry {}", number);
  if (!json.is_object()) return wrong(path, place + ": it must be an object");
  KnownFinding known;
  for (const auto& [key, value] : json.items()) {
    std::string* to = key == "rule"      ? &known.rule
                      : key == "table"   ? &known.table
                      : key == "at"      ? &known.at
                      : key == "reason"  ? &known.reason
                      : key == "expires" ? &known.expires
                                         : nullptr;
    if (to == nullptr)
      return wrong(path, fmt::format("{}: unknown key \"{}\" (it has rule, table, at, reason, "
                                     "expires)",
                                     place, key));
    if (!value.is_string()) return wrong(path, fmt::format("{}: {} must be a text", place, key));
    *to = value.get<std::string>();
  }
  if (known.rule.empty()) return wrong(path, place + ": it needs a `rule`");
  if (!known.expires.empty() && !base::parse_iso_time(known.expires + "T00:00:00.000Z"))
    return wrong(path, place + ": `expires` is a day such as 2027-03-01");
  return known;
}

}  // namespace

base::Result<std::vector<KnownFinding>> read_baseline(const std::string& path) {
  auto text = base::read_file(path);
  if (!text) return base::fail(base::ErrorKind::usage, text.error().message);
  const Json root = Json::parse(*text, nullptr, false);
  if (!root.is_object() || root.value("format", Json()) != Json(kFormat))
    return wrong(path, fmt::format("it is no JSON with \"format\": \"{}\"", kFormat));
  const auto findings = root.find("findings");
  if (findings == root.end() || !findings->is_array())
    return wrong(path, "it needs a list `findings`");
  std::vector<KnownFinding> all;
  for (const Json& json : *findings) {
    FSIM_ASSIGN(KnownFinding known, read_entry(path, all.size() + 1, json));
    all.push_back(std::move(known));
  }
  return all;
}

std::string baseline_text(std::vector<KnownFinding> findings) {
  std::ranges::sort(findings, {}, [](const KnownFinding& known) {
    return std::tie(known.rule, known.table, known.at);
  });
  std::string lines;
  for (const KnownFinding& known : findings) {
    lines +=
        fmt::format("{}\n    {{\"rule\": {}, \"table\": {}, \"at\": {}", lines.empty() ? "" : ",",
                    quote(known.rule), quote(known.table), quote(known.at));
    if (!known.reason.empty()) lines += ", \"reason\": " + quote(known.reason);
    if (!known.expires.empty()) lines += ", \"expires\": " + quote(known.expires);
    lines += "}";
  }
  return fmt::format("{{\n  \"format\": \"{}\",\n  \"findings\": [{}\n  ]\n}}\n", kFormat, lines);
}

}  // namespace workflows
