// SPDX-License-Identifier: Apache-2.0
#include "base/process_proc.hpp"

#include "base/fd.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <memory>
#include <string>
#include <string_view>

#include <fmt/core.h>

namespace base {

namespace {

// The files read here are a line or two; the list of a process's children may be longer.
std::string read_proc(const std::string& path) {
  std::string text;
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char bytes[4096];
  ssize_t got = 0;
  while (file && (got = ::read(file.get(), bytes, sizeof bytes)) > 0) {
    text.append(bytes, static_cast<std::size_t>(got));
  }
  return text;
}

// The next number in `text`, which is cut behind it; 0 when there is none.
std::uint64_t next_number(std::string_view& text) {
  const std::size_t digit = text.find_first_of("0123456789");
  if (digit == std::string_view::npos) return text = {}, 0;
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + digit, end, number);
  text = {parsed.ptr, static_cast<std::size_t>(end - parsed.ptr)};
  return number;
}

}  // namespace

ProcessStat process_stat(pid_t pid) {
  const std::string file = read_proc(fmt::format("/proc/{}/stat", pid));
  // "pid (name) state ppid …"; the name may hold blanks and brackets.
  const std::size_t name_end = file.rfind(')');
  if (name_end == std::string::npos || name_end + 2 >= file.size()) return {};
  ProcessStat stat;
  stat.state = file[name_end + 2];
  std::string_view rest = std::string_view(file).substr(name_end + 3);
  constexpr int kStartField = 22;  // proc(5); the first number in `rest` is field 4
  for (int field = 4; field <= kStartField; ++field) stat.start_ticks = next_number(rest);
  return stat;
}

std::vector<pid_t> children_of(pid_t pid) {
  std::vector<pid_t> children;
  const std::string tasks = fmt::format("/proc/{}/task", pid);
  const auto close = [](DIR* folder) { closedir(folder); };
  const std::unique_ptr<DIR, decltype(close)> folder(opendir(tasks.c_str()), close);
  if (!folder) return children;
  while (const dirent* entry = readdir(folder.get())) {
    if (entry->d_name[0] == '.') continue;
    const std::string file = read_proc(fmt::format("{}/{}/children", tasks, entry->d_name));
    std::string_view rest = file;
    while (const std::uint64_t child = next_number(rest)) {
      children.push_back(static_cast<pid_t>(child));
    }
  }
  return children;
}

std::vector<pid_t> descendants_of(pid_t pid) {
  constexpr std::size_t kMost = 10'000;  // a fork bomb must not hold us
  std::vector<pid_t> all = children_of(pid);
  for (std::size_t i = 0; i < all.size() && all.size() < kMost; ++i) {
    const std::vector<pid_t> more = children_of(all[i]);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::uint64_t resident_bytes(pid_t pid) {
  const std::string file = read_proc(fmt::format("/proc/{}/statm", pid));
  std::string_view rest = file;
  next_number(rest);  // total size
  return next_number(rest) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t peak_resident_bytes(pid_t pid) {
  const std::string file = read_proc(fmt::format("/proc/{}/status", pid));
  const std::size_t line = file.find("VmHWM:");
  if (line == std::string::npos) return 0;
  std::string_view rest = std::string_view(file).substr(line);
  return next_number(rest) * 1024;
}

}  // namespace base
