// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "cli/arguments.hpp"
#include "core/report.hpp"

namespace cli {

// One function a command, one file each. They print results to stdout and return the exit code; an
// Error is printed by the caller.
base::Result<core::ExitCode> run_command(const Arguments& args);
base::Result<core::ExitCode> record_command(const Arguments& args);
base::Result<core::ExitCode> replay_command(const Arguments& args);
base::Result<core::ExitCode> invoke_command(const Arguments& args);
base::Result<core::ExitCode> chaos_command(const Arguments& args);
base::Result<core::ExitCode> forecast_command(const Arguments& args);
base::Result<core::ExitCode> check_command(const Arguments& args);
base::Result<core::ExitCode> state_command(const Arguments& args);
base::Result<core::ExitCode> tables_command(const Arguments& args);
base::Result<core::ExitCode> schema_command(const Arguments& args);
base::Result<core::ExitCode> sql_command(const Arguments& args);
base::Result<core::ExitCode> diff_command(const Arguments& args);
base::Result<core::ExitCode> reset_command(const Arguments& args);
base::Result<core::ExitCode> rules_command(const Arguments& args);
base::Result<core::ExitCode> doctor_command(const Arguments& args);
base::Result<core::ExitCode> serve_command(const Arguments& args);
base::Result<core::ExitCode> aws_command(const Arguments& args);
base::Result<core::ExitCode> scan_command(const Arguments& args);
base::Result<core::ExitCode> test_command(const Arguments& args);
base::Result<core::ExitCode> init_command(const Arguments& args);
base::Result<core::ExitCode> runs_command(const Arguments& args);
base::Result<core::ExitCode> report_command(const Arguments& args);
base::Result<core::ExitCode> explain_command(const Arguments& args);
base::Result<core::ExitCode> completion_command(const Arguments& args);
base::Result<core::ExitCode> man_command(const Arguments& args);
base::Result<core::ExitCode> demo_command(const Arguments& args);

}  // namespace cli
