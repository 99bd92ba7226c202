// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace slt {

// A block of a case file: see README.md.
struct Block {
  int line = 0;                       // of the command, from 1
  std::string command;                // the first word: "page"
  std::string argument;               // what follows it on the line
  std::string body;                   // the lines up to `----`, joined by line breaks
  std::vector<std::string> expected;  // the lines behind `----`
};

// The blocks of a file, in order. Throws std::runtime_error when it cannot be read.
std::vector<Block> read_blocks(const std::string& path);

// The text with ${repeat N TEXT} and ${columns N} written out.
std::string expanded(std::string text);

}  // namespace slt
