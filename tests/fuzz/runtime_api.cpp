// SPDX-License-Identifier: Apache-2.0
// What a runtime sends to the Runtime API, in whatever order: each request gets an answer, an
// invocation has at most one, and what a handler raised becomes an error document.
#include "base/http_parser.hpp"
#include "check.hpp"
#include "connectors/error_document.hpp"
#include "connectors/runtime_state.hpp"

#include <string>

namespace {

using connectors::RuntimeAnswer;
using connectors::RuntimeState;
using fuzz::require;
using Phase = RuntimeState::Phase;

constexpr std::uint64_t kMaxResponse = 512;

void take(RuntimeState& state) {
  const auto answer = state.take_answer();
  require(answer.has_value() && !state.has_answer());
  if (answer->kind == RuntimeAnswer::Kind::response) {
    require(answer->bytes <= kMaxResponse);
  } else if (answer->kind != RuntimeAnswer::Kind::too_large) {
    const auto document = connectors::read_error_document(answer->body.view(), answer->error_type);
    require(document.stack_trace.size() <= answer->body.view().size());
  }
}

void serve(RuntimeState& state, base::HttpRequest request, int& served) {
  const Phase before = state.phase();
  const auto reply = state.on_request(request);
  require(reply ? reply->status >= 200 && reply->status < 500 : state.phase() == Phase::ready);
  if (state.has_answer()) {
    require(before == Phase::running || before == Phase::started);
    take(state);
  }
  if (!reply) {
    if (++served % 3 == 0) return state.on_gone();
    require(state.give({"id", "{}", 1, "arn", "trace"}).status == 200);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz::text_of(data, size);
  RuntimeState state(kMaxResponse);
  base::HttpParser parser(kMaxResponse);
  int served = 0;
  while (!bytes.empty() && parser.state() != base::HttpParser::State::failed) {
    bytes.remove_prefix(parser.feed(bytes));
    if (parser.state() == base::HttpParser::State::complete) serve(state, parser.take(), served);
  }
  return 0;
}
