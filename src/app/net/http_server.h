// A small HTTP/1.1 server, with or without TLS, in one thread: it waits for all connections at once and answers one
// request at a time. Everybody who connects is taken for hostile: every state has a deadline for the whole of it, not
// for the next octet, and what all connections hold in memory together is bounded. Floor 7.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/net/http_head.h"

namespace testudo {

struct HttpLimits {
  std::size_t head = 16U << 10, headers = 100, connections = 256;
  std::uint64_t body = 10U << 20;
  std::uint64_t memory = 256U << 20;  // of all connections together
  // For a TLS handshake or a head; for a body; for an answer; between two requests.
  std::chrono::seconds head_time{15}, body_time{120}, answer_time{120}, idle_time{30};
};

// The server's certificate chain and key, PEM.
struct TlsFiles {
  std::string certificate, key;
};

class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // An answer before the body is read; then the connection ends. `length`: of the body, where the head says it.
  virtual std::optional<HttpResponse> before_body(const HttpRequest& request, std::optional<std::uint64_t> length) = 0;
  virtual HttpResponse answer(const HttpRequest& request) = 0;
  // What is said where the request could not be read: 400, 408, 413, 431, 501, 503, 505.
  virtual HttpResponse refusal(int status) = 0;
};

class HttpServer {
 public:
  // `address` is numeric; port 0 takes a free one. Errors: "net_bad_address", "net_address_in_use",
  // "net_bad_certificate_files".
  static Result<HttpServer> open(const std::string& address, std::uint16_t port, const std::optional<TlsFiles>& tls,
                                 const HttpLimits& limits);
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) = delete;
  ~HttpServer();

  std::uint16_t port() const;
  // Until `stop` can be read. What is being answered then is finished, for a second at most.
  Result<void> run(HttpHandler& handler, int stop);

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace testudo
