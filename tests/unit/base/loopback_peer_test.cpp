// SPDX-License-Identifier: Apache-2.0
#include "base/loopback_peer.hpp"

#include "base/http_listener.hpp"
#include "base/tcp_table.hpp"
#include "process_test_support.hpp"
#include "raw_http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

using base::LoopbackPeer;
using base::LoopbackPeers;
using Known = base::LoopbackPeer::Known;
using Way = base::LoopbackPeers::Way;

namespace {

base::Fd accept_from(base::HttpListener& listener) {
  base::Fd accepted;
  REQUIRE(process_test::eventually([&] {
    accepted = listener.accept();
    return static_cast<bool>(accepted);
  }));
  return accepted;
}

// As Java connects: a socket of IPv6 to ::ffff:127.0.0.1.
base::Fd connect_over_ipv6(std::uint16_t port) {
  base::Fd client(::socket(AF_INET6, SOCK_STREAM, 0));
  sockaddr_in6 address = {};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  inet_pton(AF_INET6, "::ffff:127.0.0.1", &address.sin6_addr);
  if (::connect(client.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    client.reset();
  return client;
}

const std::string kTable =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
    "inode                                                     \n"
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 "
    "111 1 ffff8a0e5f0f0000 100 0 0 10 0\n"
    "   1: 0100007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 "
    "222 1 ffff8a0e5f0f0000 20 4 30 10 -1\n"
    "   2: 0100007F:9C41 0100007F:1F90 06 00000000:00000000 03:00000EC1 00000000     0        0 "
    "0 3 ffff8a0e5f0f0000\n"
    "1000: 0000000000000000FFFF00000100007F:9C42 0000000000000000FFFF00000100007F:1F90 01 "
    "00000000:00000000 00:00000000 00000000  1003        0 333 1 0000000000000000 20 4 30 10 -1\n"
    "   4: 0100007F:9C43 0100007F:1F90 01 cut off";

base::TcpEnd loopback(std::uint16_t port) {
  return {htonl(INADDR_LOOPBACK), htons(port)};
}

}  // namespace

TEST_CASE("tcp table: the socket with both ends, of IPv4 and as IPv4 in IPv6") {
  const auto found = [](std::uint16_t port) {
    return base::find_tcp_socket(kTable, loopback(port), loopback(8080));
  };
  REQUIRE(found(40000).has_value());
  CHECK(found(40000)->state == 1);
  CHECK(found(40000)->user == 1001);
  CHECK(found(40000)->inode == 222);
  REQUIRE(found(40001).has_value());
  CHECK(found(40001)->inode == 0);
  REQUIRE(found(40002).has_value());
  CHECK(found(40002)->user == 1003);
  CHECK_FALSE(found(40003).has_value());
  CHECK_FALSE(found(40004).has_value());
  const auto listener = base::find_tcp_socket(kTable, loopback(8080), {});
  REQUIRE(listener.has_value());
  CHECK(listener->state == 10);
  CHECK(listener->user == 1000);
  CHECK_FALSE(base::find_tcp_socket("", loopback(8080), {}).has_value());
}

#ifdef __linux__

TEST_CASE("loopback peer: our own client is ours, whatever family its socket has") {
  auto listener = base::HttpListener::open(0).value();
  for (const Way way : {Way::sock_diag, Way::proc}) {
    CAPTURE(static_cast<int>(way));
    const auto peers = LoopbackPeers::open(listener.fd(), way);
    REQUIRE(peers.way() == way);
    RawHttpClient client(listener.port());
    const base::Fd of_ipv4 = accept_from(listener);
    CHECK(peers.owner_of_peer(of_ipv4.get()).known == Known::user);
    CHECK(peers.owner_of_peer(of_ipv4.get()).user == ::geteuid());
    const base::Fd over_ipv6 = connect_over_ipv6(listener.port());
    if (!over_ipv6) continue;  // a system without IPv6
    const base::Fd of_ipv6 = accept_from(listener);
    CHECK(peers.owner_of_peer(of_ipv6.get()).known == Known::user);
    CHECK(peers.owner_of_peer(of_ipv6.get()).user == ::geteuid());
  }
}

// Linux gives sockets without a process to user 0.
TEST_CASE("loopback peer: whose end was closed already is nobody, and not root") {
  auto listener = base::HttpListener::open(0).value();
  for (const Way way : {Way::sock_diag, Way::proc}) {
    for (const bool with_reset : {false, true}) {
      CAPTURE(static_cast<int>(way));
      CAPTURE(with_reset);
      const auto peers = LoopbackPeers::open(listener.fd(), way);
      RawHttpClient client(listener.port());
      client.send("POST / HTTP/1.1\r\n\r\n");
      with_reset ? client.break_off() : client.close();
      const base::Fd accepted = accept_from(listener);
      CHECK(peers.owner_of_peer(accepted.get()).known == Known::nobody);
    }
  }
}

TEST_CASE("loopback peer: a half-closed connection still has its owner") {
  auto listener = base::HttpListener::open(0).value();
  for (const Way way : {Way::sock_diag, Way::proc}) {
    const auto peers = LoopbackPeers::open(listener.fd(), way);
    RawHttpClient client(listener.port());
    client.half_close();
    const base::Fd accepted = accept_from(listener);
    CHECK(peers.owner_of_peer(accepted.get()).known == Known::user);
  }
}

// Where a connection is gone, the kernel answers with who listens at its port.
TEST_CASE("loopback peer: a listener at the port of a peer that left is not taken for it") {
  auto listener = base::HttpListener::open(0).value();
  const auto peers = LoopbackPeers::open(listener.fd());
  base::Fd client(::socket(AF_INET, SOCK_STREAM, 0));
  const int on = 1;
  setsockopt(client.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(client.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::getsockname(client.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  const std::uint16_t port = ntohs(address.sin_port);
  address.sin_port = htons(listener.port());
  REQUIRE(::connect(client.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
  const base::Fd accepted = accept_from(listener);
  const linger now = {1, 0};
  setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  client.reset();
  const auto other = base::HttpListener::open(port);
  REQUIRE(other.has_value());
  CHECK(peers.owner_of_peer(accepted.get()).known == Known::nobody);
}

#endif

TEST_CASE("loopback peer: without a way nobody is told of") {
  auto listener = base::HttpListener::open(0).value();
  const auto peers = LoopbackPeers::open(listener.fd(), Way::none);
  CHECK(peers.way() == Way::none);
  RawHttpClient client(listener.port());
  const base::Fd accepted = accept_from(listener);
  CHECK(peers.owner_of_peer(accepted.get()).known == Known::untold);
}
