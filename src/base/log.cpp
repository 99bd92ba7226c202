// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

namespace base::log {

namespace {

// Hands finished lines to stderr or to where they were redirected.
class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  LineSink()
      : base_sink(std::make_unique<spdlog::pattern_formatter>(
            "fivetran-sim: %l: %v", spdlog::pattern_time_type::local, "")) {}

  void redirect(std::function<void(std::string_view)> to) {
    const std::lock_guard lock(mutex_);
    to_ = std::move(to);
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    const std::string text = visible({line.data(), line.size()});
    if (to_) {
      to_(text);
    } else {
      std::cerr << text + "\n";
    }
  }
  void flush_() override { std::cerr.flush(); }

  std::function<void(std::string_view)> to_;
};

struct Log {
  std::shared_ptr<LineSink> sink = std::make_shared<LineSink>();
  spdlog::logger logger{"", sink};
  Log() { logger.set_level(spdlog::level::warn); }
};

Log& the_log() {
  static Log log;
  return log;
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::error: return spdlog::level::err;
    case Level::warning: return spdlog::level::warn;
    case Level::info: return spdlog::level::info;
    case Level::debug: return spdlog::level::debug;
    case Level::trace: return spdlog::level::trace;
  }
  return spdlog::level::trace;
}

void write(Level level, std::string_view text) {
  the_log().logger.log(spdlog_level(level), spdlog::string_view_t(text.data(), text.size()));
}

}  // namespace

void set_verbosity(int count) {
  constexpr Level kLevels[] = {Level::warning, Level::info, Level::debug, Level::trace};
  the_log().logger.set_level(spdlog_level(kLevels[std::clamp(count, 0, 3)]));
}

bool enabled(Level level) {
  return the_log().logger.should_log(spdlog_level(level));
}

void redirect(std::function<void(std::string_view line)> to) {
  the_log().sink->redirect(std::move(to));
}

void error(std::string_view text) {
  write(Level::error, text);
}
void warning(std::string_view text) {
  write(Level::warning, text);
}
void info(std::string_view text) {
  write(Level::info, text);
}
void debug(std::string_view text) {
  write(Level::debug, text);
}
void trace(std::string_view text) {
  write(Level::trace, text);
}

}  // namespace base::log
