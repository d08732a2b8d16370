// One connection of the HTTP server. Floor 7; for http_server.cpp alone.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <openssl/ssl.h>

#include "app/net/http_server.h"
#include "base/descriptor.h"

namespace testudo {

struct SslClose {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

class HttpConnection {
 public:
  using Clock = std::chrono::steady_clock;

  HttpConnection(Descriptor socket, SSL* tls, const HttpLimits& limits);
  int descriptor() const { return socket_.get(); }
  short events() const;  // for poll()
  Clock::time_point deadline() const { return deadline_; }
  bool idle() const { return state_ == State::head && in_.empty(); }
  // What its client may expect, the least first: nothing before its next request; nothing, as it has its answer; to be
  // heard out, while it begins a request, which anybody can do for ever; an answer.
  enum class Due : std::uint8_t { nothing, end, hearing, answer };
  Due due() const {
    if (idle()) return Due::nothing;
    if (state_ == State::drain) return Due::end;
    return state_ == State::handshake || state_ == State::head ? Due::hearing : Due::answer;
  }
  bool answering() const { return state_ == State::answer; }
  std::size_t memory() const { return in_.capacity() + out_.capacity() + head_.request.body.capacity(); }

  // The socket can be read or written. False: the connection is over.
  bool advance(HttpHandler& handler, std::uint64_t memory_left);
  // The deadline is past. False: the connection is over.
  bool late(HttpHandler& handler);

 private:
  enum class State : std::uint8_t { handshake, head, body, answer, drain };
  enum class Moved : std::uint8_t { some, wait, end };

  bool step(HttpHandler& handler, std::uint64_t memory_left);
  bool shake();
  bool read_on(HttpHandler& handler, std::uint64_t memory_left);
  bool take_input(HttpHandler& handler);
  bool take_head(HttpHandler& handler);
  bool take_body(HttpHandler& handler);
  bool respond(const HttpResponse& response, bool keep);
  bool refuse(HttpHandler& handler, int status);
  bool send_on();
  bool drain();
  Moved receive(std::size_t& got, char* to, std::size_t size);
  Moved send_some(const char* from, std::size_t size, std::size_t& sent);
  void enter(State state, std::chrono::seconds time);

  Descriptor socket_;
  std::unique_ptr<SSL, SslClose> tls_;
  const HttpLimits& limits_;
  State state_ = State::head;
  Clock::time_point deadline_;
  bool wants_write_ = false;  // TLS must write before it can go on reading, or the other way round
  bool wants_read_ = false;
  std::string in_, out_;
  std::size_t sent_ = 0, drained_ = 0;
  HttpHead head_;
  bool keep_ = true, waiting_input_ = false;
};

}  // namespace testudo
