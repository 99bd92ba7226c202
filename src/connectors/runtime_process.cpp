// SPDX-License-Identifier: Apache-2.0
#include "connectors/runtime_process.hpp"

#include "base/process_proc.hpp"
#include "base/process_read_only.hpp"

#include <chrono>
#include <utility>

namespace connectors {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSettle{100};
constexpr milliseconds kDrain{1000};  // used up only by who goes on flooding

}  // namespace

base::Result<void> make_read_only(RuntimeProgram& program, const std::filesystem::path& temporary) {
  const base::ReadOnlyView view{program.folder.string(), temporary.string()};
  const auto path = program.env.find("PATH");
  FSIM_ASSIGN(program.argv, base::read_only_command(view, program.argv,
                                                    path == program.env.end() ? "" : path->second));
  return {};
}

base::Result<std::unique_ptr<RuntimeProcess>> RuntimeProcess::start(const RuntimeProgram& program,
                                                                    std::uint64_t max_response,
                                                                    base::LineSink on_line) {
  std::unique_ptr<RuntimeProcess> process(new RuntimeProcess);
  FSIM_ASSIGN(process->api_, RuntimeApi::start(max_response));
  Environment env = program.env;
  bypass_proxy(env);
  env["AWS_LAMBDA_RUNTIME_API"] = process->api_->address();
  base::ProcessSpec spec;
  spec.argv = program.argv;
  spec.env = as_list(env);
  spec.cwd = program.folder.string();
  spec.memory_limit = program.memory_limit;
  auto on_exit = [api = process->api_.get()](const base::ExitStatus&) { api->end(); };
  FSIM_ASSIGN(process->child_,
              base::ChildProcess::start(spec, std::move(on_line), std::move(on_exit)));
  return process;
}

void RuntimeProcess::settle() {
  api_->wait_ready(std::chrono::steady_clock::now() + kSettle);
  child_->drain(kDrain);
}

void RuntimeProcess::freeze() {
  // Who goes on working after an answer has not yet given the invocation back.
  if (api_->wait_ready(std::chrono::steady_clock::now()) == RuntimeApi::Event::ready)
    child_->pause();
}

std::uint64_t RuntimeProcess::peak_memory_bytes() const {
  if (const auto ended = child_->status()) return ended->peak_memory_bytes;
  return base::peak_resident_bytes(child_->pid());
}

}  // namespace connectors
