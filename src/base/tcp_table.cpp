// SPDX-License-Identifier: Apache-2.0
#include "base/tcp_table.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include <fmt/format.h>

namespace base {

namespace {

// "0100007F:1F90", the address as a number of this machine.
std::string as_ipv4(TcpEnd end) {
  return fmt::format("{:08X}:{:04X}", end.address, ntohs(end.port));
}

// The same as ::ffff:127.0.0.1, four such numbers in a row.
std::string as_ipv6(TcpEnd end) {
  return fmt::format("{:024X}", 0).replace(16, 8, fmt::format("{:08X}", htonl(0xFFFF))) +
         as_ipv4(end);
}

std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

template <class Number>
bool read_number(std::string_view word, int base, Number& number) {
  const char* end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, number, base);
  return read.ec == std::errc() && read.ptr == end;
}

}  // namespace

std::optional<TcpSocket> find_tcp_socket(std::string_view table, TcpEnd local, TcpEnd remote) {
  const std::string ipv4 = as_ipv4(local) + ' ' + as_ipv4(remote) + ' ';
  const std::string ipv6 = as_ipv6(local) + ' ' + as_ipv6(remote) + ' ';
  while (!table.empty()) {
    std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(line.size() + 1, table.size()));
    next_word(line);  // its number in the table
    line.remove_prefix(std::min<std::size_t>(1, line.size()));
    if (!line.starts_with(ipv4) && !line.starts_with(ipv6)) continue;
    // local, remote, state, queues, timer, retransmits, user, timeout, inode
    std::array<std::string_view, 9> words;
    for (std::string_view& word : words) word = next_word(line);
    TcpSocket found;
    if (read_number(words[2], 16, found.state) && read_number(words[6], 10, found.user) &&
        read_number(words[8], 10, found.inode)) {
      return found;
    }
  }
  return std::nullopt;
}

}  // namespace base
