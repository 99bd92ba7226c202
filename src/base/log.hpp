// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

// Diagnostics for who looks into the program itself: "fivetran-sim: debug: …" on stderr. What a
// user has to see belongs into an Error or a report. Never give it a secret. Any thread may call.
namespace base::log {

enum class Level { error, warning, info, debug, trace };

// What is printed: warnings and errors at 0 (the start), with each -v one level more.
void set_verbosity(int count);
bool enabled(Level level);

// Where lines go instead of stderr, for example above a status line; an empty function: stderr.
void redirect(std::function<void(std::string_view line)> to);

void error(std::string_view text);
void warning(std::string_view text);
void info(std::string_view text);
void debug(std::string_view text);
void trace(std::string_view text);

}  // namespace base::log
