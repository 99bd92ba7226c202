// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/destination.hpp"
#include "destinations/options.hpp"
#include "slt_file.hpp"
#include "support/page_builder.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace slt {

// Opens a new, empty destination.
using Opener = std::function<base::Result<std::unique_ptr<core::Destination>>(
    const destinations::OpenOptions& options)>;

// Runs the blocks of one case after its `case` line.
class Case {
 public:
  explicit Case(Opener opener) : opener_(std::move(opener)) {}

  // What is wrong with the block: lines to print; none when it holds.
  std::vector<std::string> run(const Block& block);

 private:
  using Lines = std::vector<std::string>;
  Lines set_option(const Block& block);
  Lines load(const Block& block);
  Lines query(const Block& block);
  Lines compare(const Block& block, const Lines& actual);
  Lines shape(const std::string& table);
  Lines facts(const Block& block);
  base::Result<void> open();

  Opener opener_;
  destinations::OpenOptions options_;
  std::unique_ptr<core::Destination> destination_;
  support::PageBuilder pages_;
  int sync_ = 0;
  core::LoadFacts facts_;
};

}  // namespace slt
