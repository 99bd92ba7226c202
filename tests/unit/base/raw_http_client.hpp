// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fd.hpp"
#include "base/http_headers.hpp"

#include <string>
#include <string_view>

// A client that sends exactly the bytes it is given, so that a test can be as rude as it likes.
class RawHttpClient {
 public:
  explicit RawHttpClient(std::uint16_t port);

  // False when the server has closed the connection.
  bool send(std::string_view bytes);
  void half_close();
  // Makes the system send a reset instead of an orderly end.
  void break_off();
  void close() { socket_.reset(); }

  struct Reply {
    int status = 0;  // 0: the server closed the connection before the head was complete
    base::HttpHeaders headers;
    std::string body;
  };
  // Reads one reply. `with_body` false: of a HEAD.
  Reply read(bool with_body = true);
  // Whether the server has closed the connection and nothing more came.
  bool at_end();

 private:
  bool receive();

  base::Fd socket_;
  std::string buffer_;
};
