// SPDX-License-Identifier: Apache-2.0
#include "process_test_support.hpp"
#include "support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace process_test;

namespace {

base::Error start_error(const std::string& program, const std::string& cwd = {}) {
  base::ProcessSpec spec = shell("");
  spec.argv = {program};
  spec.cwd = cwd;
  const auto done = base::run(spec, {});
  REQUIRE_FALSE(done.has_value());
  // The same words for a child that lives on.
  const auto child = base::ChildProcess::start(spec, {}, {});
  REQUIRE_FALSE(child.has_value());
  CHECK(child.error().message == done.error().message);
  return done.error();
}

std::string script(const support::TempDir& dir, std::string_view text, bool executable = true) {
  const std::string file = dir.write("connector", text);
  using std::filesystem::perms;
  std::filesystem::permissions(file, executable ? perms::owner_all : perms::owner_read);
  return file;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("start: a program that is nowhere") {
  const base::Error error = start_error("no-such-program-here");
  CHECK(error.kind == base::ErrorKind::usage);
  CHECK(error.message ==
        "cannot start no-such-program-here: not found on PATH (install it, or give its path)");
  CHECK(contains(start_error("./nowhere").message, "cannot start ./nowhere: no such file"));
  CHECK(contains(start_error("").message, "none was named"));
}

TEST_CASE("start: files that are no programs") {
  const support::TempDir dir;
  SUBCASE("not executable") {
    const base::Error error = start_error(script(dir, "#!/bin/sh\n", false));
    CHECK(error.kind == base::ErrorKind::usage);
    CHECK(contains(error.message, "it is not executable (chmod +x "));
  }
  SUBCASE("a folder") {
    CHECK(contains(start_error(dir.path()).message, "it is a folder"));
  }
  SUBCASE("an interpreter that does not exist") {
    const base::Error error = start_error(script(dir, "#!/usr/bin/no-python -u\n"));
    CHECK(error.kind == base::ErrorKind::usage);
    CHECK(contains(error.message, "its first line names /usr/bin/no-python, which does not exist"));
  }
  SUBCASE("an interpreter that is not executable") {
    CHECK(contains(start_error(script(dir, "#!/etc/passwd\n")).message,
                   "its first line names /etc/passwd, which is not executable"));
  }
  SUBCASE("line ends of Windows") {
    CHECK(contains(start_error(script(dir, "#!/bin/sh\r\necho\r\n")).message, "LF line ends"));
  }
  SUBCASE("neither a program nor a script") {
    CHECK(contains(start_error(script(dir, "echo hello\n")).message, "needs a first line"));
  }
}

TEST_CASE("start: a working folder that does not exist") {
  const base::Error error = start_error("/bin/sh", "/no/such/folder");
  CHECK(error.kind == base::ErrorKind::usage);
  CHECK(error.message ==
        "cannot start /bin/sh in the folder /no/such/folder: no such file or directory");
}

TEST_CASE("start: arguments beyond what the system takes") {
  base::ProcessSpec spec = shell("");
  spec.argv.assign(100, std::string(120'000, 'x'));
  spec.argv[0] = "/bin/true";
  const auto done = base::run(spec, {});
  REQUIRE_FALSE(done.has_value());
  CHECK(contains(done.error().message, "too long together"));
}

TEST_CASE("find_program") {
  const support::TempDir dir;
  const std::string file = script(dir, "#!/bin/sh\n");
  const std::string folder = dir.path().string();
  CHECK(base::find_program("connector", "/no/where:" + folder) == file);
  CHECK(base::find_program("connector", "/no/where") == std::nullopt);
  CHECK(base::find_program(file, "") == file);
  CHECK(base::find_program(folder, "") == std::nullopt);
  CHECK(base::find_program("", folder) == std::nullopt);
}

TEST_CASE("split_words") {
  using Words = std::vector<std::string>;
  const auto words = [](std::string_view text) { return base::split_words(text).value(); };
  CHECK(words("") == Words{});
  CHECK(words("  a\tb\n c ") == Words{"a", "b", "c"});
  CHECK(words("'a b' \"c d\"e '' \"\"") == Words{"a b", "c de", "", ""});
  CHECK(words(R"(a\ b \'q\' \\ end\)") == Words{"a b", "'q'", "\\", "end\\"});
  CHECK(words(R"("a\"b \$x \n" 'a\b')") == Words{"a\"b $x \\n", "a\\b"});
  CHECK(words("one\\\ntwo \"three\\\nfour\"") == Words{"onetwo", "threefour"});
  CHECK(words("$HOME *.py a=b;c") == Words{"$HOME", "*.py", "a=b;c"});
  const auto unclosed = base::split_words("echo \"a b");
  REQUIRE_FALSE(unclosed.has_value());
  CHECK(unclosed.error().kind == base::ErrorKind::usage);
  CHECK(contains(unclosed.error().message, "a \" is not closed"));
}
