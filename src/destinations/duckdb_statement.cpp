// SPDX-License-Identifier: Apache-2.0
#include "destinations/duckdb_db.hpp"
#include "destinations/duckdb_error.hpp"

namespace destinations {
duck::StatementType DuckStatement::type() const {
  return static_cast<duck::StatementType>(api_->prepared_statement_type(prepared_.get()));
}

base::Result<DuckResult> DuckStatement::run(std::string_view doing) {
  duck::Result result;
  const duck::State state = api_->execute_prepared(prepared_.get(), &result);
  return finish(state, result, doing);
}

base::Result<DuckResult> DuckStatement::stream(std::string_view doing) {
  duck::Result result;
  const duck::State state = api_->execute_prepared_streaming(prepared_.get(), &result);
  return finish(state, result, doing);
}

base::Result<DuckResult> DuckStatement::finish(duck::State state, duck::Result result,
                                               std::string_view doing) {
  if (state == duck::kSuccess) return DuckResult(*api_, result, name_);
  const char* message = api_->result_error(&result);
  base::Error error = duckdb_error(doing, name_, message == nullptr ? "it failed" : message);
  api_->destroy_result(&result);
  return tl::unexpected(std::move(error));
}

}  // namespace destinations
