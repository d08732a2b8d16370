#include "app/net/http_connection.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <utility>

namespace testudo {
namespace {

constexpr std::size_t read_size = 64U << 10, most_drained = 64U << 20;

std::string date_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

}  // namespace

HttpConnection::HttpConnection(Descriptor socket, SSL* tls, const HttpLimits& limits)
    : socket_(std::move(socket)), tls_(tls), limits_(limits) {
  enter(tls_ ? State::handshake : State::head, limits_.head_time);
}

void HttpConnection::enter(State state, std::chrono::seconds time) {
  state_ = state;
  deadline_ = Clock::now() + time;
  wants_read_ = wants_write_ = false;
}

short HttpConnection::events() const {
  if (wants_write_) return POLLOUT;
  if (wants_read_) return POLLIN;
  return state_ == State::answer ? POLLOUT : POLLIN;
}

HttpConnection::Moved HttpConnection::receive(std::size_t& got, char* to, std::size_t size) {
  if (!tls_) {
    const ssize_t n = ::recv(socket_.get(), to, size, 0);
    if (n > 0) got = static_cast<std::size_t>(n);
    if (n > 0) return Moved::some;
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? Moved::wait : Moved::end;
  }
  ERR_clear_error();
  if (SSL_read_ex(tls_.get(), to, size, &got) == 1) return Moved::some;
  const int why = SSL_get_error(tls_.get(), 0);
  wants_write_ = why == SSL_ERROR_WANT_WRITE;
  return why == SSL_ERROR_WANT_READ || wants_write_ ? Moved::wait : Moved::end;
}

HttpConnection::Moved HttpConnection::send_some(const char* from, std::size_t size, std::size_t& sent) {
  if (!tls_) {
    const ssize_t n = ::send(socket_.get(), from, size, MSG_NOSIGNAL);
    if (n > 0) sent = static_cast<std::size_t>(n);
    if (n > 0) return Moved::some;
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? Moved::wait : Moved::end;
  }
  ERR_clear_error();
  if (SSL_write_ex(tls_.get(), from, size, &sent) == 1) return Moved::some;
  const int why = SSL_get_error(tls_.get(), 0);
  wants_read_ = why == SSL_ERROR_WANT_READ;
  return why == SSL_ERROR_WANT_WRITE || wants_read_ ? Moved::wait : Moved::end;
}

bool HttpConnection::advance(HttpHandler& handler, std::uint64_t memory_left) {
  if (!step(handler, memory_left)) return false;
  while (std::exchange(waiting_input_, false))
    if (!take_input(handler)) return false;
  return true;
}

bool HttpConnection::step(HttpHandler& handler, std::uint64_t memory_left) {
  wants_read_ = wants_write_ = false;
  switch (state_) {
    case State::handshake:
      return shake();
    case State::head:
    case State::body:
      return read_on(handler, memory_left);
    case State::answer:
      return send_on();
    case State::drain:
      return drain();
  }
  return false;
}

bool HttpConnection::shake() {
  ERR_clear_error();
  if (const int done = SSL_accept(tls_.get()); done != 1) {
    const int why = SSL_get_error(tls_.get(), done);
    wants_write_ = why == SSL_ERROR_WANT_WRITE;
    return why == SSL_ERROR_WANT_READ || wants_write_;
  }
  enter(State::head, limits_.head_time);
  return true;
}

bool HttpConnection::read_on(HttpHandler& handler, std::uint64_t memory_left) {
  std::array<char, read_size> block;
  // TLS may hold more than one read takes, of which poll() would not tell.
  do {
    std::size_t got = 0;
    const Moved moved = receive(got, block.data(), block.size());
    if (moved != Moved::some) return moved == Moved::wait;
    if (got > memory_left) return refuse(handler, 503);
    memory_left -= got;
    if (idle()) enter(State::head, limits_.head_time);  // the time between requests is over, the head's begins
    in_.append(block.data(), got);
    if (!take_input(handler)) return false;
  } while (tls_ && SSL_pending(tls_.get()) > 0 && (state_ == State::head || state_ == State::body));
  return true;
}

bool HttpConnection::take_input(HttpHandler& handler) {
  if (state_ == State::head) return take_head(handler);
  return state_ == State::body ? take_body(handler) : true;
}

bool HttpConnection::take_head(HttpHandler& handler) {
  while (in_.starts_with("\r\n")) in_.erase(0, 2);  // RFC 9112, 2.2
  const std::size_t end = in_.find("\r\n\r\n");
  if (std::min(end, in_.size()) > limits_.head) return refuse(handler, 431);
  if (end == std::string::npos) return true;
  auto head = read_http_head(std::string_view(in_).substr(0, end + 4), limits_.headers);
  in_.erase(0, end + 4);
  if (!head) return refuse(handler, std::stoi(head.error().what));
  head_ = std::move(*head);
  head_.request.secure = tls_ != nullptr;
  if (auto early = handler.before_body(head_.request, head_.framing.length))
    return respond(*early, head_.framing.keep && head_.framing.length == 0);
  if (head_.framing.length.value_or(0) > limits_.body) return refuse(handler, 413);
  enter(State::body, limits_.body_time);
  if (head_.framing.expects_continue && in_.empty()) {
    std::size_t sent = 0;
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    if (send_some(go_on.data(), go_on.size(), sent) != Moved::some || sent != go_on.size()) return false;
  }
  return take_body(handler);
}

bool HttpConnection::take_body(HttpHandler& handler) {
  std::string& body = head_.request.body;
  if (head_.framing.length) {
    if (in_.size() < *head_.framing.length) return true;
    body = in_.substr(0, *head_.framing.length);
    in_.erase(0, *head_.framing.length);
  } else {
    const auto last = take_chunks(in_, body, limits_.body);
    if (!last) return refuse(handler, std::stoi(last.error().what));
    if (!*last) return true;
  }
  return respond(handler.answer(head_.request), head_.framing.keep);
}

bool HttpConnection::refuse(HttpHandler& handler, int status) { return respond(handler.refusal(status), false); }

bool HttpConnection::respond(const HttpResponse& response, bool keep) {
  keep_ = keep;
  out_ = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(http_reason(response.status)) + "\r\n";
  for (const auto& [name, value] : response.headers) out_ += name + ": " + value + "\r\n";
  out_ += "Date: " + date_now() + "\r\nContent-Length: " + std::to_string(response.body.size()) + "\r\n";
  out_ += keep_ ? "\r\n" : "Connection: close\r\n\r\n";
  if (head_.request.method != "HEAD") out_ += response.body;
  sent_ = 0;
  head_ = {};
  enter(State::answer, limits_.answer_time);
  return send_on();
}

bool HttpConnection::send_on() {
  while (sent_ < out_.size()) {
    std::size_t sent = 0;
    const Moved moved = send_some(out_.data() + sent_, out_.size() - sent_, sent);
    if (moved != Moved::some) return moved == Moved::wait;
    sent_ += sent;
  }
  std::string().swap(out_);
  if (!keep_) {
    // The other side may still be sending; if the socket were closed now, the answer could be lost with it.
    if (tls_) static_cast<void>(SSL_shutdown(tls_.get()));
    ::shutdown(socket_.get(), SHUT_WR);
    enter(State::drain, std::chrono::seconds(2));
    return true;
  }
  enter(State::head, in_.empty() ? limits_.idle_time : limits_.head_time);
  waiting_input_ = !in_.empty();  // of a client that sends its next request before it has the answer
  return true;
}

bool HttpConnection::drain() {
  std::array<char, read_size> block;
  const ssize_t n = ::recv(socket_.get(), block.data(), block.size(), 0);
  if (n < 0) return errno == EAGAIN || errno == EINTR;
  drained_ += static_cast<std::size_t>(n);
  return n > 0 && drained_ < most_drained;
}

bool HttpConnection::late(HttpHandler& handler) {
  const bool reading = (state_ == State::head && !in_.empty()) || state_ == State::body;
  return reading && refuse(handler, 408);
}

}  // namespace testudo
