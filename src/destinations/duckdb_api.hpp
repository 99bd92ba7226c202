// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

// The part of DuckDB's C API that is used here, in our own words: the library is opened at run
// time, so its header is not needed to build. Layouts and numbers are those of
// https://duckdb.org/docs/stable/clients/c/api ; they are stable since DuckDB 1.2.
namespace destinations::duck {

// Opaque things of the library. Each is a pointer to be given back by its own close or destroy.
using Database = struct DatabaseThing*;
using Connection = struct ConnectionThing*;
using Config = struct ConfigThing*;
using Prepared = struct PreparedThing*;
using Extracted = struct ExtractedThing*;
using LogicalType = struct LogicalTypeThing*;
using Chunk = struct ChunkThing*;
using Vector = struct VectorThing*;
using Appender = struct AppenderThing*;
using Function = struct FunctionThing*;
using FunctionCall = struct FunctionCallThing*;

using Index = std::uint64_t;
using State = int;  // 0: it worked
inline constexpr State kSuccess = 0;

// The library fills it in and wants it back as it is.
struct Result {
  Index unused[3] = {};
  void* columns = nullptr;
  char* message = nullptr;
  void* data = nullptr;
};

// A text in a vector: up to 12 bytes stand inside, longer ones elsewhere.
struct Text {
  std::uint32_t size;
  char prefix[4];
  union {
    char rest[8];
    const char* pointer;
  };
};
static_assert(sizeof(Text) == 16);

struct HugeInt {
  std::uint64_t lower;
  std::int64_t upper;
};

enum class Type : int {
  invalid = 0,
  boolean = 1,
  int8 = 2,
  int16 = 3,
  int32 = 4,
  int64 = 5,
  uint8 = 6,
  uint16 = 7,
  uint32 = 8,
  uint64 = 9,
  real32 = 10,
  real64 = 11,
  timestamp = 12,  // microseconds since 1970
  date = 13,       // days since 1970
  int128 = 16,
  text = 17,
  blob = 18,
  decimal = 19,
  timestamp_s = 20,
  timestamp_ms = 21,
  timestamp_ns = 22,
  timestamp_tz = 31,  // microseconds since 1970 in UTC
  any = 34,
};

enum class StatementType : int { select = 1, explain = 4 };

using FunctionBody = void (*)(FunctionCall call, Chunk input, Vector output);

// One pointer for each function that is used; `duckdb_` in front gives its name in the library.
struct Api {
  const char* (*library_version)();
  State (*create_config)(Config* config);
  State (*set_config)(Config config, const char* name, const char* value);
  void (*destroy_config)(Config* config);
  State (*open_ext)(const char* path, Database* database, Config config, char** error);
  void (*close)(Database* database);
  State (*connect)(Database database, Connection* connection);
  void (*disconnect)(Connection* connection);
  void (*free)(void* pointer);

  State (*query)(Connection connection, const char* sql, Result* result);
  void (*destroy_result)(Result* result);
  const char* (*result_error)(Result* result);
  Index (*column_count)(Result* result);
  const char* (*column_name)(Result* result, Index column);
  LogicalType (*column_logical_type)(Result* result, Index column);
  Index (*rows_changed)(Result* result);
  Chunk (*fetch_chunk)(Result result);

  State (*prepare)(Connection connection, const char* sql, Prepared* prepared);
  const char* (*prepare_error)(Prepared prepared);
  void (*destroy_prepare)(Prepared* prepared);
  int (*prepared_statement_type)(Prepared prepared);
  State (*execute_prepared)(Prepared prepared, Result* result);
  State (*execute_prepared_streaming)(Prepared prepared, Result* result);
  Index (*extract_statements)(Connection connection, const char* sql, Extracted* extracted);
  const char* (*extract_statements_error)(Extracted extracted);
  void (*destroy_extracted)(Extracted* extracted);

  LogicalType (*create_logical_type)(int type);
  LogicalType (*create_decimal_type)(std::uint8_t width, std::uint8_t scale);
  void (*destroy_logical_type)(LogicalType* type);
  int (*get_type_id)(LogicalType type);
  std::uint8_t (*decimal_scale)(LogicalType type);
  int (*decimal_internal_type)(LogicalType type);

  Chunk (*create_data_chunk)(LogicalType* types, Index columns);
  void (*destroy_data_chunk)(Chunk* chunk);
  void (*data_chunk_reset)(Chunk chunk);
  Vector (*data_chunk_get_vector)(Chunk chunk, Index column);
  Index (*data_chunk_get_size)(Chunk chunk);
  void (*data_chunk_set_size)(Chunk chunk, Index size);
  Index (*vector_size)();
  LogicalType (*vector_get_column_type)(Vector vector);
  void* (*vector_get_data)(Vector vector);
  std::uint64_t* (*vector_get_validity)(Vector vector);
  void (*vector_ensure_validity_writable)(Vector vector);
  void (*vector_assign_string_element_len)(Vector vector, Index row, const char* text, Index size);

  State (*appender_create_ext)(Connection connection, const char* catalog, const char* schema,
                               const char* table, Appender* appender);
  State (*append_data_chunk)(Appender appender, Chunk chunk);
  State (*appender_close)(Appender appender);
  State (*appender_destroy)(Appender* appender);
  const char* (*appender_error)(Appender appender);

  Function (*create_scalar_function)();
  void (*destroy_scalar_function)(Function* function);
  void (*scalar_function_set_name)(Function function, const char* name);
  void (*scalar_function_add_parameter)(Function function, LogicalType type);
  void (*scalar_function_set_return_type)(Function function, LogicalType type);
  void (*scalar_function_set_function)(Function function, FunctionBody body);
  State (*register_scalar_function)(Connection connection, Function function);
};

}  // namespace destinations::duck
