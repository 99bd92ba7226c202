// SPDX-License-Identifier: Apache-2.0
// Runs case files against a destination: slt_runner ENGINE FILE... Prints what does not hold and
// how many cases did; exit code 1 when one did not.
#include "destinations/registry.hpp"
#include "slt_case.hpp"
#include "slt_file.hpp"
#include "support/duckdb.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

// Where a case of an engine lies: a file in `folder`, or a schema of its own.
struct Place {
  std::string url, schema;
};
using NewPlace = Place (*)(const fs::path& folder, int number);

struct Kind {
  std::string_view name;
  NewPlace place;
};

constexpr int kSkipped = 125;

struct Skip : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The server that ctest started for its tests (tests/support/postgres_server.py).
std::string postgres_url() {
  const char* file = std::getenv("FSIM_TEST_POSTGRES");
  std::ifstream stream(file == nullptr ? "" : file);
  std::string url;
  if (std::getline(stream, url)) return url;
  throw Skip("no PostgreSQL server: ctest starts one where it is installed");
}

// A new engine is a line here and in CMakeLists.txt.
constexpr std::array<Kind, 4> kEngines = {{
    {"postgres",
     [](const fs::path&, int number) {
       static const std::string url = postgres_url();
       return Place{url, "slt_" + std::to_string(getpid()) + "_" + std::to_string(number)};
     }},
    {"sqlite",
     [](const fs::path& folder, int number) {
       return Place{"sqlite:" + (folder / std::to_string(number)).string(), ""};
     }},
    {"memory",
     [](const fs::path&, int) {
       return Place{"memory:", ""};
     }},
    {"duckdb",
     [](const fs::path& folder, int number) {
       return Place{"duckdb:" + (folder / std::to_string(number)).string(), ""};
     }},
}};

// Gives each case a destination of its own in one folder, which stays when a case failed.
class Engine {
 public:
  explicit Engine(std::string_view name)
      : kind_(std::find_if(kEngines.begin(), kEngines.end(),
                           [&](const Kind& kind) { return kind.name == name; })) {
    if (kind_ == kEngines.end()) throw std::runtime_error("no such engine");
    std::string form = (fs::temp_directory_path() / "fsim-slt-XXXXXX").string();
    if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = form;
  }

  slt::Opener next() {
    const Place place = kind_->place(folder_, ++cases_);
    return [place](destinations::OpenOptions options) {
      options.duckdb_library = support::duckdb_library();
      return destinations::open(place.url, place.schema, options);
    };
  }

  void finish(bool failed) {
    if (failed) {
      std::cout << "kept: " << folder_.string() << '\n';
    } else {
      fs::remove_all(folder_);
    }
  }

 private:
  const Kind* kind_;
  fs::path folder_;
  int cases_ = 0;
};

struct Count {
  int cases = 0, failed = 0;
};

void run_file(const std::string& path, Engine& engine, Count& count) {
  std::optional<slt::Case> current;
  std::string name;
  bool failed = false;
  for (const slt::Block& block : slt::read_blocks(path)) {
    if (block.command == "case") {
      current.emplace(engine.next());
      name = block.argument;
      failed = false;
      ++count.cases;
      continue;
    }
    if (!current) throw std::runtime_error(path + ": a file begins with a case");
    if (failed) continue;
    const std::vector<std::string> wrong = current->run(block);
    if (wrong.empty()) continue;
    failed = true;
    ++count.failed;
    std::cout << path << ':' << block.line << ": " << name << '\n';
    for (const std::string& line : wrong) std::cout << line << '\n';
  }
}

int run(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: slt_runner ENGINE FILE...\n";
    return 2;
  }
  if (std::string_view(argv[1]) == "duckdb" && support::without_duckdb()) {
    std::cout << "skipped: there is no libduckdb (scripts/get-duckdb fetches it)\n";
    return 125;
  }
  Engine engine(argv[1]);
  Count count;
  for (int i = 2; i < argc; ++i) run_file(argv[i], engine, count);
  engine.finish(count.failed > 0);
  std::cout << count.cases - count.failed << " of " << count.cases << " cases hold\n";
  return count.failed == 0 && count.cases > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const Skip& skip) {
    std::cerr << skip.what() << '\n';
    const char* strict = std::getenv("FSIM_NO_SKIP");
    return strict != nullptr && std::string_view(strict) == "1" ? 1 : kSkipped;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
