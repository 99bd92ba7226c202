// SPDX-License-Identifier: Apache-2.0
#include "connectors/program_connector.hpp"

#include "connectors/handler_connector.hpp"
#include "connectors/runtime_connector.hpp"
#include "connectors/scratch_folder.hpp"

#include <filesystem>
#include <utility>

namespace connectors {

base::Result<std::unique_ptr<core::Connector>> make_program_connector(
    const Target& given, const ConnectorOptions& options, core::LogSink log) {
  Target target = given;
  if (!options.task_root.empty())
    target.root = std::filesystem::absolute(options.task_root).lexically_normal();
  HandlerSetting setting = handler_setting(target, options);
  FSIM_ASSIGN(ScratchFolder scratch, ScratchFolder::make());
  FSIM_ASSIGN(const std::filesystem::path temporary, scratch.make_folder("tmp"));
  RuntimeProgram program;
  program.argv = target.argv;
  program.env = std::move(setting.env);
  program.env["TMPDIR"] = temporary.string();
  program.folder = target.root;
  program.memory_limit = options.memory_limit;
  if (options.read_only_fs) FSIM_TRY(make_read_only(program, temporary));
  RuntimeFunction function{target.text, std::move(program), std::move(setting.identity),
                           std::move(scratch), nullptr};
  return make_runtime_connector(std::move(function), options, std::move(log));
}

}  // namespace connectors
