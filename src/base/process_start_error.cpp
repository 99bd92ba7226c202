// SPDX-License-Identifier: Apache-2.0
#include "base/process_spawn.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string_view>

#include <fmt/core.h>

namespace base {

namespace {

// The program named in a script's first line, "#!/usr/bin/env python3" giving "/usr/bin/env"; empty
// for anything else. Linux reads at most 255 bytes of that line.
std::string interpreter_of(const std::string& script) {
  std::string line(255, '\0');
  std::ifstream file(script, std::ios::binary);
  file.read(line.data(), static_cast<std::streamsize>(line.size()));
  line.resize(static_cast<std::size_t>(file.gcount()));
  if (line.rfind("#!", 0) != 0) return {};
  line.erase(0, 2);
  line.erase(0, line.find_first_not_of(" \t"));
  return line.substr(0, line.find_first_of(" \t\n"));
}

std::string missing(const std::string& program) {
  if (access(program.c_str(), F_OK) != 0) return "no such file (is the path right?)";
  std::string interpreter = interpreter_of(program);
  if (interpreter.empty()) {
    return "its loader is missing (was it built for another system or C library?)";
  }
  if (interpreter.back() == '\r') {
    return "its first line ends as on Windows, so its interpreter is not found (save the file with "
           "LF line ends)";
  }
  return fmt::format("its first line names {}, which does not exist (correct that line)",
                     interpreter);
}

std::string forbidden(const std::string& program) {
  struct stat about = {};
  if (stat(program.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) {
    return "it is a folder (name the program in it)";
  }
  if (access(program.c_str(), X_OK) != 0) {
    return fmt::format("it is not executable (chmod +x {}, or start it through its interpreter)",
                       program);
  }
  const std::string interpreter = interpreter_of(program);
  if (!interpreter.empty() && access(interpreter.c_str(), X_OK) != 0) {
    return fmt::format("its first line names {}, which is not executable (correct that line)",
                       interpreter);
  }
  return "the system does not permit it (is its disk mounted with noexec?)";
}

}  // namespace

Error explain_exec_failure(const std::string& program, int error) {
  ErrorKind kind = ErrorKind::usage;
  std::string why;
  switch (error) {
    case ENOENT: why = missing(program); break;
    case EACCES: why = forbidden(program); break;
    case ENOEXEC:
      why = "it is not a program for this system (a script needs a first line such as #!/bin/sh)";
      break;
    case E2BIG: why = "its arguments and environment are too long together"; break;
    default:
      kind = error == ENOTDIR || error == ELOOP ? ErrorKind::usage : ErrorKind::environment;
      why = errno_text(error);
  }
  return {kind, fmt::format("cannot start {}: {}", program, why)};
}

}  // namespace base
