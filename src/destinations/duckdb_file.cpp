// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_file.hpp"

#include "core/report.hpp"
#include "destinations/duckdb_error.hpp"

#include <unistd.h>

#include <array>
#include <exception>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace destinations {
namespace {

namespace fs = std::filesystem;

using Setting = std::pair<const char*, const char*>;

// What a statement of the user could do beside reading the tables: read and write other files,
// fetch extensions from the network.
constexpr std::array<Setting, 4> kClosed = {{{"enable_external_access", "false"},
                                             {"autoinstall_known_extensions", "false"},
                                             {"autoload_known_extensions", "false"},
                                             {"allow_community_extensions", "false"}}};

[[noreturn]] void end_in_order() noexcept {
  constexpr std::string_view kLine =
      "fivetran-sim: cannot open the DuckDB database: its library gave up (is there memory, and "
      "are "
      "there file descriptors left?)\n";
  [[maybe_unused]] const auto told = ::write(STDERR_FILENO, kLine.data(), kLine.size());
  _exit(static_cast<int>(core::ExitCode::environment));
}

// Where DuckDB can open no file of /proc while it begins, a destructor of its own throws, which
// ends the process. So it ends in order; nothing was begun yet.
class EndsInOrder {
 public:
  EndsInOrder() noexcept : before_(std::set_terminate(end_in_order)) {}
  ~EndsInOrder() { std::set_terminate(before_); }
  EndsInOrder(const EndsInOrder&) = delete;
  EndsInOrder& operator=(const EndsInOrder&) = delete;

 private:
  std::terminate_handler before_;
};

std::string taken(const duck::Api& api, char* message) {
  std::string text = message == nullptr ? "it cannot be opened" : message;
  if (message != nullptr) api.free(message);
  return text;
}

duck::Database open_once(const duck::Api& api, const std::string& path, DuckMode mode,
                         std::string& why) {
  duck::Config config = nullptr;
  if (api.create_config(&config) != duck::kSuccess) {
    why = "out of memory";
    return nullptr;
  }
  for (const auto& [name, value] : kClosed) api.set_config(config, name, value);
  api.set_config(config, "access_mode", mode == DuckMode::read ? "READ_ONLY" : "READ_WRITE");
  duck::Database database = nullptr;
  char* message = nullptr;
  const EndsInOrder in_order;
  const duck::State state = api.open_ext(path.c_str(), &database, config, &message);
  api.destroy_config(&config);
  if (state == duck::kSuccess) return database;
  why = taken(api, message);
  return nullptr;
}

bool is_empty(const std::string& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && fs::file_size(path, error) == 0 && !error;
}

void remove_file(const std::string& path) {
  std::error_code error;
  fs::remove(path, error);
  fs::remove(path + ".wal", error);
}

}  // namespace

duck::Database open_duckdb_file(const duck::Api& api, const std::string& path, DuckMode mode,
                                std::string& why) {
  std::error_code error;
  const bool is_new = mode == DuckMode::write && !fs::exists(path, error) && !error;
  const bool was_empty = mode == DuckMode::write && is_empty(path);
  duck::Database database = open_once(api, path, mode, why);
  // Who holds the lock may be making it.
  if (database != nullptr || !(is_new || was_empty) || is_duckdb_lock(why)) return database;
  remove_file(path);
  if (was_empty) database = open_once(api, path, mode, why);
  if (database == nullptr && !is_duckdb_lock(why)) remove_file(path);
  return database;
}

}  // namespace destinations
