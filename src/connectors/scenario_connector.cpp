// SPDX-License-Identifier: Apache-2.0
#include "connectors/scenario_connector.hpp"

#include "base/whole_io.hpp"
#include "protocol/answer_meta.hpp"

#include <cstdint>
#include <filesystem>
#include <set>
#include <utility>

#include <fmt/core.h>

namespace connectors {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::fail;
using base::Result;

constexpr std::string_view kMeta = ".meta.json";
constexpr std::string_view kFile = ".file.json";
constexpr std::string_view kBody = ".json";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// The names of the steps, without extension, in order.
Result<std::vector<std::string>> steps_of(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::string name = at->path().filename().string();
    for (const std::string_view ending : {kMeta, kFile, kBody})
      if (ends_with(name, ending)) {
        names.insert(name.substr(0, name.size() - ending.size()));
        break;
      }
  }
  if (error)
    return fail(ErrorKind::environment,
                fmt::format("cannot list the folder {}: {}", folder.string(), error.message()));
  return std::vector<std::string>(names.begin(), names.end());
}

class ScenarioConnector final : public core::Connector {
 public:
  ScenarioConnector(const Target& target, std::vector<std::string> steps, core::LogSink log)
      : name_(target.text), folder_(target.file), steps_(std::move(steps)), log_(std::move(log)) {}

  Result<core::RawResponse> invoke(const core::Call& call) override {
    if (next_ == steps_.size())
      return fail(ErrorKind::usage,
                  fmt::format("cannot play {}: its {} response{} were used up and another call was "
                              "made (add a file, or let the last response say hasMore: false and "
                              "run as many syncs as there are)",
                              name_, steps_.size(), steps_.size() == 1 ? "" : "s"));
    const std::string& step = steps_[next_];
    core::RawResponse raw;
    if (const fs::path body = folder_ / (step + std::string(kBody)); fs::exists(body)) {
      FSIM_ASSIGN(raw.body, base::read_file_padded(body));
    }
    if (!call.bucket.empty()) {
      raw.file.emplace();
      if (const fs::path file = folder_ / (step + std::string(kFile)); fs::exists(file)) {
        FSIM_ASSIGN(raw.file->bytes, base::read_file_padded(file));
        raw.file->arrival = core::BucketFile::Arrival::in_time;
      }
    }
    if (const fs::path meta = folder_ / (step + std::string(kMeta)); fs::exists(meta)) {
      FSIM_ASSIGN(base::PaddedBuffer text, base::read_file_padded(meta));
      FSIM_TRY(protocol::apply_answer_meta(meta.string(), text.view(), raw));
    }
    ++next_;
    print(raw);
    return raw;
  }

  std::string describe() const override { return name_; }
  void stop() noexcept override {}

 private:
  void print(core::RawResponse& raw) const {
    if (log_)
      for (const std::string& line : raw.log_tail) log_(line);
    while (raw.log_tail.size() > core::RawResponse::kLogTail)
      raw.log_tail.erase(raw.log_tail.begin());
  }

  std::string name_;
  fs::path folder_;
  std::vector<std::string> steps_;
  std::size_t next_ = 0;
  core::LogSink log_;
};

class DocumentConnector final : public core::Connector {
 public:
  DocumentConnector(std::string name, std::vector<base::PaddedBuffer> documents)
      : name_(std::move(name)), documents_(std::move(documents)) {}

  Result<core::RawResponse> invoke(const core::Call&) override {
    if (next_ == documents_.size())
      return fail(ErrorKind::usage,
                  fmt::format("cannot go on with {}: the last of its {} documents was judged",
                              name_, documents_.size()));
    core::RawResponse raw;
    raw.body = std::move(documents_[next_++]);
    return raw;
  }

  std::string describe() const override { return name_; }
  void stop() noexcept override {}

 private:
  std::string name_;
  std::vector<base::PaddedBuffer> documents_;
  std::size_t next_ = 0;
};

}  // namespace

Result<std::unique_ptr<core::Connector>> make_scenario_connector(const Target& target,
                                                                 core::LogSink log) {
  std::error_code error;
  if (!fs::is_directory(target.file, error))
    return fail(ErrorKind::usage, fmt::format("cannot play {}: no such folder", target.text));
  FSIM_ASSIGN(std::vector<std::string> steps, steps_of(target.file));
  return std::make_unique<ScenarioConnector>(target, std::move(steps), std::move(log));
}

std::unique_ptr<core::Connector> make_document_connector(
    std::string name, std::vector<base::PaddedBuffer> documents) {
  return std::make_unique<DocumentConnector>(std::move(name), std::move(documents));
}

}  // namespace connectors
