#include "app/net/http_head.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::string_view line_end = "\r\n";

Error refused(std::string_view status) { return error(Fault::malformed, status); }

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_visible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

bool is_value(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet == '\t' || (octet >= 0x20 && octet != 0x7F);
  });
}

std::optional<std::uint64_t> number_of(std::string_view text, int base) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<void> read_target(std::string_view target, HttpRequest& request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t slash = std::min(target.find('/', scheme.size()), target.size());
    request.host = target.substr(scheme.size(), slash - scheme.size());
    target.remove_prefix(slash);
    break;
  }
  if (!target.starts_with('/')) return refused("400");
  const std::size_t question = std::min(target.find('?'), target.size());
  request.path = target.substr(0, question);
  request.query = target.substr(std::min(question + 1, target.size()));
  return {};
}

Result<bool> read_request_line(std::string_view line, HttpRequest& request) {
  const auto words = split(line, ' ');
  if (words.size() != 3 || !is_token(words[0]) || words[0].size() > 16 || !is_visible(words[1])) return refused("400");
  if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") return refused(words[2].starts_with("HTTP/") ? "505" : "400");
  request.method = words[0];
  TRY(read_target(words[1], request));
  return words[2] == "HTTP/1.1";
}

Result<void> read_headers(std::string_view text, std::size_t most, HttpRequest& request) {
  while (!text.empty()) {
    const std::size_t end = text.find(line_end);
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + line_end.size());
    if (line.empty()) return text.empty() ? Result<void>() : refused("400");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) || !is_value(line)) return refused("400");
    if (request.headers.size() == most) return refused("431");
    request.headers.emplace_back(lower_ascii(line.substr(0, colon)), trim(line.substr(colon + 1)));
  }
  return refused("400");
}

std::size_t count_of(const HttpHeaders& headers, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count(headers, name, [](const auto& h) { return h.first; }));
}

Result<HttpFraming> framing_of(const HttpRequest& request, bool modern) {
  HttpFraming framing{.length = 0};
  const HttpHeaders& headers = request.headers;
  const std::size_t lengths = count_of(headers, "content-length");
  const std::size_t codings = count_of(headers, "transfer-encoding");
  if (lengths > 1 || codings > 1 || (lengths == 1 && codings == 1)) return refused("400");
  if (lengths == 1) {
    const std::string_view text = header_of(headers, "content-length");
    framing.length = number_of(text, 10);
    if (!framing.length || text.front() == '+' || text.size() > 18) return refused("400");
  }
  if (codings == 1) {
    if (!modern || !equals_ignoring_case(header_of(headers, "transfer-encoding"), "chunked")) return refused("501");
    framing.length.reset();
  }
  const std::string connection = lower_ascii(header_of(headers, "connection"));
  framing.keep = modern && connection.find("close") == std::string::npos;
  framing.expects_continue = equals_ignoring_case(header_of(headers, "expect"), "100-continue");
  return framing;
}

}  // namespace

Result<HttpHead> read_http_head(std::string_view head, std::size_t most_headers) {
  const std::size_t end = head.find(line_end);
  if (end == std::string_view::npos) return refused("400");
  HttpHead read;
  const bool modern = TRY(read_request_line(head.substr(0, end), read.request));
  TRY(read_headers(head.substr(end + line_end.size()), most_headers, read.request));
  const std::size_t hosts = count_of(read.request.headers, "host");
  if (hosts > 1 || (hosts == 0 && modern)) return refused("400");
  if (read.request.host.empty()) read.request.host = header_of(read.request.headers, "host");
  read.framing = TRY(framing_of(read.request, modern));
  return read;
}

Result<bool> take_chunks(std::string& in, std::string& body, std::uint64_t limit) {
  std::size_t at = 0;
  bool last = false;
  for (;;) {
    const std::size_t end = in.find(line_end, at);
    if (end == std::string::npos) {
      if (in.size() - at > 4096) return refused("400");
      break;
    }
    std::string_view line(in.data() + at, end - at);
    line = line.substr(0, line.find(';'));
    const auto size = line.size() <= 16 ? number_of(trim(line), 16) : std::nullopt;
    if (!size) return refused("400");
    if (*size > limit || body.size() > limit - *size) return refused("413");
    const std::size_t content = end + line_end.size();
    if (*size == 0) {  // trailers are not used: none, or the connection ends
      if (in.size() - content < line_end.size()) break;
      if (in.compare(content, line_end.size(), line_end) != 0) return refused("400");
      at = content + line_end.size();
      last = true;
      break;
    }
    if (in.size() - content < *size + line_end.size()) break;
    body.append(in, content, *size);
    if (in.compare(content + *size, line_end.size(), line_end) != 0) return refused("400");
    at = content + *size + line_end.size();
  }
  in.erase(0, at);
  return last;
}

std::string_view http_reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return status < 400 ? "OK" : status < 500 ? "Bad Request" : "Internal Server Error";
  }
}

}  // namespace testudo
