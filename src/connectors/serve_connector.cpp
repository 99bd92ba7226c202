// SPDX-License-Identifier: Apache-2.0
#include "connectors/serve_connector.hpp"

#include "base/free_port.hpp"
#include "base/process.hpp"
#include "connectors/environment.hpp"
#include "connectors/http_connector.hpp"
#include "connectors/log_tail.hpp"
#include "connectors/platform_words.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;
using Steady = std::chrono::steady_clock;

std::string with_port(std::string text, std::uint16_t port) {
  constexpr std::string_view kPlace = "{port}";
  for (std::size_t at = 0; (at = text.find(kPlace, at)) != text.npos;)
    text.replace(at, kPlace.size(), std::to_string(port));
  return text;
}

class ServeConnector final : public core::Connector {
 public:
  ServeConnector(const Target& target, const ConnectorOptions& options, core::LogSink log)
      : target_(target), options_(options), log_(std::move(log)) {}

  Result<core::RawResponse> invoke(const core::Call& call) override {
    FSIM_TRY(ensure_server());
    const auto client = current_client();
    auto raw = client->invoke(call);
    if (!raw) return raw;
    if (raw->failure == core::FailureKind::unreachable) take_end(*raw);
    log_.move_to(*raw);
    return raw;
  }

  std::string describe() const override { return target_.text; }

  void stop() noexcept override {
    stopped_ = true;
    const std::lock_guard lock(mutex_);
    if (client_) client_->stop();
  }

 private:
  std::shared_ptr<core::Connector> current_client() const {
    const std::lock_guard lock(mutex_);
    return client_;
  }

  Result<void> ensure_server() {
    if (server_ && !server_->status()) return {};
    server_.reset();
    FSIM_ASSIGN(const std::uint16_t port, base::free_port());
    base::ProcessSpec spec;
    spec.cwd = target_.root.string();
    for (const std::string& word : target_.argv) spec.argv.push_back(with_port(word, port));
    Environment env = connector_environment(options_);
    env.try_emplace("PORT", std::to_string(port));
    bypass_proxy(env);
    spec.env = as_list(env);
    spec.memory_limit = options_.memory_limit;
    FSIM_ASSIGN(server_, base::ChildProcess::start(
                             spec, [this](std::string_view line) { log_.add(line); },
                             [](const base::ExitStatus&) {}));
    FSIM_TRY(wait_for(port));
    Target at = target_;
    at.function = with_port(
        options_.http.serve_url.empty() ? "http://127.0.0.1:{port}/" : options_.http.serve_url,
        port);
    FSIM_ASSIGN(std::shared_ptr<core::Connector> client, make_http_connector(at, options_));
    const std::lock_guard lock(mutex_);
    client_ = std::move(client);
    return {};
  }

  Result<void> wait_for(std::uint16_t port) {
    const auto deadline = Steady::now() + options_.http.serve_timeout;
    while (!base::is_listening(port)) {
      if (const auto ended = server_->status())
        return fail(ErrorKind::environment,
                    fmt::format("cannot start {}: it ended with {} before it listened on port {}{}",
                                target_.text, ended->text(), port, last_line()));
      if (stopped_) return fail(ErrorKind::interrupted, "stopped while the server started");
      if (Steady::now() > deadline)
        return fail(ErrorKind::environment,
                    fmt::format("cannot start {}: it does not listen on port {} (write {{port}} "
                                "where its port belongs, or give it longer with --serve-timeout)",
                                target_.text, port));
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return {};
  }

  std::string last_line() {
    server_->drain(std::chrono::milliseconds(500));
    core::RawResponse said;
    log_.move_to(said);
    return said.log_tail.empty() ? "" : ": " + said.log_tail.back();
  }

  // A connection that broke because the server ended is told as Lambda tells it. Its end may be
  // seen a moment after that of its connections.
  void take_end(core::RawResponse& raw) const {
    const auto deadline = Steady::now() + std::chrono::seconds(2);
    while (!server_->status() && !stopped_ && Steady::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (const auto ended = server_->status()) set_exited(raw, *ended);
  }

  Target target_;
  ConnectorOptions options_;
  LogTail log_;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;  // guards client_, which stop() uses from another thread
  std::shared_ptr<core::Connector> client_;
  std::unique_ptr<base::ChildProcess> server_;  // last: its reader writes to log_
};

}  // namespace

Result<std::unique_ptr<core::Connector>> make_serve_connector(const Target& target,
                                                              const ConnectorOptions& options,
                                                              core::LogSink log) {
  return std::make_unique<ServeConnector>(target, options, std::move(log));
}

}  // namespace connectors
