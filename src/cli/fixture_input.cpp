// SPDX-License-Identifier: Apache-2.0
#include "cli/fixture_input.hpp"

#include "cli/secrets_input.hpp"
#include "fixtures/recorder.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using fixtures::Fixture;

// The folder of the fixture that plays the connector, or empty.
std::string played_folder(const Arguments& args) {
  if (args.command == "replay") return args.fixture.dir;
  constexpr std::string_view kScheme = "fixture:";
  const auto found = [&args](const std::string& folder) {
    return (fs::path(args.target_folder) / folder).string();
  };
  if (args.target.starts_with(kScheme)) return found(args.target.substr(kScheme.size()));
  return !args.target.empty() && fixtures::is_fixture(found(args.target)) ? found(args.target) : "";
}

bool in_ci() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && (std::string_view(ci) == "true" || std::string_view(ci) == "1");
}

RecordMode mode_of(const Arguments& args) {
  const std::string& mode = args.fixture.record_mode;
  if (mode == "all") return RecordMode::all;
  if (mode == "new") return RecordMode::fresh;
  const bool none = mode == "none" || (mode.empty() && args.command != "record" && in_ci());
  return none ? RecordMode::none : RecordMode::once;
}

fixtures::RecordOptions options_of(const Session& session, const Arguments& args) {
  fixtures::RecordOptions options;
  options.redactor = redactor_of(args);
  fixtures::Header& header = options.header;
  header.target = session.connector->describe();
  header.platform = core::name(session.platform);
  header.sync_method = args.sync_method;
  header.bucket = session.settings.bucket;
  header.sample = args.fixture.sample;
  for (const protocol::Secret& secret : protocol::secret_leaves(session.secrets_json))
    header.secrets.push_back(secret.name);
  header.pointers = args.fixture.redact;
  return options;
}

// Puts `beside` in the place of `dir`; what was there goes only when the new one is there.
base::Result<void> swap_in(const std::string& beside, const std::string& dir) {
  const std::string old = dir + ".old";
  std::error_code error, ignored;
  fs::remove_all(old, ignored);
  fs::rename(dir, old, error);
  if (!error) fs::rename(beside, dir, error);
  if (error) {
    fs::rename(old, dir, ignored);
    return fail(ErrorKind::environment,
                fmt::format("cannot put {} in the place of {}: {}", beside, dir, error.message()));
  }
  fs::remove_all(old, ignored);
  return {};
}

void tell(Session& session, std::string text) {
  session.output->reporter().on_event(core::Notice{std::move(text)});
}

}  // namespace

base::Result<Fixture> open_fixture(const std::string& dir) {
  return Fixture::open(fixtures::disk_folder(dir));
}

base::Result<std::unique_ptr<fixtures::Player>> open_player(const std::string& dir,
                                                            const std::string& name) {
  FSIM_ASSIGN(Fixture fixture, open_fixture(dir));
  return std::make_unique<fixtures::Player>(std::move(fixture), name);
}

base::Result<void> take_recorded_settings(Arguments& args) {
  const std::string folder = played_folder(args);
  if (folder.empty() || !fixtures::is_fixture(folder)) return {};
  FSIM_ASSIGN(const Fixture fixture, open_fixture(folder));
  const fixtures::Header& header = fixture.header();
  if (args.platform.empty()) args.platform = header.platform;
  args.sync_method = header.sync_method;
  if (args.bucket.empty()) args.bucket = header.bucket;
  return {};
}

base::Result<void> plan_as_recorded(const Fixture& fixture, engine::RunPlan& plan) {
  plan.setup_test = fixture.sync(fixtures::kSetupTest) != nullptr;
  plan.syncs = 0;
  for (const fixtures::RecordedSync& sync : fixture.syncs()) {
    if (sync.sync == fixtures::kSetupTest) continue;
    FSIM_ASSIGN(const fixtures::RecordedRequest first,
                fixture.request(sync.sync, sync.calls.front()));
    plan.starts.push_back(core::State{first.state.value_or("{}")});
    ++plan.syncs;
  }
  return {};
}

base::Result<Recorder> Recorder::begin(Session& session, const Arguments& args,
                                       engine::RunPlan& plan) {
  Recorder recorder;
  recorder.dir_ = args.fixture.dir;
  while (recorder.dir_.size() > 1 && recorder.dir_.back() == '/') recorder.dir_.pop_back();
  const std::string& dir = recorder.dir_;
  if (dir.empty()) return recorder;
  if (args.check_idempotent)
    return fail(ErrorKind::usage,
                "cannot record with --check-idempotent: each call would be "
                "recorded twice (leave one of them out)");
  const RecordMode mode = mode_of(args);
  const bool there = fixtures::is_fixture(dir);
  if (mode == RecordMode::none || (mode == RecordMode::once && there)) {
    recorder.idle_ = true;
    tell(session, mode == RecordMode::once
                      ? fmt::format("nothing is recorded: {} is there already (--record-mode all "
                                    "records it anew, new goes on after it)",
                                    dir)
                  : args.fixture.record_mode.empty()
                      ? fmt::format("nothing is recorded into {}, since CI=true (--record-mode "
                                    "once records)",
                                    dir)
                      : fmt::format("nothing is recorded into {} (--record-mode none)", dir));
    return recorder;
  }
  std::optional<Fixture> before;
  if (there && mode == RecordMode::fresh) {
    FSIM_ASSIGN(before, open_fixture(dir));
    FSIM_TRY(before->verify());
  }
  if (there && mode == RecordMode::all) {
    recorder.beside_ = dir + ".new";
    std::error_code ignored;
    if (fixtures::is_fixture(recorder.beside_)) fs::remove_all(recorder.beside_, ignored);
  }
  FSIM_ASSIGN(recorder.recording_,
              fixtures::Recording::begin(recorder.beside_.empty() ? dir : recorder.beside_,
                                         options_of(session, args), before ? &*before : nullptr));
  session.connector = fixtures::recorded(std::move(session.connector), *recorder.recording_);
  if (before && args.command == "record") {
    const int more = plan.syncs;
    const bool unfinished = !recorder.recording_->last_sync_ended();
    FSIM_TRY(plan_as_recorded(*before, plan));
    plan.syncs += more - (unfinished ? 1 : 0);
    recorder.player_ = std::make_unique<fixtures::Player>(std::move(*before), "fixture:" + dir);
    session.connector = fixtures::continued(*recorder.player_, std::move(session.connector));
  }
  return recorder;
}

base::Result<void> Recorder::finish(Session& session, bool failed) {
  if (!recording_) return {};
  if (failed && (!beside_.empty() || recording_->calls() == 0)) {
    recording_->discard();
    return {};
  }
  const std::size_t calls = recording_->calls();
  FSIM_TRY(recording_->finish());
  if (calls == 0 || recording_->taken_back()) return {};
  if (!beside_.empty()) FSIM_TRY(swap_in(beside_, dir_));
  tell(session, fmt::format("recorded {} call{} in {}", calls, calls == 1 ? "" : "s", dir_));
  return {};
}

}  // namespace cli
