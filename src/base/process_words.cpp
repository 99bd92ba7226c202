// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/core.h>

namespace base {

namespace {

bool is_program(const std::string& path) {
  struct stat about = {};
  return stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

// Splits one command line; see split_words.
class WordSplitter {
 public:
  explicit WordSplitter(std::string_view text) : text_(text) {}

  Result<std::vector<std::string>> split() {
    for (at_ = 0; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\'' || c == '"') {
        if (!quoted(c)) return unclosed(c);
      } else if (c == '\\') {
        escaped();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        finish_word();
      } else {
        add(c);
      }
    }
    finish_word();
    return std::move(words_);
  }

 private:
  void add(char c) {
    word_ += c;
    in_word_ = true;
  }

  void finish_word() {
    if (in_word_) words_.push_back(std::move(word_));
    word_.clear();
    in_word_ = false;
  }

  // A backslash at the very end stands for itself; before a line end both vanish.
  void escaped() {
    if (at_ + 1 >= text_.size()) return add('\\');
    if (text_[++at_] != '\n') add(text_[at_]);
  }

  // Reads to the closing quote. Between double quotes a backslash quotes only the characters that
  // POSIX lists (2.2.3): $ ` " \ and the line end.
  bool quoted(char quote) {
    in_word_ = true;
    for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
      const bool escapes = quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() &&
                           std::string_view("$`\"\\\n").find(text_[at_ + 1]) != text_.npos;
      if (escapes) ++at_;
      const bool joins_lines = escapes && text_[at_] == '\n';
      if (!joins_lines) word_ += text_[at_];
    }
    return at_ < text_.size();
  }

  tl::unexpected<Error> unclosed(char quote) const {
    return fail(ErrorKind::usage,
                fmt::format("cannot split the command {}: a {} is not closed (close it, or put a "
                            "backslash before it)",
                            text_, quote));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string word_;
  bool in_word_ = false;
  std::vector<std::string> words_;
};

}  // namespace

Result<std::vector<std::string>> split_words(std::string_view text) {
  return WordSplitter(text).split();
}

std::optional<std::string> find_program(std::string_view program, std::string_view path) {
  if (program.empty()) return std::nullopt;
  if (program.find('/') != std::string_view::npos) {
    std::string itself(program);
    return is_program(itself) ? std::optional(std::move(itself)) : std::nullopt;
  }
  while (true) {
    const std::size_t end = path.find(':');
    const std::string_view folder = path.substr(0, end);
    // An empty entry means the working folder (POSIX, "PATH").
    std::string candidate = fmt::format("{}/{}", folder.empty() ? "." : folder, program);
    if (is_program(candidate)) return candidate;
    if (end == std::string_view::npos) return std::nullopt;
    path.remove_prefix(end + 1);
  }
}

}  // namespace base
