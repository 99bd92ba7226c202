// SPDX-License-Identifier: Apache-2.0
#include "base/files.hpp"

#include "support/temp_dir.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <filesystem>

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;

std::ptrdiff_t entries(const support::TempDir& dir) {
  return std::distance(fs::directory_iterator(dir.path()), {});
}

unsigned mode_of(const std::string& path) {
  struct stat about = {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  return about.st_mode & 0777u;
}

// Files over `bytes` fail to grow, as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_handler_(::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_ = {};
  void (*old_handler_)(int);
};

}  // namespace

TEST_CASE("files: one is replaced as a whole and leaves nothing beside it") {
  const support::TempDir dir;
  const std::string path = dir.write("a.json", "old");
  REQUIRE(base::write_file_atomically(path, "new"));
  CHECK(base::read_file(path).value() == "new");
  const std::string large(3'000'000, 'x');
  REQUIRE(base::write_file_atomically(path, large));
  CHECK(base::read_file(path).value() == large);
  REQUIRE(base::write_file_atomically(path, ""));
  CHECK(base::read_file(path).value() == "");
  CHECK(entries(dir) == 1);
}

TEST_CASE("files: what cannot be read or written is told in one line") {
  const support::TempDir dir;
  const std::string missing = (dir.path() / "no" / "file").string();
  CHECK(base::read_file(missing).error().message ==
        "cannot read " + missing + ": no such file or directory");
  CHECK(base::write_file_atomically(missing, "x").error().message ==
        "cannot write " + missing + ": no such file or directory");
  const std::string folder = dir.path().string();
  CHECK(base::read_file(folder).error().message == "cannot read " + folder + ": is a directory");
  CHECK(base::write_file_atomically(folder, "x").error().message ==
        "cannot write " + folder + ": is a directory");
}

TEST_CASE("files: when the disk is full, the old content stays and nothing is left behind") {
  const support::TempDir dir;
  const std::string path = dir.write("a.json", "old");
  base::Result<void> result;
  {
    const FileSizeLimit limit(1000);
    result = base::write_file_atomically(path, std::string(5000, 'x'));
  }
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().kind == base::ErrorKind::environment);
  CHECK(result.error().message == "cannot write " + path + ": file too large");
  CHECK(base::read_file(path).value() == "old");
  CHECK(entries(dir) == 1);
}

#ifdef __linux__
TEST_CASE("files: the words for a full disk") {
  CHECK(base::write_file_atomically("/dev/full", "x").error().message ==
        "cannot write /dev/full: no space left on device");
}
#endif

TEST_CASE("files: permissions stay, and a new file follows the umask") {
  const support::TempDir dir;
  const std::string secret = dir.write("secret", "old");
  REQUIRE(::chmod(secret.c_str(), 0600) == 0);
  REQUIRE(base::write_file_atomically(secret, "new"));
  CHECK(mode_of(secret) == 0600);
  const std::string fresh = (dir.path() / "fresh").string();
  const mode_t before = ::umask(027);
  REQUIRE(base::write_file_atomically(fresh, "x"));
  ::umask(before);
  CHECK(mode_of(fresh) == 0640);
}

TEST_CASE("files: a link is followed, and a device is written to") {
  const support::TempDir dir;
  const std::string file = dir.write("file", "old");
  const std::string link = (dir.path() / "link").string();
  fs::create_symlink("file", link);
  REQUIRE(base::write_file_atomically(link, "new"));
  CHECK(fs::is_symlink(link));
  CHECK(base::read_file(file).value() == "new");
  REQUIRE(base::write_file_atomically("/dev/null", "x"));
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("files: a private folder") {
  const support::TempDir dir;
  const std::string path = (dir.path() / "a" / "b").string();
  REQUIRE(base::make_private_dir(path));
  CHECK(mode_of(path) == 0700);
  REQUIRE(::chmod(path.c_str(), 0755) == 0);
  REQUIRE(base::make_private_dir(path));
  CHECK(mode_of(path) == 0755);
  const std::string file = dir.write("file", "");
  CHECK(base::make_private_dir(file).error().message ==
        "cannot make the folder " + file + ": file exists");
  CHECK(base::make_private_dir(file + "/below").error().message ==
        "cannot make the folder " + file + "/below: not a directory");
}
