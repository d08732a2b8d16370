#include "app/net/http_client.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <thread>

#include "app/net/curl_library.h"
#include "base/text.h"
#include "codec/unpacker.h"

namespace testudo {
namespace {

using std::chrono::seconds;

using Easy = std::unique_ptr<CURL, decltype(CurlLibrary::easy_cleanup)>;
using List = std::unique_ptr<curl_slist, decltype(CurlLibrary::slist_free_all)>;
using Url = std::unique_ptr<CURLU, decltype(CurlLibrary::url_cleanup)>;

constexpr std::size_t max_headers = 200, max_header_octets = 64 * 1024;
constexpr int max_redirections = 5;

struct Incoming {
  HttpReply reply;
  std::uint64_t max_octets = 0;
  std::size_t header_octets = 0;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t size, void* to) {
  auto& in = *static_cast<Incoming*>(to);
  if (size > in.max_octets - in.reply.body.size()) {
    in.too_large = true;
    return 0;
  }
  in.reply.body.append(data, size);
  return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* to) {
  auto& in = *static_cast<Incoming*>(to);
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) {  // of a new response: what a proxy or "100 Continue" said is past
    in.reply.headers.clear();
    in.header_octets = 0;
    return size;
  }
  in.header_octets += size;
  if (in.header_octets > max_header_octets || in.reply.headers.size() >= max_headers) {
    in.too_large = true;
    return 0;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos)
    in.reply.headers.emplace_back(lower_ascii(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
  return size;
}

Error error_of(CURLcode code, const Incoming& in) {
  if (in.too_large) return error(Fault::limit, "net_too_large");
  switch (code) {
    case CURLE_FILESIZE_EXCEEDED:
      return error(Fault::limit, "net_too_large");
    case CURLE_OPERATION_TIMEDOUT:
      return error(Fault::limit, "net_timeout");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return error(Fault::denied, "net_bad_certificate");
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return error(Fault::usage, "net_bad_url");
    default:
      return error(Fault::io, "net_no_connection");
  }
}

// libcurl takes a body whose packed octets end in the middle for a whole one, so that it gets them as they come.
Result<std::string> unpacked(std::string_view packing, std::string body, std::uint64_t most) {
  if (packing.empty() || equals_ignoring_case(packing, "identity")) return body;
  if (!equals_ignoring_case(packing, "gzip") && !equals_ignoring_case(packing, "x-gzip"))
    return error(Fault::unsupported, "net_other_packing");
  auto whole = unpack_all(Packing::gzip, body, most);
  if (whole) return whole;
  const bool large = whole.error().fault == Fault::limit;
  return error(large ? Fault::limit : Fault::io, large ? "net_too_large" : "net_broken_packing");
}

// What libcurl must know of the request. The lists and texts of `ask` outlive the handle.
Result<List> headers_for(const CurlLibrary& curl, const HttpAsk& ask) {
  List list(nullptr, curl.slist_free_all);
  const auto add = [&](const std::string& line) {
    curl_slist* const before = list.release();
    curl_slist* const longer = curl.slist_append(before, line.c_str());
    list.reset(longer != nullptr ? longer : before);
    return longer != nullptr;
  };
  for (const auto& [name, value] : ask.headers) {
    if (value.find_first_of("\r\n") != std::string::npos) return error(Fault::usage, "net_bad_url");
    if (!add(name + ": " + value)) return error(Fault::io, "net_no_connection");
  }
  if (!add("Accept-Encoding: gzip")) return error(Fault::io, "net_no_connection");
  if (!ask.token.empty() && !add("Authorization: Bearer " + ask.token)) return error(Fault::io, "net_no_connection");
  return list;
}

void set_limits(const CurlLibrary& curl, CURL* easy, const HttpAsk& ask) {
  curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl.easy_setopt(easy, CURLOPT_TIMEOUT, static_cast<long>(ask.patience.count()));
  curl.easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, 20L);
  curl.easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 16L);  // octets a second
  curl.easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, 60L);
  // What says beforehand that it is too large is not begun.
  curl.easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(ask.max_octets));
  curl.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, ask.https_only ? "https" : "http,https");
  curl.easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl.easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl.easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!ask.ca_file.empty()) curl.easy_setopt(easy, CURLOPT_CAINFO, ask.ca_file.c_str());
  curl.easy_setopt(easy, CURLOPT_USERAGENT, "testudo/" TESTUDO_VERSION);
}

void set_request(const CurlLibrary& curl, CURL* easy, const HttpAsk& ask, const std::string& url, curl_slist* headers) {
  curl.easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl.easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  if (!ask.user.empty()) {
    curl.easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl.easy_setopt(easy, CURLOPT_USERNAME, ask.user.c_str());
    curl.easy_setopt(easy, CURLOPT_PASSWORD, ask.password.c_str());
  }
  if (ask.method == "GET") return;
  curl.easy_setopt(easy, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
  if (ask.method != "POST") return;
  curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(ask.body.size()));
  curl.easy_setopt(easy, CURLOPT_POSTFIELDS, ask.body.data());
}

Result<HttpReply> once(const CurlLibrary& curl, const HttpAsk& ask, const std::string& url) {
  const Easy easy(curl.easy_init(), curl.easy_cleanup);
  if (!easy) return error(Fault::io, "net_no_connection");
  const List headers = TRY(headers_for(curl, ask));
  Incoming in{.max_octets = ask.max_octets};
  set_limits(curl, easy.get(), ask);
  set_request(curl, easy.get(), ask, url, headers.get());
  curl.easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &take_body);
  curl.easy_setopt(easy.get(), CURLOPT_WRITEDATA, &in);
  curl.easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, &take_header);
  curl.easy_setopt(easy.get(), CURLOPT_HEADERDATA, &in);
  const CURLcode code = curl.easy_perform(easy.get());
  if (code != CURLE_OK) return error_of(code, in);
  curl.easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &in.reply.status);
  in.reply.url = url;
  if (in.reply.body.empty()) return std::move(in.reply);
  in.reply.body =
      TRY(unpacked(header_of(in.reply.headers, "content-encoding"), std::move(in.reply.body), ask.max_octets));
  return std::move(in.reply);
}

bool redirects(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool may_follow(const HttpAsk& ask, const std::string& from, const std::string& to) {
  const std::string there = origin_of(to), here = origin_of(from);
  if (there.empty()) return false;
  if (there == here) return true;
  return ask.other_hosts && (there.starts_with("https://") || !here.starts_with("https://"));
}

Result<HttpReply> follow(const CurlLibrary& curl, const HttpAsk& ask) {
  std::string url = ask.url;
  for (int step = 0; step <= max_redirections; ++step) {
    HttpReply reply = TRY(once(curl, ask, url));
    const std::string_view location = header_of(reply.headers, "location");
    if (ask.method != "GET" || !redirects(reply.status) || location.empty()) return reply;
    std::string next = resolve_url(url, location);
    if (!may_follow(ask, url, next)) return error(Fault::denied, "net_other_host");
    url = std::move(next);
  }
  return error(Fault::limit, "net_redirects");
}

// Seconds; the date form of Retry-After (RFC 9110, 10.2.3) is read by libcurl.
seconds wait_of(const CurlLibrary& curl, std::string_view retry_after, unsigned attempt) {
  const seconds grown{1LL << std::min(attempt, 10U)};
  if (retry_after.empty()) return grown;
  std::int64_t count = 0;
  const auto [end, fault] = std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), count);
  if (fault == std::errc() && end == retry_after.data() + retry_after.size())
    return seconds(std::clamp<std::int64_t>(count, 0, 1 << 30));
  const time_t at = curl.getdate(std::string(retry_after).c_str(), nullptr);
  return at < 0 ? grown : seconds(std::clamp<std::int64_t>(at - ::time(nullptr), 0, 1 << 30));
}

bool again(const HttpAsk& ask, const Result<HttpReply>& reply) {
  const bool harmless = ask.method == "GET";
  if (!reply) return harmless && (reply.error().what == "net_no_connection" || reply.error().what == "net_timeout");
  if (reply->status == 429 || reply->status == 503) return true;
  return harmless && (reply->status == 408 || reply->status == 500 || reply->status == 502 || reply->status == 504);
}

}  // namespace

std::string_view header_of(const HttpHeaders& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (equals_ignoring_case(key, name)) return value;
  return {};
}

Result<HttpReply> http_fetch(const HttpAsk& ask) {
  const CurlLibrary* const curl = curl_library();
  if (curl == nullptr) return error(Fault::not_found, "net_no_library");
  if (origin_of(ask.url).empty()) return error(Fault::usage, "net_bad_url");
  for (unsigned attempt = 0;; ++attempt) {
    auto reply = follow(*curl, ask);
    if (!again(ask, reply) || attempt + 1 >= ask.attempts) return reply;
    const seconds wait = wait_of(*curl, reply ? header_of(reply->headers, "retry-after") : "", attempt);
    if (wait > ask.longest_wait) return error(Fault::limit, "net_busy");
    std::this_thread::sleep_for(wait);
  }
}

std::string origin_of(std::string_view url) {
  const CurlLibrary* const curl = curl_library();
  if (curl == nullptr) return {};
  const Url parsed(curl->url(), curl->url_cleanup);
  const auto part = [&](CURLUPart which, unsigned flags) {
    char* text = nullptr;
    if (curl->url_get(parsed.get(), which, &text, flags) != CURLUE_OK || text == nullptr) return std::string();
    std::string copy = lower_ascii(text);
    curl->free(text);
    return copy;
  };
  if (!parsed || curl->url_set(parsed.get(), CURLUPART_URL, std::string(url).c_str(), 0) != CURLUE_OK) return {};
  const std::string scheme = part(CURLUPART_SCHEME, 0);
  if ((scheme != "http" && scheme != "https") || !part(CURLUPART_USER, 0).empty()) return {};
  return scheme + "://" + part(CURLUPART_HOST, 0) + ":" + part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string resolve_url(std::string_view base, std::string_view reference) {
  const CurlLibrary* const curl = curl_library();
  if (curl == nullptr) return {};
  const Url parsed(curl->url(), curl->url_cleanup);
  if (!parsed || curl->url_set(parsed.get(), CURLUPART_URL, std::string(base).c_str(), 0) != CURLUE_OK) return {};
  if (curl->url_set(parsed.get(), CURLUPART_URL, std::string(reference).c_str(), 0) != CURLUE_OK) return {};
  char* text = nullptr;
  if (curl->url_get(parsed.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) return {};
  std::string url(text);
  curl->free(text);
  return origin_of(url).empty() ? std::string() : url;
}

std::string url_component(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += digits[octet >> 4];
      out += digits[octet & 15];
    }
  }
  return out;
}

}  // namespace testudo
