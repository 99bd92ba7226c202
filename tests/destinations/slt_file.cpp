// SPDX-License-Identifier: Apache-2.0
#include "slt_file.hpp"

#include <fstream>
#include <stdexcept>

namespace slt {

std::vector<Block> read_blocks(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Block> blocks;
  bool inside = false, behind_rule = false;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      inside = false;
    } else if (!inside) {
      behind_rule = false;
      const std::size_t blank = line.find(' ');
      Block& block = blocks.emplace_back();
      block.line = number;
      block.command = line.substr(0, blank);
      if (blank != line.npos) block.argument = line.substr(blank + 1);
      inside = block.command != "case";
    } else if (line == "----") {
      behind_rule = true;
    } else if (behind_rule) {
      blocks.back().expected.push_back(line);
    } else {
      std::string& body = blocks.back().body;
      body += (body.empty() ? "" : "\n") + line;
    }
  }
  return blocks;
}

namespace {

// The end of `${…}`, which may hold braces in pairs.
std::size_t closing_brace(const std::string& text, std::size_t at) {
  for (int open = 1; at < text.size(); ++at) {
    if (text[at] == '{') ++open;
    if (text[at] == '}' && --open == 0) return at;
  }
  throw std::runtime_error("an open ${");
}

}  // namespace

// What stands for more than anybody would write: ${repeat N TEXT} and ${columns N}, which is
// "c1":1,"c2":2,…
std::string expanded(std::string text) {
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at)) {
    const std::size_t end = closing_brace(text, at + 2);
    const std::string words = text.substr(at + 2, end - at - 2);
    const std::size_t blank = words.find(' ');
    const int count = std::stoi(words.substr(blank + 1));
    std::string made;
    if (words.starts_with("repeat ")) {
      const std::string part = words.substr(words.find(' ', blank + 1) + 1);
      made.reserve(part.size() * static_cast<std::size_t>(count));
      for (int i = 0; i < count; ++i) made += part;
    } else if (words.starts_with("columns ")) {
      for (int i = 1; i <= count; ++i)
        made += (i == 1 ? "\"c" : ",\"c") + std::to_string(i) + "\":" + std::to_string(i);
    } else {
      throw std::runtime_error("unknown ${" + words + "}");
    }
    text.replace(at, end - at + 1, made);
    at += made.size();
  }
  return text;
}

}  // namespace slt
