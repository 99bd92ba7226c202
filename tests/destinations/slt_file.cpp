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

}  // namespace slt
