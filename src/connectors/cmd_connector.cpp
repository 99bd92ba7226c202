// SPDX-License-Identifier: Apache-2.0
#include "connectors/cmd_connector.hpp"

#include "base/fd.hpp"
#include "base/process.hpp"
#include "base/process_read_only.hpp"
#include "base/random.hpp"
#include "connectors/environment.hpp"
#include "connectors/log_tail.hpp"
#include "connectors/platform_environment.hpp"
#include "connectors/platform_words.hpp"
#include "protocol/request.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace connectors {
namespace {

using base::Result;

class CmdConnector final : public core::Connector {
 public:
  CmdConnector(const Target& target, const ConnectorOptions& options, core::LogSink log,
               base::Bell stop)
      : name_(target.text),
        limits_(protocol::limits(options.platform)),
        stop_(std::move(stop)),
        log_(std::move(log)) {
    spec_.argv = target.argv;
    spec_.cwd = target.root.string();
    Environment env = connector_environment(options);
    const std::string name = std::filesystem::path(target.argv.front()).stem().string();
    add_platform_variables(
        env, options, target,
        options.function_name.empty() ? function_name_from(name) : options.function_name);
    spec_.env = as_list(env);
    spec_.memory_limit = options.memory_limit;
  }

  Result<core::RawResponse> invoke(const core::Call& call) override {
    core::RawResponse raw;
    raw.request_id = base::uuid4();
    if (call.body.size() > limits_.request_bytes) {
      set_request_too_large(raw, call.body.size(), limits_.request_bytes);
      return raw;
    }
    base::RunOptions options;
    options.input = call.body;
    options.timeout = call.timeout;
    options.max_output = limits_.response_bytes;
    options.on_stderr = [this](std::string_view line) { log_.add(line); };
    options.stop = &stop_;
    const auto start = std::chrono::steady_clock::now();
    FSIM_ASSIGN(base::Completed done, base::run(spec_, options));
    raw.duration = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    raw.peak_memory_bytes = done.status.peak_memory_bytes;
    raw.body = std::move(done.output);
    judge(done, call, raw);
    log_.move_to(raw);
    return raw;
  }

  std::string describe() const override { return name_; }
  void stop() noexcept override { stop_.ring(); }

 private:
  void judge(const base::Completed& done, const core::Call& call, core::RawResponse& raw) const {
    if (done.stopped) return set_stopped(raw);
    if (done.timed_out) return set_timed_out(raw, call.timeout);
    if (done.output_too_large)
      return set_response_too_large(raw, raw.body.size(), limits_.response_bytes);
    if (!done.status.ok()) return set_exited(raw, done.status);
    raw.exit_code = done.status.code;
  }

  std::string name_;
  core::Limits limits_;
  base::ProcessSpec spec_;
  base::Bell stop_;
  LogTail log_;
};

}  // namespace

Result<std::unique_ptr<core::Connector>> make_cmd_connector(const Target& target,
                                                            const ConnectorOptions& options,
                                                            core::LogSink log) {
  FSIM_ASSIGN(base::Bell stop, base::Bell::make());
  Target readied = target;
  if (options.read_only_fs) {
    const Environment env = connector_environment(options);
    const auto path = env.find("PATH");
    const std::filesystem::path folder =
        target.root.empty() ? std::filesystem::current_path() : target.root;
    const base::ReadOnlyView view{folder.string(), "/tmp"};
    FSIM_ASSIGN(readied.argv,
                base::read_only_command(view, target.argv, path == env.end() ? "" : path->second));
  }
  return std::make_unique<CmdConnector>(readied, options, std::move(log), std::move(stop));
}

}  // namespace connectors
