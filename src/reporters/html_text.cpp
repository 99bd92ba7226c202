// SPDX-License-Identifier: Apache-2.0
#include "reporters/html_text.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace reporters {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace

std::string html_text(std::string_view text) {
  return escaped(base::visible(text));
}

std::string html_cut(std::string_view text, std::size_t width) {
  return escaped(base::elide_middle(text, width));
}

std::string html_code(std::string_view text, std::size_t width) {
  return "<code>" + html_cut(text, width) + "</code>";
}

std::string html_sentence(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t begin = text.find('`');
    const std::size_t end = begin == text.npos ? text.npos : text.find('`', begin + 1);
    if (end == text.npos) return out + html_text(text);
    out += html_text(text.substr(0, begin)) + html_code(text.substr(begin + 1, end - begin - 1));
    text.remove_prefix(end + 1);
  }
}

std::string html_time(std::chrono::microseconds duration) {
  const double ms = static_cast<double>(duration.count()) / 1000;
  if (ms < 10) return fmt::format("{:.1f} ms", ms);
  return ms < 999.5 ? fmt::format("{:.0f} ms", ms) : base::human_duration(duration);
}

std::string html_scroll(std::string_view label) {
  return fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">",
                     label);
}

std::string html_counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", base::human_count(count), noun, count == 1 ? "" : "s");
}

}  // namespace reporters
