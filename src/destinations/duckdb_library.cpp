// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_library.hpp"

#include "base/own_program.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>
#include <vector>

#include <fmt/format.h>

namespace destinations {
namespace {

namespace fs = std::filesystem;

constexpr char kGet[] =
    "scripts/get-duckdb fetches one; --duckdb-library or FIVETRAN_SIM_DUCKDB_LIBRARY says where it "
    "lies";

// Looks functions up and remembers the first that the library lacks.
class Symbols {
 public:
  explicit Symbols(void* library) : library_(library) {}

  template <class Pointer>
  void find(Pointer& pointer, const char* name) {
    void* symbol = dlsym(library_, name);
    if (symbol == nullptr && missing_.empty()) missing_ = name;
    pointer = reinterpret_cast<Pointer>(symbol);
  }
  const std::string& missing() const { return missing_; }

 private:
  void* library_;
  std::string missing_;
};

void find_session(Symbols& symbols, duck::Api& api) {
  symbols.find(api.library_version, "duckdb_library_version");
  symbols.find(api.create_config, "duckdb_create_config");
  symbols.find(api.set_config, "duckdb_set_config");
  symbols.find(api.destroy_config, "duckdb_destroy_config");
  symbols.find(api.open_ext, "duckdb_open_ext");
  symbols.find(api.close, "duckdb_close");
  symbols.find(api.connect, "duckdb_connect");
  symbols.find(api.disconnect, "duckdb_disconnect");
  symbols.find(api.free, "duckdb_free");
}

void find_statements(Symbols& symbols, duck::Api& api) {
  symbols.find(api.query, "duckdb_query");
  symbols.find(api.destroy_result, "duckdb_destroy_result");
  symbols.find(api.result_error, "duckdb_result_error");
  symbols.find(api.column_count, "duckdb_column_count");
  symbols.find(api.column_name, "duckdb_column_name");
  symbols.find(api.column_logical_type, "duckdb_column_logical_type");
  symbols.find(api.rows_changed, "duckdb_rows_changed");
  symbols.find(api.fetch_chunk, "duckdb_fetch_chunk");
  symbols.find(api.prepare, "duckdb_prepare");
  symbols.find(api.prepare_error, "duckdb_prepare_error");
  symbols.find(api.destroy_prepare, "duckdb_destroy_prepare");
  symbols.find(api.prepared_statement_type, "duckdb_prepared_statement_type");
  symbols.find(api.execute_prepared, "duckdb_execute_prepared");
  symbols.find(api.execute_prepared_streaming, "duckdb_execute_prepared_streaming");
  symbols.find(api.extract_statements, "duckdb_extract_statements");
  symbols.find(api.extract_statements_error, "duckdb_extract_statements_error");
  symbols.find(api.destroy_extracted, "duckdb_destroy_extracted");
}

void find_vectors(Symbols& symbols, duck::Api& api) {
  symbols.find(api.create_logical_type, "duckdb_create_logical_type");
  symbols.find(api.create_decimal_type, "duckdb_create_decimal_type");
  symbols.find(api.destroy_logical_type, "duckdb_destroy_logical_type");
  symbols.find(api.get_type_id, "duckdb_get_type_id");
  symbols.find(api.decimal_scale, "duckdb_decimal_scale");
  symbols.find(api.decimal_internal_type, "duckdb_decimal_internal_type");
  symbols.find(api.create_data_chunk, "duckdb_create_data_chunk");
  symbols.find(api.destroy_data_chunk, "duckdb_destroy_data_chunk");
  symbols.find(api.data_chunk_reset, "duckdb_data_chunk_reset");
  symbols.find(api.data_chunk_get_vector, "duckdb_data_chunk_get_vector");
  symbols.find(api.data_chunk_get_size, "duckdb_data_chunk_get_size");
  symbols.find(api.data_chunk_set_size, "duckdb_data_chunk_set_size");
  symbols.find(api.vector_size, "duckdb_vector_size");
  symbols.find(api.vector_get_column_type, "duckdb_vector_get_column_type");
  symbols.find(api.vector_get_data, "duckdb_vector_get_data");
  symbols.find(api.vector_get_validity, "duckdb_vector_get_validity");
  symbols.find(api.vector_ensure_validity_writable, "duckdb_vector_ensure_validity_writable");
  symbols.find(api.vector_assign_string_element_len, "duckdb_vector_assign_string_element_len");
}

void find_writing(Symbols& symbols, duck::Api& api) {
  symbols.find(api.appender_create_ext, "duckdb_appender_create_ext");
  symbols.find(api.append_data_chunk, "duckdb_append_data_chunk");
  symbols.find(api.appender_close, "duckdb_appender_close");
  symbols.find(api.appender_destroy, "duckdb_appender_destroy");
  symbols.find(api.appender_error, "duckdb_appender_error");
  symbols.find(api.create_scalar_function, "duckdb_create_scalar_function");
  symbols.find(api.destroy_scalar_function, "duckdb_destroy_scalar_function");
  symbols.find(api.scalar_function_set_name, "duckdb_scalar_function_set_name");
  symbols.find(api.scalar_function_add_parameter, "duckdb_scalar_function_add_parameter");
  symbols.find(api.scalar_function_set_return_type, "duckdb_scalar_function_set_return_type");
  symbols.find(api.scalar_function_set_function, "duckdb_scalar_function_set_function");
  symbols.find(api.register_scalar_function, "duckdb_register_scalar_function");
}

std::string beside_program() {
  std::error_code error;
  const std::string file =
      (fs::path(base::own_program()).parent_path() / duckdb_file_name()).string();
  return fs::exists(file, error) ? file : "";
}

tl::unexpected<base::Error> unavailable(std::string_view reason) {
  return base::fail(base::ErrorKind::environment,
                    fmt::format("cannot load DuckDB: {} ({})", reason, kGet));
}

base::Result<std::unique_ptr<duck::Api>> open_library(const std::string& file) {
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const bool somewhere = file.find('/') != std::string::npos;
    const char* reason = dlerror();
    return unavailable(somewhere && reason != nullptr
                           ? std::string(reason)
                           : fmt::format("there is no {} beside this program or on the loader's "
                                         "path",
                                         duckdb_file_name()));
  }
  auto api = std::make_unique<duck::Api>();
  Symbols symbols(library);
  find_session(symbols, *api);
  find_statements(symbols, *api);
  find_vectors(symbols, *api);
  find_writing(symbols, *api);
  if (symbols.missing().empty()) return api;
  dlclose(library);
  return unavailable(
      fmt::format("{} lacks {}: DuckDB 1.2 or newer is needed", file, symbols.missing()));
}

}  // namespace

std::string duckdb_file_name() {
#ifdef __APPLE__
  return "libduckdb.dylib";
#else
  return "libduckdb.so";
#endif
}

base::Result<const duck::Api*> load_duckdb(const std::string& path) {
  static std::mutex mutex;
  // Never closed: DuckDB's threads and thread-local data may outlive a database.
  static std::map<std::string, std::unique_ptr<duck::Api>> opened;
  const std::lock_guard lock(mutex);
  std::error_code error;
  if (!path.empty() && !fs::is_regular_file(path, error))
    return unavailable(fmt::format("there is no file {}", path));
  std::string file = path.empty() ? beside_program() : fs::absolute(path).string();
  if (file.empty()) file = duckdb_file_name();
  std::unique_ptr<duck::Api>& api = opened[file];
  if (!api) {
    FSIM_ASSIGN(api, open_library(file));
  }
  return api.get();
}

}  // namespace destinations
