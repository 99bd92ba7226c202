// SPDX-License-Identifier: Apache-2.0
// A library for LD_PRELOAD that makes one system call of a program fail, so that a test can show
// what becomes of a full disk or a lack of processes:
//
//   FSIM_FAIL="write:7:28"      the 7th write gives errno 28 (ENOSPC)
//   FSIM_FAIL="write:7:short"   the 7th write (or read) handles half of the bytes
//   FSIM_FAIL_LOG=FILE          is made when that call came
//
// Only the process that was started so is touched: both variables are taken out of its environment,
// and what it forks is left alone. Calls of one family (open, open64, openat) share a number.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr int kShort = -1;

struct Plan {
  char call[32] = "";
  long number = 0;
  int error = 0;  // or kShort
  pid_t process = 0;
  char log[512] = "";
  std::atomic<long> seen{0};
};
Plan plan;

__attribute__((constructor)) void read_plan() {
  const char* text = std::getenv("FSIM_FAIL");
  const char* log = std::getenv("FSIM_FAIL_LOG");
  if (text == nullptr || log == nullptr) return;
  char error[16] = "";
  if (std::sscanf(text, "%31[^:]:%ld:%15s", plan.call, &plan.number, error) != 3) std::abort();
  plan.error = std::strcmp(error, "short") == 0 ? kShort : std::atoi(error);
  std::snprintf(plan.log, sizeof plan.log, "%s", log);
  plan.process = ::getpid();
  for (const char* name : {"FSIM_FAIL", "FSIM_FAIL_LOG", "LD_PRELOAD"}) ::unsetenv(name);
}

// What this call has to give: 0 nothing special, kShort, or an errno, which is set.
int due(const char* family) {
  if (plan.number == 0 || std::strcmp(family, plan.call) != 0 || ::getpid() != plan.process)
    return 0;
  if (++plan.seen != plan.number) return 0;
  const long file = ::syscall(SYS_openat, AT_FDCWD, plan.log, O_CREAT | O_WRONLY, 0600);
  if (file >= 0) ::syscall(SYS_close, file);
  if (plan.error != kShort) errno = plan.error;
  return plan.error;
}

// A line that breaks off is gone for good, and for the other side too.
int broken(const char* family, int fd) {
  const int fault = due(family);
  if (fault == ECONNRESET || fault == EPIPE) {
    ::shutdown(fd, SHUT_RDWR);
    errno = fault;
  }
  return fault;
}

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

std::size_t halved(std::size_t size) {
  return size > 1 ? size / 2 : size;
}

}  // namespace

// NAME(PARAMETERS) of FAMILY fails with -1, or with what `failure` is.
#define FSIM_FAILING(family, result, name, parameters, arguments, failure) \
  extern "C" result name parameters {                                      \
    static const auto call = real<result(*) parameters>(#name);            \
    return due(family) != 0 ? (failure) : call arguments;                  \
  }
// The same for calls that may handle fewer bytes than asked for.
#define FSIM_PARTIAL(family, name, buffer, more, passed)                              \
  extern "C" ssize_t name(int fd, buffer bytes, std::size_t size more) {              \
    static const auto call = real<ssize_t (*)(int, buffer, std::size_t more)>(#name); \
    const int fault = broken(family, fd);                                             \
    if (fault > 0) return -1;                                                         \
    return call(fd, bytes, fault == kShort ? halved(size) : size passed);             \
  }
#define FSIM_OPEN(name)                                                    \
  extern "C" int name(const char* path, int flags, ...) {                  \
    static const auto call = real<int (*)(const char*, int, ...)>(#name);  \
    va_list more;                                                          \
    va_start(more, flags);                                                 \
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                          \
    return due("open") != 0 ? -1 : call(path, flags, mode);                \
  }
// The same for those that take a list of buffers: the first one is halved, the others are left.
#define FSIM_PARTIAL_LIST(family, name)                                        \
  extern "C" ssize_t name(int fd, const iovec* parts, int count) {             \
    static const auto call = real<ssize_t (*)(int, const iovec*, int)>(#name); \
    const int fault = broken(family, fd);                                      \
    if (fault > 0) return -1;                                                  \
    if (fault != kShort || count < 1) return call(fd, parts, count);           \
    const iovec half = {parts->iov_base, halved(parts->iov_len)};              \
    return call(fd, &half, 1);                                                 \
  }
#define FSIM_PARTIAL_MESSAGE(family, name, message)                            \
  extern "C" ssize_t name(int fd, message what, int flags) {                   \
    static const auto call = real<ssize_t (*)(int, message, int)>(#name);      \
    const int fault = broken(family, fd);                                      \
    if (fault > 0) return -1;                                                  \
    if (fault != kShort || what->msg_iovlen < 1) return call(fd, what, flags); \
    iovec half = {what->msg_iov->iov_base, halved(what->msg_iov->iov_len)};    \
    msghdr some = *what;                                                       \
    some.msg_iov = &half;                                                      \
    some.msg_iovlen = 1;                                                       \
    return call(fd, &some, flags);                                             \
  }
// Locks and duplicates may fail; flags of an open descriptor cannot. Where there is a third
// argument, it fits into a pointer.
#define FSIM_FCNTL(name)                                                                      \
  extern "C" int name(int fd, int command, ...) {                                             \
    static const auto call = real<int (*)(int, int, ...)>(#name);                             \
    va_list more;                                                                             \
    va_start(more, command);                                                                  \
    void* const argument = va_arg(more, void*);                                               \
    va_end(more);                                                                             \
    const bool flags =                                                                        \
        command == F_GETFL || command == F_SETFL || command == F_GETFD || command == F_SETFD; \
    return !flags && due("fcntl") != 0 ? -1 : call(fd, command, argument);                    \
  }
#define FSIM_COMMA ,

FSIM_OPEN(open)
FSIM_OPEN(open64)
FSIM_FAILING("opendir", DIR*, opendir, (const char* path), (path), nullptr)
FSIM_FAILING("opendir", DIR*, fdopendir, (int fd), (fd), nullptr)
FSIM_PARTIAL("write", write, const void*, , )
FSIM_PARTIAL("read", read, void*, , )
FSIM_PARTIAL("pwrite", pwrite, const void*, FSIM_COMMA off_t at, FSIM_COMMA at)
FSIM_PARTIAL("pwrite", pwrite64, const void*, FSIM_COMMA off64_t at, FSIM_COMMA at)
FSIM_PARTIAL("pread", pread, void*, FSIM_COMMA off_t at, FSIM_COMMA at)
FSIM_PARTIAL("pread", pread64, void*, FSIM_COMMA off64_t at, FSIM_COMMA at)
FSIM_PARTIAL_LIST("read", readv)
FSIM_PARTIAL_LIST("write", writev)
FSIM_PARTIAL("send", send, const void*, FSIM_COMMA int flags, FSIM_COMMA flags)
FSIM_PARTIAL("recv", recv, void*, FSIM_COMMA int flags, FSIM_COMMA flags)
FSIM_PARTIAL("send", sendto, const void*,
             FSIM_COMMA int flags FSIM_COMMA const sockaddr* to FSIM_COMMA socklen_t length,
             FSIM_COMMA flags FSIM_COMMA to FSIM_COMMA length)
FSIM_PARTIAL("recv", recvfrom, void*,
             FSIM_COMMA int flags FSIM_COMMA sockaddr* from FSIM_COMMA socklen_t* length,
             FSIM_COMMA flags FSIM_COMMA from FSIM_COMMA length)
FSIM_PARTIAL_MESSAGE("sendmsg", sendmsg, const msghdr*)
FSIM_PARTIAL_MESSAGE("recvmsg", recvmsg, msghdr*)
FSIM_FCNTL(fcntl)
FSIM_FCNTL(fcntl64)
FSIM_FAILING("flock", int, flock, (int fd, int how), (fd, how), -1)
FSIM_FAILING("fsync", int, fsync, (int fd), (fd), -1)
FSIM_FAILING("fsync", int, fdatasync, (int fd), (fd), -1)
FSIM_FAILING("ftruncate", int, ftruncate, (int fd, off_t size), (fd, size), -1)
FSIM_FAILING("ftruncate", int, ftruncate64, (int fd, off64_t size), (fd, size), -1)
FSIM_FAILING("rename", int, rename, (const char* from, const char* to), (from, to), -1)
FSIM_FAILING("chmod", int, fchmod, (int fd, mode_t mode), (fd, mode), -1)
FSIM_FAILING("mkdir", int, mkdir, (const char* path, mode_t mode), (path, mode), -1)
FSIM_FAILING("mkdir", char*, mkdtemp, (char* path), (path), nullptr)
FSIM_FAILING("unlink", int, unlink, (const char* path), (path), -1)
FSIM_FAILING("unlink", int, unlinkat, (int folder, const char* path, int flags),
             (folder, path, flags), -1)
FSIM_FAILING("unlink", int, rmdir, (const char* path), (path), -1)
FSIM_FAILING("unlink", int, remove, (const char* path), (path), -1)
FSIM_FAILING("pipe", int, pipe2, (int* ends, int flags), (ends, flags), -1)
FSIM_FAILING("socket", int, socket, (int domain, int type, int protocol), (domain, type, protocol),
             -1)
FSIM_FAILING("socketpair", int, socketpair, (int domain, int type, int protocol, int* ends),
             (domain, type, protocol, ends), -1)
FSIM_FAILING("connect", int, connect, (int fd, const sockaddr* to, socklen_t size), (fd, to, size),
             -1)
FSIM_FAILING("sockopt", int, setsockopt,
             (int fd, int level, int name, const void* value, socklen_t size),
             (fd, level, name, value, size), -1)
FSIM_FAILING("sockopt", int, getsockopt,
             (int fd, int level, int name, void* value, socklen_t* size),
             (fd, level, name, value, size), -1)
FSIM_FAILING("sockname", int, getsockname, (int fd, sockaddr* name, socklen_t* size),
             (fd, name, size), -1)
FSIM_FAILING("bind", int, bind, (int fd, const sockaddr* to, socklen_t size), (fd, to, size), -1)
FSIM_FAILING("listen", int, listen, (int fd, int waiting), (fd, waiting), -1)
FSIM_FAILING("accept", int, accept4, (int fd, sockaddr* from, socklen_t* size, int flags),
             (fd, from, size, flags), -1)
FSIM_FAILING("poll", int, poll, (pollfd * fds, nfds_t count, int timeout), (fds, count, timeout),
             -1)
FSIM_FAILING("poll", int, ppoll,
             (pollfd * fds, nfds_t count, const timespec* timeout, const sigset_t* signals),
             (fds, count, timeout, signals), -1)
FSIM_FAILING("wait", pid_t, waitpid, (pid_t child, int* status, int how), (child, status, how), -1)
FSIM_FAILING("wait", pid_t, wait4, (pid_t child, int* status, int how, rusage* used),
             (child, status, how, used), -1)
FSIM_FAILING("wait", int, waitid, (idtype_t kind, id_t child, siginfo_t* told, int how),
             (kind, child, told, how), -1)
FSIM_FAILING("inotify", int, inotify_init1, (int flags), (flags), -1)
FSIM_FAILING("fork", pid_t, fork, (), (), -1)
FSIM_FAILING("mmap", void*, mmap,
             (void* at, std::size_t size, int access, int flags, int fd, off_t from),
             (at, size, access, flags, fd, from), MAP_FAILED)
FSIM_FAILING("mmap", void*, mmap64,
             (void* at, std::size_t size, int access, int flags, int fd, off64_t from),
             (at, size, access, flags, fd, from), MAP_FAILED)
FSIM_FAILING("thread", int, pthread_create,
             (pthread_t * thread, const pthread_attr_t* how, void* (*run)(void*), void* with),
             (thread, how, run, with), EAGAIN)

// Under glibc's own name, since dlsym itself may want memory.
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* malloc(std::size_t size) {
  return due("malloc") != 0 ? nullptr : __libc_malloc(size);
}

#ifdef __x86_64__
// vfork returns twice, so nothing of ours may stand on the stack beneath it: this asks whether the
// call is due and then jumps.
extern "C" {
int fsim_vfork_due() {
  return due("vfork") != 0 ? 1 : 0;
}
void* fsim_real_vfork = nullptr;
__attribute__((constructor)) void find_vfork() {
  fsim_real_vfork = ::dlsym(RTLD_NEXT, "vfork");
}
}
asm(R"(
.pushsection .text
.globl vfork
.type vfork, @function
vfork:
  sub $8, %rsp
  call fsim_vfork_due@PLT
  add $8, %rsp
  test %eax, %eax
  jne 1f
  mov fsim_real_vfork@GOTPCREL(%rip), %rax
  jmp *(%rax)
1:
  mov $-1, %eax
  ret
.popsection
)");
#endif
