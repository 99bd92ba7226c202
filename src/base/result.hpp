// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace base {

// Who has to act on an error of our own world. What a connector did wrong is never an Error: it is
// a core::Finding.
enum class ErrorKind {
  usage,        // the command line, a setting or an input file is wrong (exit 2)
  environment,  // disk, database, port, interpreter, server (exit 4)
  interrupted,  // the user asked to stop
  internal,     // a mistake of this program (exit 70)
};

// A user-facing sentence without capital and full stop: what was being done, what is wrong, what
// to do next.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
};

// Either a value or an Error. Checking it is compulsory:
//
//   Result<Config> load(const Path& path);
//   FSIM_ASSIGN(Config config, load(path));   // returns the Error to the caller on failure
//
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  using tl::expected<T, Error>::operator=;
};

// `return fail(ErrorKind::usage, "cannot read x: no such file");`
inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

}  // namespace base

#define FSIM_CONCAT_INNER(a, b) a##b
#define FSIM_CONCAT(a, b) FSIM_CONCAT_INNER(a, b)

// Evaluates a Result<void>; returns its Error from the enclosing function when there is one.
#define FSIM_TRY(expression)                                                \
  do {                                                                      \
    if (auto fsim_result = (expression); !fsim_result)                      \
      return tl::unexpected<::base::Error>(std::move(fsim_result).error()); \
  } while (false)

// Evaluates a Result<T> and declares `declaration` from its value, or returns its Error.
#define FSIM_ASSIGN(declaration, expression) \
  FSIM_ASSIGN_INNER(FSIM_CONCAT(fsim_result_, __LINE__), declaration, expression)
#define FSIM_ASSIGN_INNER(name, declaration, expression)                    \
  auto name = (expression);                                                 \
  if (!name) return tl::unexpected<::base::Error>(std::move(name).error()); \
  declaration = std::move(*name)
