// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "protocol/redactor.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace workflows {

// A secret in a file, without its value.
struct ScanHit {
  std::string file;
  std::uint64_t line = 0;    // from 1; 0: in a database, which has no lines
  std::uint64_t offset = 0;  // bytes from the start of the file
  bool configured = false;   // one of the configured secrets; else recognised by its form
  std::string what;          // the secret's name, or the credential's kind ("github-token")
  std::string how;           // configured: in which form ("as it is", "base64")
  std::string shown;         // "<secret:apiToken>", or "ghp_… (40 characters)"
  std::uint64_t count = 1;   // the same on the same line
};

struct ScanResult {
  std::vector<ScanHit> hits;  // by file, in alphabetical order, and place
  std::uint64_t files = 0, bytes = 0;
  std::uint64_t binary = 0;             // files left out for what they hold
  std::vector<std::string> unreadable;  // "cannot read PATH: permission denied"
};

struct ScanOptions {
  // Globs of paths and names that are left out.
  std::vector<std::string> exclude;
  // A file that is left out because the secrets stand there on purpose; may be empty.
  std::string secrets_file;
  // Told after each piece that was read: how many files were begun, and the bytes of all.
  std::function<void(std::uint64_t files, std::uint64_t bytes)> progress;
};

// Searches files, and folders with all that is below them, for the watched secrets in all their
// forms and for credentials that their form gives away, also `password = "…"` with a value that
// looks random. Files are read in pieces, whatever their size. SQLite databases are searched for
// what stands in them plainly; other binary files, the folders of version control and of installed
// packages, and links inside folders are left out.
// Error (usage): a path that is not there.
base::Result<ScanResult> scan(const std::vector<std::string>& paths,
                              const protocol::SecretSearch& watched, const ScanOptions& options);

}  // namespace workflows
