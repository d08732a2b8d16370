// Which endpoint, who, and what may be refused without looking at the body. Paths: TAXII 2.1, 1.6.5; status codes: 3.6.
#include "intel/taxii/service.h"

#include <algorithm>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/taxii/filter.h"
#include "intel/taxii/media_type.h"

namespace testudo {
namespace {

TaxiiResponse refused(int status, std::string_view title, std::string_view description) {
  return TaxiiService::failure(status, title, description);
}

// Whether a body in these content codings is the body itself (RFC 9110, 8.4).
bool is_plain(std::string_view codings) {
  return std::ranges::all_of(split(codings, ','), [](std::string_view coding) {
    return trim(coding).empty() || equals_ignoring_case(trim(coding), "identity");
  });
}

TaxiiResponse who_are_you() {
  TaxiiResponse response = refused(401, "Unauthorized", "This server answers its users alone.");
  response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"TAXII\", charset=\"UTF-8\"");
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"TAXII\"");
  return response;
}

// Also of an Error that is not the client's: the reason stays here.
TaxiiResponse broken(const Error& e) {
  if (e.fault == Fault::usage) return refused(400, "Bad request", e.what);
  if (e.what == "intel_store_busy") {
    TaxiiResponse response = refused(503, "Busy", "Another program is writing. Ask again.");
    response.headers.emplace_back("Retry-After", "2");
    return response;
  }
  return refused(500, "Server error", "The server could not do it.");
}

}  // namespace

std::optional<std::string_view> TaxiiRequest::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (equals_ignoring_case(key, name)) return value;
  return std::nullopt;
}

TaxiiResponse TaxiiService::failure(int status, std::string_view title, std::string_view description) {
  TaxiiResponse response{status, {{"Content-Type", std::string(taxii_media_type)}}, {}};
  JsonText json(response.body);
  json.object().key("title").string(title).key("description").string(description);
  json.key("http_status").string(std::to_string(status)).end();
  return response;
}

std::optional<TaxiiService::Route> TaxiiService::route_of(std::string_view path) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(path, '/')) {
    const auto decoded = percent_decoded(part);
    if (!decoded || decoded->find('/') != std::string::npos || !is_utf8(*decoded)) return std::nullopt;
    parts.push_back(*decoded);
  }
  if (parts.size() < 2 || !parts.front().empty()) return std::nullopt;
  parts.erase(parts.begin());
  if (parts.size() > 1 && parts.back().empty()) parts.pop_back();  // with and without the slash at the end
  if (std::ranges::any_of(parts, [](const std::string& part) { return part.empty(); })) return std::nullopt;
  const std::size_t n = parts.size();
  if (n == 1 && parts[0] == "taxii2") return Route{Endpoint::discovery, {}, {}};
  if (parts[0] != root) return std::nullopt;
  if (n == 1) return Route{Endpoint::root, {}, {}};
  if (n == 3 && parts[1] == "status") return Route{Endpoint::status, {}, parts[2]};
  if (parts[1] != "collections") return std::nullopt;
  if (n == 2) return Route{Endpoint::collections, {}, {}};
  if (n == 3) return Route{Endpoint::collection, parts[2], {}};
  if (n == 4 && parts[3] == "manifest") return Route{Endpoint::manifest, parts[2], {}};
  if (parts[3] != "objects") return std::nullopt;
  if (n == 4) return Route{Endpoint::objects, parts[2], {}};
  if (n == 5) return Route{Endpoint::object, parts[2], parts[4]};
  if (n == 6 && parts[5] == "versions") return Route{Endpoint::versions, parts[2], parts[4]};
  return std::nullopt;
}

TaxiiRights TaxiiService::limited(TaxiiRights rights, const TaxiiCollection& collection) const {
  // What is filled from the intelligence store has no other writer; and nobody writes namelessly.
  if (!collection.audience.empty() || !settings_.users) rights.write = false;
  return rights;
}

Result<std::optional<TaxiiResponse>> TaxiiService::check_collection(const TaxiiRequest& request, Checked& checked) {
  using Refusal = std::optional<TaxiiResponse>;
  const auto found = TRY(store_.collection_named(checked.route.collection));
  if (!found) return Refusal(refused(404, "Not found", "There is no such collection."));
  checked.collection = *found;
  checked.rights = limited(TRY(store_.rights(found->id, request.user)), *found);
  const bool nothing = !checked.rights.read && !checked.rights.write;
  // A name can be guessed, an id cannot: who may do nothing does not learn that the name exists.
  if (nothing && checked.route.collection != found->id)
    return Refusal(refused(404, "Not found", "There is no such collection."));
  const Endpoint endpoint = checked.route.endpoint;
  const bool writes = request.method == "POST";
  const bool deletes = request.method == "DELETE";
  const bool may = endpoint == Endpoint::collection ? !nothing
                   : writes                         ? checked.rights.write
                   : deletes                        ? checked.rights.read && checked.rights.write
                                                    : checked.rights.read;
  if (!may) return Refusal(refused(403, "Forbidden", "You may not do this with this collection."));
  return Refusal();
}

Result<TaxiiService::Verdict> TaxiiService::check(const TaxiiRequest& request, std::optional<std::uint64_t> length) {
  Verdict verdict;
  const auto refuse = [&](TaxiiResponse response) {
    verdict.refusal = std::move(response);
    return std::move(verdict);
  };
  if (settings_.users && !request.user) return refuse(who_are_you());
  const auto route = route_of(request.path);
  if (!route) return refuse(refused(404, "Not found", "There is no such resource."));
  verdict.checked.route = *route;
  const std::string_view second = route->endpoint == Endpoint::objects  ? "POST"
                                  : route->endpoint == Endpoint::object ? "DELETE"
                                                                        : "GET";
  // HEAD is GET without the body, which the connection leaves out (RFC 9110, 9.1: every server has both).
  if (request.method != "GET" && request.method != "HEAD" && request.method != second) {
    TaxiiResponse response = refused(405, "Method not allowed", "This resource has no such method.");
    response.headers.emplace_back("Allow", second == "GET" ? "GET, HEAD" : "GET, HEAD, " + std::string(second));
    return refuse(std::move(response));
  }
  if (!accepts_taxii(request.header("accept").value_or("")))
    return refuse(refused(406, "Not acceptable", "This server speaks application/taxii+json;version=2.1."));
  if (!route->collection.empty())
    if (auto refusal = TRY(check_collection(request, verdict.checked))) return refuse(std::move(*refusal));
  if (request.method != "POST") return verdict;
  if (!is_taxii_content(request.header("content-type").value_or("")))
    return refuse(refused(415, "Unsupported media type", "Send application/taxii+json;version=2.1."));
  if (!is_plain(request.header("content-encoding").value_or(""))) {
    TaxiiResponse response = refused(415, "Unsupported media type", "Send the body without a content coding.");
    response.headers.emplace_back("Accept-Encoding", "identity");  // RFC 9110, 12.5.3
    return refuse(std::move(response));
  }
  if (length.value_or(0) > settings_.max_content_length)
    return refuse(refused(413, "Too large", "The body is longer than the API root's max_content_length."));
  return verdict;
}

std::optional<TaxiiResponse> TaxiiService::refuse_early(const TaxiiRequest& request,
                                                        std::optional<std::uint64_t> length) {
  auto verdict = check(request, length);
  return verdict ? std::move(verdict->refusal) : std::optional(broken(verdict.error()));
}

TaxiiResponse TaxiiService::answer(const TaxiiRequest& request) {
  auto verdict = check(request, request.body.size());
  if (!verdict) return broken(verdict.error());
  if (verdict->refusal) return std::move(*verdict->refusal);
  auto response = dispatch(request, verdict->checked);
  if (!response) return broken(response.error());
  if (std::ranges::none_of(response->headers, [](const auto& h) { return h.first == "Content-Type"; }))
    response->headers.emplace_back("Content-Type", taxii_media_type);
  return std::move(*response);
}

Result<TaxiiResponse> TaxiiService::dispatch(const TaxiiRequest& request, const Checked& checked) {
  switch (checked.route.endpoint) {
    case Endpoint::discovery:
      return discovery(request);
    case Endpoint::root:
      return root_information();
    case Endpoint::status:
      return status(request, checked);
    case Endpoint::collections:
      return collections(request);
    case Endpoint::collection:
      return collection(checked);
    case Endpoint::objects:
      if (request.method == "POST") return add(request, checked);
      break;
    case Endpoint::object:
      if (request.method == "DELETE") return remove(request, checked);
      break;
    default:
      break;
  }
  return listing(request, checked);
}

}  // namespace testudo
