// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace base {

// An IPv4 address and port, both in network byte order.
struct TcpEnd {
  std::uint32_t address = 0;
  std::uint16_t port = 0;
};

// What Linux tells of a TCP socket.
struct TcpSocket {
  int state = 0;  // of linux/tcp.h's enumeration in netinet/tcp.h: TCP_ESTABLISHED…
  uid_t user = 0;
  std::uint64_t inode = 0;  // 0: no process holds it (any more), and `user` says nothing
};

// The socket with these ends in the text of /proc/net/tcp or, as IPv4 in IPv6, /proc/net/tcp6
// (proc(5)).
std::optional<TcpSocket> find_tcp_socket(std::string_view table, TcpEnd local, TcpEnd remote);

}  // namespace base
