// SPDX-License-Identifier: Apache-2.0
#include "base/loopback_peer.hpp"

#include "base/files.hpp"
#include "base/tcp_table.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#ifdef __linux__
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#endif

namespace base {

#ifdef __linux__

namespace {

using Way = LoopbackPeers::Way;

// One end of a socket, by getsockname(2) or getpeername(2). Asked twice, so that a moment without
// memory for the answer makes nobody a stranger.
template <class Ask>
std::optional<TcpEnd> end_of(int socket, Ask ask) {
  sockaddr_in address = {};
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (ask(socket, generic, &size) != 0 && (errno == ENOTCONN || ask(socket, generic, &size) != 0))
    return std::nullopt;
  if (address.sin_family != AF_INET) return std::nullopt;
  return TcpEnd{address.sin_addr.s_addr, address.sin_port};
}

struct Question {
  nlmsghdr head = {};
  inet_diag_req_v2 body = {};
};

bool send_question(int diag, TcpEnd local, TcpEnd remote) {
  Question question;
  question.head.nlmsg_len = sizeof question;
  question.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  question.head.nlmsg_flags = NLM_F_REQUEST;
  question.body.sdiag_family = AF_INET;
  question.body.sdiag_protocol = IPPROTO_TCP;
  question.body.idiag_states = ~0u;
  question.body.id.idiag_src[0] = local.address;
  question.body.id.idiag_sport = local.port;
  question.body.id.idiag_dst[0] = remote.address;
  question.body.id.idiag_dport = remote.port;
  question.body.id.idiag_cookie[0] = question.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return ::send(diag, &question, sizeof question, 0) == sizeof question;
}

// The kernel has answered by the time it took the question. Nullopt in `found`: no such socket.
// False: it could not be asked.
bool ask_sock_diag(int diag, TcpEnd local, TcpEnd remote, std::optional<TcpSocket>& found) {
  alignas(nlmsghdr) char left_over[1024];
  while (::recv(diag, left_over, sizeof left_over, MSG_DONTWAIT) > 0) {
  }
  if (!send_question(diag, local, remote)) return false;
  alignas(nlmsghdr) char answer[1024];
  const ssize_t size = ::recv(diag, answer, sizeof answer, MSG_DONTWAIT);
  if (size < static_cast<ssize_t>(NLMSG_LENGTH(sizeof(nlmsgerr)))) return false;
  nlmsghdr head;
  std::memcpy(&head, answer, sizeof head);
  if (head.nlmsg_type == NLMSG_ERROR) {
    nlmsgerr error;
    std::memcpy(&error, answer + NLMSG_HDRLEN, sizeof error);
    found.reset();
    return error.error == -ENOENT;
  }
  inet_diag_msg told;
  if (head.nlmsg_type != SOCK_DIAG_BY_FAMILY ||
      size < static_cast<ssize_t>(NLMSG_LENGTH(sizeof told))) {
    return false;
  }
  std::memcpy(&told, answer + NLMSG_HDRLEN, sizeof told);
  // Where a connection is gone, the kernel answers with who listens at its port.
  if (told.id.idiag_sport == local.port && told.id.idiag_dport == remote.port)
    found = TcpSocket{told.idiag_state, told.idiag_uid, told.idiag_inode};
  return true;
}

bool ask_proc(TcpEnd local, TcpEnd remote, std::optional<TcpSocket>& found) {
  bool read = false;
  for (const char* name : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    const auto table = read_file(name);
    if (!table) continue;
    read = true;
    if ((found = find_tcp_socket(*table, local, remote))) break;
  }
  return read;
}

bool ask(Way way, int diag, TcpEnd local, TcpEnd remote, std::optional<TcpSocket>& found) {
  if (way == Way::sock_diag) return diag >= 0 && ask_sock_diag(diag, local, remote, found);
  return way == Way::proc && ask_proc(local, remote, found);
}

// Whether this way knows whose `listener` is.
bool works(Way way, int diag, int listener) {
  std::optional<TcpSocket> found;
  const auto local = end_of(listener, ::getsockname);
  return local && ask(way, diag, *local, {}, found) && found && found->state == TCP_LISTEN &&
         found->user == ::geteuid();
}

}  // namespace

LoopbackPeers LoopbackPeers::open(int listener, Way best) {
  LoopbackPeers peers;
  if (best == Way::sock_diag) {
    peers.diag_ = Fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    if (works(Way::sock_diag, peers.diag_.get(), listener)) peers.way_ = Way::sock_diag;
  }
  if (peers.way_ == Way::none && best != Way::none && works(Way::proc, -1, listener))
    peers.way_ = Way::proc;
  if (peers.way_ != Way::sock_diag) peers.diag_.reset();
  return peers;
}

LoopbackPeer LoopbackPeers::owner_of_peer(int connection) const {
  using Known = LoopbackPeer::Known;
  if (way_ == Way::none) return {Known::untold, 0};
  const auto ours = end_of(connection, ::getsockname);
  const auto theirs = end_of(connection, ::getpeername);
  std::optional<TcpSocket> found;
  if (!ours || !theirs) return {Known::nobody, 0};
  if (!ask(way_, diag_.get(), *theirs, *ours, found)) ask(Way::proc, -1, *theirs, *ours, found);
  const bool held = found && found->inode != 0 && found->state != TCP_LISTEN;
  return held ? LoopbackPeer{Known::user, found->user} : LoopbackPeer{Known::nobody, 0};
}

#else

LoopbackPeers LoopbackPeers::open(int, Way) {
  return {};
}

LoopbackPeer LoopbackPeers::owner_of_peer(int) const {
  return {};
}

#endif

}  // namespace base
