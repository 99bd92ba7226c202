// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"

#include <sys/types.h>

namespace base {

// Who holds the other end of a TCP connection of this machine.
struct LoopbackPeer {
  enum class Known {
    user,    // a process of `user`
    nobody,  // it was closed before we looked: that can have been anybody
    untold,  // this system does not tell of anybody
  };
  Known known = Known::untold;
  uid_t user = 0;
};

// Asks the system which user owns the other end of an accepted IPv4 connection over loopback, also
// when that is a socket of IPv6 (Java's are). Linux only: by one exact question to sock_diag(7), or
// from /proc/net/tcp and tcp6 where that is not to be had. A way is used only if it names us as the
// owner of our own listening socket; on systems without any (macOS, some sandboxes) all is
// `untold`.
//
// An end without a process is `nobody`, since Linux says user 0 of such, and who closes quickly
// would pass for root.
//
// User namespaces: the number is that of the owner as our namespace calls him, so a process in a
// namespace of our own user's (--read-only-fs, a container without root as seen from inside and
// from outside) counts as ours. Users that our namespace has no number for all have the overflow
// number, 65534, and are other users than we, unless we ourselves have none either.
class LoopbackPeers {
 public:
  enum class Way { sock_diag, proc, none };

  // Takes the best way that works, from `best` on. `listener`: the server's socket.
  static LoopbackPeers open(int listener, Way best = Way::sock_diag);

  Way way() const noexcept { return way_; }
  // By sock_diag a few microseconds, and no further descriptor, so that nobody gets by in using
  // them up; from /proc/net, whose files hold every connection of the machine, up to milliseconds.
  LoopbackPeer owner_of_peer(int connection) const;

 private:
  Way way_ = Way::none;
  Fd diag_;
};

}  // namespace base
