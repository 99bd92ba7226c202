// SPDX-License-Identifier: Apache-2.0
#include "workflows/scan.hpp"

#include "base/files.hpp"
#include "protocol/credentials.hpp"
#include "workflows/scan_files.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

#include <fmt/format.h>

namespace workflows {
namespace {

using protocol::CredentialDepth;

// A file passes through a window of kPiece bytes. What begins in its last kAhead bytes may not be
// whole, so it waits for the next piece; kBehind bytes stay, since some forms look at what stands
// before them. A private key is looked at over 20,000 bytes.
constexpr std::size_t kPiece = 262'144, kAhead = 32'768, kBehind = 1'024;
constexpr std::size_t kMostHitsOfFile = 1'000;
constexpr std::string_view kSqlite{"SQLite format 3\0", 16};

// One file while it is read.
class FileScan {
 public:
  FileScan(std::string file, const protocol::SecretSearch& watched, const ScanOptions& options,
           ScanResult& result)
      : file_(std::move(file)), watched_(watched), options_(options), result_(result) {}

  void run() {
    std::ifstream in(file_, std::ios::binary);
    if (!in || !read_more(in)) {
      result_.unreadable.push_back(fmt::format("cannot read {}: {}", file_, base::last_os_error()));
      return;
    }
    database_ = text_.starts_with(kSqlite);
    if (!database_ && std::string_view(text_).substr(0, 8'192).find('\0') != std::string::npos) {
      ++result_.binary;
      return;
    }
    ++result_.files;
    while (true) {
      const bool last = ended_;
      search(last ? text_.size() : text_.size() - kAhead);
      if (last) return;
      forget();
      if (!read_more(in)) {
        result_.unreadable.push_back(fmt::format("cannot read {} to its end", file_));
        return;
      }
    }
  }

 private:
  bool read_more(std::ifstream& in) {
    const std::size_t before = text_.size();
    text_.resize(std::max(before, kAhead) + kPiece);
    in.read(text_.data() + before, static_cast<std::streamsize>(text_.size() - before));
    const auto got = static_cast<std::size_t>(in.gcount());
    ended_ = got < text_.size() - before;
    text_.resize(before + got);
    result_.bytes += got;
    if (options_.progress) options_.progress(result_.files, result_.bytes);
    return !in.bad();
  }

  // Drops what has been searched but for a little.
  void forget() {
    const std::size_t drop = from_ > kBehind ? from_ - kBehind : 0;
    count_lines(drop);
    text_.erase(0, drop);
    from_ -= drop;
    counted_ -= std::min(counted_, drop);
    begin_ += drop;
  }

  void count_lines(std::size_t to) {
    if (to <= counted_) return;
    const auto at = [this](std::size_t i) {
      return text_.begin() + static_cast<std::ptrdiff_t>(i);
    };
    line_ += static_cast<std::uint64_t>(std::count(at(counted_), at(to), '\n'));
    counted_ = to;
  }

  // What begins in [from_, limit), configured secrets before what only looks like one.
  void search(std::size_t limit) {
    while (from_ < limit && hits_ < kMostHitsOfFile) {
      const auto secret = watched_.empty() ? std::nullopt : watched_.find(text_, from_);
      const auto form = protocol::find_credential(
          text_, from_, database_ ? CredentialDepth::strong : CredentialDepth::guesses);
      const bool own = secret && (!form || secret->offset < form->offset + form->size);
      if (!own && !form) break;
      const std::size_t offset = own ? secret->offset : form->offset;
      if (offset >= limit) break;
      own ? add(*secret) : add(*form);
      from_ = offset + std::max<std::size_t>(own ? secret->size : form->size, 1);
    }
    from_ = std::max(from_, limit);
  }

  void add(const protocol::SecretMatch& match) {
    const std::string& secret = watched_.secrets()[match.secret].name;
    ScanHit hit;
    hit.configured = true;
    hit.what = secret;
    hit.how = protocol::name(match.form);
    hit.shown = fmt::format("<secret:{}>", secret);
    put(std::move(hit), match.offset);
  }

  void add(const protocol::Credential& found) {
    ScanHit hit;
    hit.what = found.kind;
    hit.shown = protocol::masked(std::string_view(text_).substr(found.offset, found.size));
    put(std::move(hit), found.offset);
  }

  void put(ScanHit hit, std::size_t offset) {
    count_lines(offset);
    hit.file = file_;
    hit.line = database_ ? 0 : line_;
    hit.offset = begin_ + offset;
    for (std::size_t i = result_.hits.size(), seen = 0; i > 0 && seen < hits_; --i, ++seen) {
      ScanHit& before = result_.hits[i - 1];
      if (before.line != hit.line) break;
      if (before.what != hit.what || before.how != hit.how) continue;
      ++before.count;
      return;
    }
    ++hits_;
    result_.hits.push_back(std::move(hit));
  }

  std::string file_;
  const protocol::SecretSearch& watched_;
  const ScanOptions& options_;
  ScanResult& result_;
  std::string text_;         // the window
  std::uint64_t begin_ = 0;  // of the window in the file
  std::size_t from_ = 0;     // in the window: searched up to here
  std::size_t counted_ = 0;  // in the window: line ends counted up to here
  std::uint64_t line_ = 1;   // at counted_
  std::size_t hits_ = 0;
  bool database_ = false, ended_ = false;
};

}  // namespace

base::Result<ScanResult> scan(const std::vector<std::string>& paths,
                              const protocol::SecretSearch& watched, const ScanOptions& options) {
  ScanResult result;
  FSIM_ASSIGN(const std::vector<std::string> files,
              files_to_scan(paths, options, result.unreadable));
  for (const std::string& file : files) FileScan(file, watched, options, result).run();
  return result;
}

}  // namespace workflows
