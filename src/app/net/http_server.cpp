#include "app/net/http_server.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <list>
#include <vector>

#include "app/net/http_connection.h"

namespace testudo {
namespace {

using Clock = HttpConnection::Clock;

struct ContextClose {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, ContextClose>;

Result<Context> tls_context(const TlsFiles& files) {
  const Error bad = error(Fault::usage, "net_bad_certificate_files");
  Context context(SSL_CTX_new(TLS_server_method()));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) return bad;
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1)
    return bad;
  return context;
}

struct AddressClose {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

Result<Descriptor> listen_on(const std::string& address, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
    return error(Fault::usage, "net_bad_address");
  const std::unique_ptr<addrinfo, AddressClose> list(found);
  Descriptor socket(::socket(list->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (!socket.valid() || ::bind(socket.get(), list->ai_addr, list->ai_addrlen) != 0 || ::listen(socket.get(), 128) != 0)
    return error(Fault::denied, errno == EADDRINUSE ? "net_address_in_use" : "net_bad_address");
  return socket;
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port
                                             : reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

}  // namespace

struct HttpServer::State {
  Descriptor listener;
  Context context;
  HttpLimits limits;
  std::list<HttpConnection> connections;

  void accept_all();
  std::uint64_t memory_left() const;
  int wait(std::vector<pollfd>& polled, int stop);
  void serve(const std::vector<pollfd>& polled, HttpHandler& handler);
};

void HttpServer::State::accept_all() {
  for (;;) {
    Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!socket.valid()) return;
    if (connections.size() >= limits.connections) {
      // The oldest that has asked for nothing yet makes room; if none does, the newcomer is turned away.
      const auto least = std::ranges::min_element(connections, {}, &HttpConnection::due);
      if (least->due() == HttpConnection::Due::answer) continue;
      connections.erase(least);
    }
    SSL* tls = nullptr;
    if (context) {
      tls = SSL_new(context.get());
      if (tls == nullptr) return;
      SSL_set_fd(tls, socket.get());
    }
    connections.emplace_back(std::move(socket), tls, limits);
  }
}

std::uint64_t HttpServer::State::memory_left() const {
  std::uint64_t held = 0;
  for (const HttpConnection& connection : connections) held += connection.memory();
  return held > limits.memory ? 0 : limits.memory - held;
}

// Milliseconds until the first deadline, a second at most.
int HttpServer::State::wait(std::vector<pollfd>& polled, int stop) {
  polled = {{stop, POLLIN, 0}, {listener.get(), POLLIN, 0}};
  auto first = Clock::now() + std::chrono::seconds(1);
  for (const HttpConnection& connection : connections) {
    polled.push_back({connection.descriptor(), connection.events(), 0});
    first = std::min(first, connection.deadline());
  }
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(first - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0)) + 1;
}

void HttpServer::State::serve(const std::vector<pollfd>& polled, HttpHandler& handler) {
  std::size_t i = 2;
  for (auto it = connections.begin(); it != connections.end() && i < polled.size(); ++i) {
    bool lives = true;
    if (polled[i].revents != 0) lives = it->advance(handler, memory_left());
    if (lives && Clock::now() >= it->deadline()) lives = it->late(handler);
    it = lives ? std::next(it) : connections.erase(it);
  }
}

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

Result<HttpServer> HttpServer::open(const std::string& address, std::uint16_t port, const std::optional<TlsFiles>& tls,
                                    const HttpLimits& limits) {
  auto state = std::make_unique<State>();
  state->limits = limits;
  if (tls) state->context = TRY(tls_context(*tls));
  state->listener = TRY(listen_on(address, port));
  return HttpServer(std::move(state));
}

std::uint16_t HttpServer::port() const { return port_of(state_->listener.get()); }

Result<void> HttpServer::run(HttpHandler& handler, int stop) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  std::vector<pollfd> polled;
  std::optional<Clock::time_point> end;
  for (;;) {
    const int milliseconds = state_->wait(polled, end ? -1 : stop);
    if (end) polled[1].fd = -1;
    if (::poll(polled.data(), polled.size(), milliseconds) < 0 && errno != EINTR)
      return error(Fault::io, "net_no_connection");
    state_->serve(polled, handler);
    if ((polled[1].revents & POLLIN) != 0) state_->accept_all();
    if (!end && polled[0].revents != 0) end = Clock::now() + std::chrono::seconds(1);
    if (end && (Clock::now() >= *end || std::ranges::none_of(state_->connections, &HttpConnection::answering)))
      return {};
  }
}

}  // namespace testudo
