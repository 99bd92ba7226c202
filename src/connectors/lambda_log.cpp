// SPDX-License-Identifier: Apache-2.0
#include "connectors/lambda_log.hpp"

#include "base/digest.hpp"
#include "connectors/error_document.hpp"

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

namespace connectors {
namespace {

using core::FailureKind;

// The text between `name: ` and the next tab of a REPORT line, or empty.
std::string_view field(std::string_view line, std::string_view name) {
  std::size_t at = 0;
  while ((at = line.find(name, at)) != line.npos) {
    const bool begins = at == 0 || line[at - 1] == '\t' || line[at - 1] == ' ';
    // "Duration: " also ends "Billed Duration: " and "Init Duration: ".
    const bool whole = at == 0 || line[at - 1] == '\t' || line.substr(0, at) == "REPORT ";
    if (begins && whole) {
      const std::string_view rest = line.substr(at + name.size());
      return rest.substr(0, rest.find('\t'));
    }
    at += name.size();
  }
  return {};
}

// A function can print a line like AWS's own, with any number in it: what no call can have counts
// as 0. Milliseconds or megabytes.
double number(std::string_view text) {
  constexpr double kMost = 1e9;
  const double value = std::strtod(std::string(text).c_str(), nullptr);
  return value >= 0 && value <= kMost ? value : 0;
}

std::chrono::microseconds milliseconds(std::string_view text) {
  return std::chrono::microseconds(std::llround(number(text) * 1000));
}

// "REPORT RequestId: ID\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t
// Max Memory Used: 45 MB\tInit Duration: 230.11 ms\t"
void take_report(std::string_view line, core::RawResponse& raw) {
  if (const auto id = field(line, "RequestId: "); !id.empty() && raw.request_id.empty())
    raw.request_id = id;
  if (const auto time = field(line, "Duration: "); !time.empty()) raw.duration = milliseconds(time);
  if (const auto time = field(line, "Billed Duration: "); !time.empty())
    raw.billed_duration = milliseconds(time);
  if (const auto time = field(line, "Init Duration: "); !time.empty())
    raw.init_duration = milliseconds(time);
  constexpr double kMegabyte = 1024.0 * 1024.0;
  if (const auto size = field(line, "Max Memory Used: "); !size.empty())
    raw.peak_memory_bytes = static_cast<std::uint64_t>(number(size) * kMegabyte);
  if (const auto size = field(line, "Memory Size: "); !size.empty())
    raw.memory_size_bytes = static_cast<std::uint64_t>(number(size) * kMegabyte);
}

FailureKind failure_of(std::string_view type, std::string_view message) {
  if (type == "Runtime.OutOfMemory") return FailureKind::out_of_memory;
  if (type == "Sandbox.Timedout" || message.find("Task timed out after") != message.npos)
    return FailureKind::timed_out;
  if (type == "Function.ResponseSizeTooLarge") return FailureKind::response_too_large;
  if (type == "Runtime.ExitError" || message.find("Error: Runtime exited") != message.npos)
    return FailureKind::exited;
  for (const std::string_view init :
       {"Runtime.ImportModuleError", "Runtime.UserCodeSyntaxError", "Runtime.HandlerNotFound",
        "Runtime.MalformedHandlerName", "Runtime.InvalidEntrypoint", "Runtime.InvalidWorkingDir"})
    if (type == init) return FailureKind::init_error;
  return FailureKind::function_error;
}

}  // namespace

void take_log_tail(std::string_view log_result, LogTail& log, core::RawResponse& raw) {
  const std::string text = base::from_base64(log_result);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
    if (line.starts_with("REPORT RequestId:"))
      take_report(line, raw);
    else if (!line.empty() && !line.starts_with("START RequestId:") &&
             !line.starts_with("END RequestId:") && !line.starts_with("INIT_START "))
      log.add(line);
  }
}

void take_function_error(core::RawResponse& raw) {
  ErrorDocument error = read_error_document(raw.body.view(), "");
  raw.failure = failure_of(error.type, error.message);
  raw.error_type = std::move(error.type);
  raw.error_message = std::move(error.message);
  raw.stack_trace = std::move(error.stack_trace);
  raw.body.clear();
}

bool take_cli_document(std::string_view output, LogTail& log, core::RawResponse& raw) {
  const auto document = nlohmann::json::parse(output, nullptr, false);
  if (!document.is_object()) return false;
  const auto text_of = [&document](const char* name) {
    const auto found = document.find(name);
    return found != document.end() && found->is_string() ? found->get<std::string>() : "";
  };
  raw.executed_version = text_of("ExecutedVersion");
  take_log_tail(text_of("LogResult"), log, raw);
  if (!text_of("FunctionError").empty()) take_function_error(raw);
  return true;
}

}  // namespace connectors
