// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/finding.hpp"
#include "core/report.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace core {

struct RunStarted {
  std::string command, target, destination, platform;
};
struct SyncStarted {
  int sync = 0;
  std::string sync_id, kind, state;
};
struct CallStarted {
  int sync = 0, call = 0;
};
struct LogLine {  // the connector printed it
  std::string text;
};
struct CallFinished {
  int sync = 0;
  CallReport call;
};
struct FindingRaised {  // as it comes; the report holds them folded
  Finding finding;
};
struct CellFinished {  // of `chaos`: one disturbed sync, or one that an earlier run had done
  ChaosCell cell;
};
struct SyncFinished {
  SyncReport sync;
};
struct RunFinished {
  const Report* report = nullptr;
};
struct Notice {  // something to tell that is no finding: a guess made, a default taken
  std::string text;
};

using Event = std::variant<RunStarted, SyncStarted, CallStarted, LogLine, CallFinished,
                           FindingRaised, CellFinished, SyncFinished, RunFinished, Notice>;

}  // namespace core
