// testudo intel taxii serve: the collections, over HTTP.
#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "app/net/http_server.h"
#include "app/taxii/publish.h"
#include "app/taxii/verbs.h"
#include "app/worker/taxii.h"
#include "base/text.h"
#include "intel/taxii/service.h"
#include "intel/taxii/users.h"

namespace testudo {
namespace {

constexpr std::uint64_t largest_users_file = 4U << 20;

struct Arguments {
  std::string listen = "127.0.0.1:6100", certificate, key, users, base_url, title, contact;
  std::uint64_t max_body = 10U << 20;
  bool insecure = false, quiet = false;
};

struct Address {
  std::string host;
  std::uint16_t port = 0;
  bool loopback() const { return host == "::1" || host.starts_with("127."); }
  std::string shown() const { return host.find(':') == std::string::npos ? host : "[" + host + "]"; }
};

// "127.0.0.1:6100", "[::1]:0", "localhost:80".
Result<Address> read_address(std::string_view text) {
  const Error bad = error(Fault::usage, "net_bad_address");
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad;
  Address address;
  std::string_view host = text.substr(0, colon), port = text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  address.host = host == "localhost" ? "127.0.0.1" : std::string(host);
  const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (host.empty() || port.empty() || fault != std::errc() || end != port.data() + port.size()) return bad;
  return address;
}

// What may stand in a Host header that is repeated in our answers.
bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:[]_").find(c) != std::string_view::npos;
  });
}

// Whether a Host header, with or without port, is this machine's own name for itself.
bool is_own_host(std::string_view host) {
  if (host.starts_with('[')) return host.starts_with("[::1]");
  host = host.substr(0, host.find(':'));
  return host == "localhost" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

// Wrong passwords cost time to look at; so that nobody can take all of it, only so many are looked at in a while.
class Attempts {
 public:
  bool may_try() {
    const auto now = std::chrono::steady_clock::now();
    if (now - since_ > std::chrono::seconds(10)) {
      since_ = now;
      failed_ = 0;
    }
    return failed_ < 10;
  }
  void failed() { ++failed_; }

 private:
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
  int failed_ = 0;
};

class TaxiiHandler : public HttpHandler {
 public:
  // `own_host_alone`: a web page whose name was made to lead to this machine gets no answer.
  TaxiiHandler(TaxiiService& service, std::optional<TaxiiUsers> users, TaxiiStores& stores, AskEnded ended,
               std::string base, bool own_host_alone)
      : service_(service),
        users_(std::move(users)),
        stores_(stores),
        ended_(std::move(ended)),
        base_(std::move(base)),
        own_host_alone_(own_host_alone) {}

  std::optional<HttpResponse> before_body(const HttpRequest& request, std::optional<std::uint64_t> length) override {
    if (own_host_alone_ && !is_own_host(request.host)) return refusal(421);
    asked_ = asked_of(request);
    if (busy_) return busy();
    auto refusal = service_.refuse_early(asked_, length);
    if (refusal) return answered(std::move(*refusal));
    return std::nullopt;
  }
  HttpResponse answer(const HttpRequest& request) override {
    asked_ = asked_of(request);
    if (busy_) return busy();
    refresh();
    asked_.body = request.body;
    return answered(service_.answer(asked_));
  }
  HttpResponse refusal(int status) override {
    return answered(TaxiiService::failure(status, http_reason(status), "The request could not be read."));
  }

 private:
  static HttpResponse answered(TaxiiResponse response) {
    return {response.status, std::move(response.headers), std::move(response.body)};
  }
  HttpResponse busy() {
    HttpResponse response = refusal(429);
    response.headers.emplace_back("Retry-After", "10");
    return response;
  }
  TaxiiRequest asked_of(const HttpRequest& request) {
    TaxiiRequest asked{request.method, request.path, request.query, request.headers, {}, {}, base_};
    if (base_.empty() && is_host(request.host)) asked.base = (request.secure ? "https://" : "http://") + request.host;
    busy_ = false;
    const auto credentials = asked.header("authorization");
    if (!users_ || !credentials) return asked;
    busy_ = !attempts_.may_try() && !users_->remembers(*credentials);
    if (!busy_) asked.user = users_->identify(*credentials);
    if (!busy_ && !asked.user) attempts_.failed();
    return asked;
  }
  // What another process put into the store meanwhile is shown from then on.
  void refresh() {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ < std::chrono::seconds(2)) return;
    looked_ = now;
    const auto published = publish_store(stores_.intel, stores_.taxii, ended_);
    static_cast<void>(published);  // a store that is being written is looked at again later
  }

  TaxiiService& service_;
  std::optional<TaxiiUsers> users_;
  TaxiiStores& stores_;
  AskEnded ended_;
  std::string base_;
  bool own_host_alone_;
  TaxiiRequest asked_;
  Attempts attempts_;
  bool busy_ = false;
  std::chrono::steady_clock::time_point looked_ = std::chrono::steady_clock::now();
};

// Readable when the program is asked to end.
Result<Descriptor> stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  Descriptor stop(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!stop.valid()) return error(Fault::io, "no signals");
  return stop;
}

bool is_readable(int fd) {
  pollfd one{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, 0) > 0;
}

Result<std::optional<TaxiiUsers>> users_of(const Arguments& a) {
  if (a.users.empty()) return std::optional<TaxiiUsers>();
  const Descriptor file = TRY(open_named(a.users));
  return std::optional(TRY(TaxiiUsers::read(TRY(read_all(file.get(), largest_users_file)))));
}

Result<void> check_safety(const Arguments& a, const Address& address) {
  if (a.certificate.empty() != a.key.empty()) return error(Fault::usage, "taxii_tls_pair");
  if (address.loopback() || a.insecure) return {};
  if (a.certificate.empty()) return error(Fault::usage, "taxii_needs_tls");
  return a.users.empty() ? Result<void>(error(Fault::usage, "taxii_needs_users")) : Result<void>();
}

Result<int> serve(const Arguments& a, const IntelCall& call) {
  const Address address = TRY(read_address(a.listen));
  TRY(check_safety(a, address));
  std::optional<TaxiiUsers> users = TRY(users_of(a));
  const Descriptor stop = TRY(stop_signals());
  TaxiiStores stores = TRY(open_taxii_stores(call, IntelStore::Mode::read));
  TRY(make_default_collection(stores.taxii));
  const AskEnded ended = [&stop] { return is_readable(stop.get()); };
  const auto published = publish_store(stores.intel, stores.taxii, ended);
  if (!published) return published.error().what == "ended" ? Result<int>(exit_done) : published.error();
  TaxiiSettings settings{.contact = a.contact, .users = users.has_value(), .max_content_length = a.max_body};
  if (!a.title.empty()) settings.title = a.title;
  settings.read_posted = [&call](std::string_view body) -> Result<std::vector<PostedObject>> {
    return TRY(read_envelope_apart(call.zygote, body, EnvelopeUse::posted)).objects;
  };
  TaxiiService service(stores.taxii, std::move(settings));
  std::optional<TlsFiles> tls;
  if (!a.certificate.empty()) tls = TlsFiles{a.certificate, a.key};
  HttpServer server =
      TRY(HttpServer::open(address.host, address.port, tls,
                           {.body = a.max_body, .memory = std::max<std::uint64_t>(256U << 20, 8 * a.max_body)}));
  const std::string base = (tls ? "https://" : "http://") + address.shown() + ":" + std::to_string(server.port());
  if (!a.quiet) call.print("taxii.serve.listening", {{"url", base + "/taxii2/"}});
  std::fflush(stdout);
  const bool own_host_alone = !users && address.loopback() && a.base_url.empty();
  TaxiiHandler handler(service, std::move(users), stores, ended, a.base_url, own_host_alone);
  TRY(server.run(handler, stop.get()));
  return exit_done;
}

}  // namespace

void add_taxii_serve(IntelVerb& taxii) {
  auto a = std::make_shared<Arguments>();
  Verb sub = taxii.add("serve", a, serve);
  sub.option("--listen", a->listen);
  sub.option("--tls-cert", a->certificate);
  sub.option("--tls-key", a->key);
  sub.option("--users", a->users);
  sub.option("--max-body", a->max_body).range(1024UL, 1UL << 30);
  sub.option("--base-url", a->base_url);
  sub.option("--title", a->title);
  sub.option("--contact", a->contact);
  sub.flag("--insecure", a->insecure);
  sub.flag("--quiet", a->quiet);
}

}  // namespace testudo
