// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "workflows/expectations.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cli {

// How programs that we start are held; for local targets.
struct LocalArguments {
  std::string init_timeout;           // empty: Lambda's 10 seconds
  std::uint64_t memory_limit_mb = 0;  // 0: not watched
  std::string task_root;              // empty: the program's folder
  std::string style;                  // empty: by platform
  std::string runtime_client = "auto";
  bool freeze = false, read_only_fs = false;
};

// Looking at a warehouse: tables, sql, schema, diff.
struct LookArguments {
  std::vector<std::string> tables;                  // tables: which to show in full
  std::uint64_t rows = 0, width = 60;               // sql: 0 means all
  std::vector<std::string> map, ignore, key, only;  // diff
  std::string file;                                 // schema: the lock
  std::vector<std::string> contract;                // schema lock: "tables=warn"
  std::string lock;                                 // run --schema-lock
};

// The command line as it was typed, with the environment and fivetran-sim.toml filled in. Nothing
// has been opened or read but those.
// How an HTTP function is reached.
struct HttpArguments {
  std::string auth_token, auth_command, function_key, ca_file, serve_url, serve_timeout;
  std::vector<std::string> headers;
};

// A finding that the user does not want to count: --waive or a [[waive]] of fivetran-sim.toml.
struct WaiverArgument {
  std::string rule, table, reason, expires;
  std::string origin;  // "--waive", "fivetran-sim.toml:12"
};

// What is recorded, and how recorded calls are compared.
struct FixtureArguments {
  std::string dir;          // record, replay: DIR; run: --record
  std::string record_mode;  // empty: once, in CI none
  std::uint64_t sample = 0;
  std::vector<std::string> redact;
  std::string match = "shape";
  std::vector<std::string> ignore_fields;
  bool find_unstable = false, update = false;
};

struct PardonArguments {
  std::vector<std::string> waive;  // RULE[=REASON]
  std::vector<WaiverArgument> from_file;
  std::string baseline;
  bool update_baseline = false;
};

// What is disturbed, and how.
struct ChaosArguments {
  std::string pages;
  std::vector<std::string> faults, volatile_columns, checks, old_states;
  std::string change;
  std::uint64_t seed = 1;
};

// What a forecast is to be measured against.
struct ForecastArguments {
  std::string from, until;
  std::uint64_t total_rows = 0;
};

// How AWS is reached, in the words of its CLI.
struct AwsArguments {
  std::string profile, region, endpoint_url, role_arn;
  std::string client = "cli";
};

// test: the suite and what it tests beside the target.
struct SuiteArguments {
  std::string name = "standard";
  std::string fixture;  // whose states today's code has to go on from
  std::vector<std::string> more;
};

// aws: what Fivetran needs of AWS.
struct AwsSetupArguments {
  std::string role = "fivetran-functions", time_budget, group_id;
  std::vector<std::string> documents;  // doctor: policies in files
  bool apply = false, replace = false, no_call = false;
};

// demo: what is shown, and where it is written.
struct DemoArguments {
  std::string defect, to;
};

struct Arguments {
  std::string command;
  std::string help;  // when set, print it and end well

  // what to call
  std::string target;
  // Where a target of a settings file above the current folder counts from and runs; else empty.
  std::string target_folder;
  std::vector<std::string> program;  // after `--`
  std::string python, function_name;
  std::string platform;
  bool cold = false;
  std::string aws_credentials = "none";
  std::vector<std::string> env;
  std::string env_file;
  std::string timeout;
  std::uint64_t memory_mb = 512;
  AwsArguments aws;
  AwsSetupArguments aws_setup;
  HttpArguments http;
  LocalArguments local;

  // what to send
  std::string secrets;
  std::vector<std::string> secret, custom_payload;
  std::vector<std::string> sensitive, open;  // globs of secrets' names, from [secrets]
  std::string secrets_json = "{}";           // all of them, read once: see read_secrets
  std::string agent, external_id, sync_id, state;
  bool setup_test = false;
  std::string sync_method = "direct", bucket;

  // where to load
  std::string destination, schema;
  std::string duckdb_library;
  std::string naming;  // empty: what the schema has, else fivetran
  bool adopt = false;

  // how far to go
  int syncs = 1;
  bool watch = false, full_refresh = false, check_idempotent = false, allow_repeats = false;
  std::uint64_t max_calls = 0, max_rows = 0;
  std::string max_time, sync_limit = "6h";
  int warn_calls = 10'000;

  // how to judge and show
  bool strict = false;
  std::vector<std::string> select, ignore, assume;
  std::string fail_on = "error";
  PardonArguments pardons;
  std::vector<std::string> report;
  std::string color = "auto";
  int verbose = 0;
  bool quiet = false, no_logs = false, stats = false;

  // commands that look at something
  std::string dump;
  bool reveal_secrets = false, force = false;
  std::string format = "table";
  std::string topic, action, value, sql, diff_a, diff_b, schema_a, schema_b;
  std::vector<std::string> files;
  std::vector<std::string> scan_exclude;
  std::uint64_t limit = 3;
  std::uint16_t port = 0;  // serve; 0: any free one

  LookArguments look;
  ChaosArguments chaos;
  FixtureArguments fixture;
  SuiteArguments suite;
  workflows::Expectations expect;  // from [expect]

  std::string init_ci;         // github, gitlab or empty
  std::size_t keep_runs = 20;  // reports in .fivetran-sim/runs
  ForecastArguments forecast;
  DemoArguments demo;

  std::string project_root;  // the folder of fivetran-sim.toml, or the current one
};

// Reads the words behind the program's name, then FIVETRAN_SIM_* for what it left open, then
// fivetran-sim.toml. Error (usage): an unknown command, option or key, with what was probably
// meant.
base::Result<Arguments> parse_arguments(std::vector<std::string> words);

// The names of all commands, for suggestions.
std::vector<std::string> command_names();

}  // namespace cli
