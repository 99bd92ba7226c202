// SPDX-License-Identifier: Apache-2.0
#include "workflows/suite_probes.hpp"

#include "engine/calls.hpp"
#include "protocol/json_text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflows {

std::string with_reversed_keys(const std::string& json) {
  if (auto members = protocol::members(json)) {
    std::ranges::reverse(*members);
    std::string text;
    for (const auto& [key, value] : *members)
      text += fmt::format("{}{}:{}", text.empty() ? "{" : ",", protocol::quote(key),
                          with_reversed_keys(value));
    return text.empty() ? "{}" : text + "}";
  }
  if (const auto elements = protocol::elements(json)) {
    std::string text;
    for (const std::string& element : *elements)
      text += (text.empty() ? "[" : ",") + with_reversed_keys(element);
    return text.empty() ? "[]" : text + "]";
  }
  return json;
}

base::Result<std::optional<std::string>> answer_to(engine::World& world,
                                                   const engine::Settings& settings,
                                                   const std::string& state,
                                                   const std::string& sync_id) {
  core::SyncRequest request = engine::request_template(settings, sync_id);
  request.state = core::State{state};
  engine::name_file(request, settings, 1);
  const std::string body = protocol::to_json(request, settings.request_shape);
  FSIM_ASSIGN(const core::RawResponse raw,
              engine::call_connector(world, settings, request, body, settings.call_timeout));
  if (!raw.answered()) return std::optional<std::string>();
  return protocol::canonical(raw.body.view());
}

}  // namespace workflows
