// SPDX-License-Identifier: Apache-2.0
#include "base/process_read_only.hpp"

#include "base/fd.hpp"
#include "base/process.hpp"

#include <unistd.h>
#ifdef __linux__
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include <fmt/core.h>

namespace base {

namespace {

constexpr int kFirstOfProgram = 4;  // argv: ourselves, the command, code, temporary, program…

#if defined(__linux__) && defined(SYS_mount_setattr)

// linux/mount.h, which does not go together with sys/mount.h.
struct MountAttributes {
  std::uint64_t set = 0;
  std::uint64_t clear = 0;
  std::uint64_t propagation = 0;
  std::uint64_t user_namespace = 0;
};
constexpr std::uint64_t kReadOnly = 1;   // MOUNT_ATTR_RDONLY
constexpr unsigned kRecursive = 0x8000;  // AT_RECURSIVE

bool change(const char* place, const MountAttributes& attributes, unsigned flags) noexcept {
  return syscall(SYS_mount_setattr, AT_FDCWD, place, flags, &attributes, sizeof attributes) == 0;
}

bool write_file(const char* name, const std::string& text) {
  const Fd file(::open(name, O_WRONLY | O_CLOEXEC));
  return file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// Mounts of our own: as root, else as root of a user namespace in which we keep our own number.
bool leave_mounts() {
  if (unshare(CLONE_NEWNS) == 0) return true;
  const auto user = getuid();
  const auto group = getgid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  return write_file("/proc/self/setgroups", "deny") &&
         write_file("/proc/self/uid_map", fmt::format("{} {} 1", user, user)) &&
         write_file("/proc/self/gid_map", fmt::format("{} {} 1", group, group));
}

// A mount of its own for a folder, which can then differ from what is around it.
bool set_apart(const std::string& folder) {
  return ::mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0;
}

bool make_view(const ReadOnlyView& view) {
  if (!leave_mounts()) return false;
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  const std::string shared = "/tmp";
  if (!set_apart(shared) || !set_apart(view.code)) return false;
  // Not twice: a second mount would hide the code's below it.
  if (view.temporary != shared && !set_apart(view.temporary)) return false;
  if (!change("/", {kReadOnly, 0, 0, 0}, kRecursive)) return false;
  return change(shared.c_str(), {0, kReadOnly, 0, 0}, 0) &&
         change(view.temporary.c_str(), {0, kReadOnly, 0, 0}, 0);
}

#else

bool make_view(const ReadOnlyView&) {
  errno = ENOSYS;
  return false;
}

#endif

}  // namespace

Error become_read_only(int argc, char** argv) {
  if (argc <= kFirstOfProgram) return {ErrorKind::internal, "no program was named"};
  std::error_code ignored;
  const auto folder = std::filesystem::current_path(ignored);
  if (!make_view({argv[2], argv[3]})) return {ErrorKind::environment, errno_text(errno)};
  // The working folder again, this time as it is in the new view.
  std::filesystem::current_path(folder, ignored);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // new rights have cancelled it
#endif
  execv(argv[kFirstOfProgram], argv + kFirstOfProgram);
  return {ErrorKind::usage,
          fmt::format("cannot start {}: {}", argv[kFirstOfProgram], errno_text(errno))};
}

Result<std::vector<std::string>> read_only_command(const ReadOnlyView& view,
                                                   const std::vector<std::string>& argv,
                                                   const std::string& path) {
  std::error_code error;
  const auto ourselves = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto program = argv.empty() ? std::nullopt : find_program(argv.front(), path);
  if (!program)
    return fail(ErrorKind::usage, fmt::format("cannot start {}: not found on PATH",
                                              argv.empty() ? "" : argv.front()));
  std::vector<std::string> command = {ourselves.string(), kReadOnlyCommand, view.code,
                                      view.temporary};
  ProcessSpec trial;
  trial.argv = command;
  trial.argv.emplace_back("/bin/true");
  trial.env = {"PATH=" + path};
  std::string why = error ? "there is no /proc" : "";
  RunOptions options;
  options.on_stderr = [&](std::string_view line) { why = line; };
  if (!error) {
    FSIM_ASSIGN(const Completed tried, run(trial, options));
    if (tried.status.ok()) {
      command.push_back(std::filesystem::absolute(*program).string());
      command.insert(command.end(), argv.begin() + 1, argv.end());
      return command;
    }
    if (why.empty()) why = tried.status.text();
  }
  return fail(ErrorKind::environment,
              fmt::format("cannot make the file system read-only for the connector: {} (this needs "
                          "Linux 5.12 and mount namespaces for this user: leave --read-only-fs)",
                          why));
}

}  // namespace base
