// SPDX-License-Identifier: Apache-2.0
// A fixture of whatever files: each line "=== NAME" begins one. Reading it gives a fixture or an
// error, with and without seals, and what was read once is read the same again.
#include "fixtures/fixture.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace {

class MemoryFolder final : public fixtures::Folder {
 public:
  explicit MemoryFolder(std::string_view text) {
    std::string* file = nullptr;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(end);
      if (line.starts_with("=== "))
        file = &files_[std::string(line.substr(4, line.find('\n') - 4))];
      else if (file != nullptr)
        file->append(line);
    }
  }

  std::string path() const override { return "fixture"; }
  base::Result<std::vector<std::string>> names() const override {
    std::vector<std::string> names;
    for (const auto& [name, content] : files_) names.push_back(name);
    return names;
  }
  base::Result<base::PaddedBuffer> read(const std::string& name) const override {
    const auto file = files_.find(name);
    if (file == files_.end())
      return base::fail(base::ErrorKind::usage, "cannot read " + path_of(name));
    return base::PaddedBuffer(file->second);
  }

 private:
  std::map<std::string, std::string> files_;
};

void read_all(const fixtures::Fixture& fixture) {
  for (const fixtures::RecordedSync& sync : fixture.syncs())
    for (const fixtures::RecordedCall& call : sync.calls) {
      const auto request = fixture.request(sync.sync, call);
      const auto answer = fixture.answer(sync.sync, call);
      const auto again = fixture.answer(sync.sync, call);
      if (answer.has_value() != again.has_value()) std::abort();
      if (answer && answer->raw.body.view() != again->raw.body.view()) std::abort();
      if (request && request->body.empty()) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto folder =
      std::make_shared<MemoryFolder>(std::string_view(reinterpret_cast<const char*>(data), size));
  for (const fixtures::Seals seals : {fixtures::Seals::checked, fixtures::Seals::ignored}) {
    const auto fixture = fixtures::Fixture::open(folder, seals);
    if (!fixture) {
      if (fixture.error().message.empty()) std::abort();
      continue;
    }
    static_cast<void>(fixture->verify());
    read_all(*fixture);
  }
  return 0;
}
