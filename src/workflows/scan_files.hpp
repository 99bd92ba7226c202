// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "workflows/scan.hpp"

#include <string>
#include <vector>

namespace workflows {

// The files that a scan of these paths reads, sorted, each once.
base::Result<std::vector<std::string>> files_to_scan(const std::vector<std::string>& paths,
                                                     const ScanOptions& options,
                                                     std::vector<std::string>& unreadable);

}  // namespace workflows
