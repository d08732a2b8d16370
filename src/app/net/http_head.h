// The head of an HTTP/1.1 request: read strictly, because where two readers disagree one request can hide another.
// Floor 7. Sources: RFC 9110; RFC 9112, 3, 5, 6 and 11.2 (request smuggling).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/net/http_client.h"

namespace testudo {

struct HttpRequest {
  std::string method, path, query;  // as sent; the query without '?'
  HttpHeaders headers;              // names in lower case
  std::string host;                 // of the Host header, or of the target where that is absolute
  std::string body;
  bool secure = false;  // came through TLS
};

struct HttpResponse {
  int status = 200;
  HttpHeaders headers;
  std::string body;
};

// How the body follows the head, and what becomes of the connection.
struct HttpFraming {
  std::optional<std::uint64_t> length;  // nothing: in chunks
  bool keep = true, expects_continue = false;
};

struct HttpHead {
  HttpRequest request;
  HttpFraming framing;
};

// `head` ends with the empty line. The Error's text is the status to answer with: "400", "431", "501", "505".
Result<HttpHead> read_http_head(std::string_view head, std::size_t most_headers = 100);

// Takes chunks out of `in` and appends their content to `body`. True at the end of the last; false: more is needed.
// An Error ("400", or "413" for more than `limit` octets) ends the connection.
Result<bool> take_chunks(std::string& in, std::string& body, std::uint64_t limit);

std::string_view http_reason(int status);

}  // namespace testudo
