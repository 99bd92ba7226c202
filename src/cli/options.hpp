// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/arguments.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace cli {

// Declares every command and option on one CLI::App; they write into `args`. Of a `word` that names
// a command only this one and those declared with it: all of them take a millisecond, a fifth of a
// short run.
std::unique_ptr<CLI::App> declare_options(Arguments& args, std::string_view word = {});

// How local programs are held: options_local.cpp.
void add_local_options(CLI::App& app, LocalArguments& args);
void add_aws_options(CLI::App& app, Arguments& args);
void add_aws_place_options(CLI::App& app, Arguments& args, const std::string& group);
void add_http_options(CLI::App& app, HttpArguments& args);
void add_record_options(CLI::App& app, FixtureArguments& args);
void add_pardon_options(CLI::App& app, PardonArguments& args, const std::string& group);

// What several commands share: options.cpp.
CLI::App& add_command(CLI::App& app, Arguments& args, const std::string& name,
                      const std::string& about);
// Whole command lines, shown behind `--help` and in the man page; a test runs each.
void add_examples(CLI::App& app, const std::vector<std::string>& lines);
void add_format(CLI::App& app, Arguments& args, const std::vector<std::string>& names);
void add_destination_options(CLI::App& app, Arguments& args);
void add_duckdb_option(CLI::App& app, Arguments& args);

// The options of commands that call a connector: options.cpp.
void add_connector_options(CLI::App& app, Arguments& args);
void add_request_options(CLI::App& app, Arguments& args);
void add_naming_option(CLI::App& app, Arguments& args);
void add_judgement_options(CLI::App& app, Arguments& args);
void add_loop_options(CLI::App& app, Arguments& args);

// run, invoke and check: options_run.cpp.
void add_run_command(CLI::App& app, Arguments& args);
void add_invoke_command(CLI::App& app, Arguments& args);
void add_check_command(CLI::App& app, Arguments& args);
// record and replay: options_fixture.cpp.
void add_fixture_commands(CLI::App& app, Arguments& args);
// test: options_test.cpp. init, runs, report: options_project.cpp.
void add_test_command(CLI::App& app, Arguments& args);
void add_project_commands(CLI::App& app, Arguments& args);
void add_keep_runs_option(CLI::App& app, Arguments& args);
// tables, sql and diff: options_warehouse.cpp.
void add_warehouse_commands(CLI::App& app, Arguments& args);

// chaos: options_chaos.cpp.
void add_chaos_command(CLI::App& app, Arguments& args);
// aws: options_aws_setup.cpp.
void add_aws_command(CLI::App& app, Arguments& args);
// forecast: options_chaos.cpp.
void add_forecast_command(CLI::App& app, Arguments& args);
// rules, explain, demo, completion and man: options_learn.cpp.
void add_learning_commands(CLI::App& app, Arguments& args);
// scan: options_scan.cpp.
void add_scan_command(CLI::App& app, Arguments& args);

}  // namespace cli
