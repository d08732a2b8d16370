// The small resources (discovery, roots, collections, status) are parsed in this process, with limits; pages of objects
// by a worker.
#include "app/taxii/client.h"

#include <algorithm>
#include <set>
#include <thread>

#include <simdjson.h>

#include "app/worker/taxii.h"
#include "base/hash.h"
#include "base/text.h"
#include "intel/feed/json_fields.h"
#include "intel/taxii/media_type.h"
#include "intel/taxii/message.h"

namespace testudo {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t largest_resource = 4U << 20, deepest = 32, most_roots = 32, most_collections = 10000;
constexpr std::uint64_t most_pages = 1000000, largest_page = 256U << 20;
constexpr std::uint64_t usual_body = 8U << 20;
constexpr int most_polls = 60, most_empty_pages = 100;
constexpr std::size_t most_named = 20;  // objects that a push names
constexpr std::string_view envelope_begin = "{\"objects\":[", envelope_end = "]}";

struct Resource {
  simdjson::dom::parser parser;
  simdjson::padded_string text;
  object root;
};

Result<void> read_resource(std::string_view body, Resource& resource) {
  const Error foreign = error(Fault::malformed, "taxii_not_taxii");
  if (body.size() > largest_resource || resource.parser.allocate(1024, deepest) != simdjson::SUCCESS) return foreign;
  resource.text = simdjson::padded_string(body);
  if (resource.parser.parse(resource.text).get(resource.root) != simdjson::SUCCESS) return foreign;
  return {};
}

std::string with_slash(std::string url) {
  url.resize(std::min(url.find_first_of("?#"), url.size()));
  if (!url.ends_with('/')) url += '/';
  return url;
}

RemoteCollection collection_of(const std::string& root, object from, std::uint64_t max_content_length) {
  RemoteCollection one{.root = root, .max_content_length = max_content_length};
  one.id = json_text(from, "id");
  one.title = json_text(from, "title");
  one.alias = json_text(from, "alias");
  one.can_read = json_flag(from, "can_read").value_or(false);
  one.can_write = json_flag(from, "can_write").value_or(false);
  return one;
}

Error refusal_of(const HttpReply& reply) {
  switch (reply.status) {
    case 401:
      return error(Fault::denied, "taxii_unauthorized");
    case 403:
      return error(Fault::denied, "taxii_forbidden");
    case 404:
      return error(Fault::not_found, "taxii_not_found");
    case 406:
    case 415:
      return error(Fault::unsupported, "taxii_other_version");
    default:
      return error(Fault::io, "taxii_refused");
  }
}

std::uint64_t content_length_of(object root) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(json_number(root, "max_content_length").value_or(0), 0));
}

}  // namespace

Result<HttpReply> TaxiiClient::get(const std::string& url) {
  if (origin_of(url).empty() || origin_of(url) != origin_of(address_)) return error(Fault::denied, "net_other_host");
  HttpAsk ask = common_;
  ask.url = url;
  ask.headers.emplace_back("Accept", std::string(taxii_media_type));
  ask.max_octets = largest_page;
  HttpReply reply = TRY(http_fetch(ask));
  if (reply.status != 200) return refusal_of(reply);
  if (!is_taxii_content(header_of(reply.headers, "content-type"))) return error(Fault::malformed, "taxii_not_taxii");
  return reply;
}

Result<void> TaxiiClient::add_root(const std::string& url, std::vector<RemoteCollection>& into) {
  const std::string root = with_slash(url);
  Resource information, list;
  const HttpReply told = TRY(get(root));
  TRY(read_resource(told.body, information));
  const HttpReply listed = TRY(get(root + "collections/"));
  TRY(read_resource(listed.body, list));
  const auto array = json_array(list.root, "collections");
  if (!array) return {};
  for (const element one : *array) {
    object from;
    if (one.get(from) != simdjson::SUCCESS || into.size() == most_collections) continue;
    into.push_back(collection_of(root, from, content_length_of(information.root)));
  }
  return {};
}

Result<RemoteOffer> TaxiiClient::collections() {
  const HttpReply reply = TRY(get(address_));
  Resource resource;
  TRY(read_resource(reply.body, resource));
  RemoteOffer all;
  if (resource.root["can_read"].error() == simdjson::SUCCESS) {
    std::string root = with_slash(address_);
    const std::size_t at = root.rfind("/collections/");
    if (at == std::string::npos) return error(Fault::malformed, "taxii_not_taxii");
    root.resize(at + 1);
    all.collections.push_back(collection_of(root, resource.root, 0));
    return all;
  }
  const auto roots = json_array(resource.root, "api_roots");
  if (!roots) {
    const std::string_view usual = json_text(resource.root, "default");
    const std::string url = usual.empty() ? address_ : resolve_url(address_, usual);
    if (url.empty()) return error(Fault::usage, "net_bad_url");
    TRY(add_root(url, all.collections));
    return all;
  }
  std::size_t count = 0, read = 0;
  for (const element one : *roots) {
    std::string_view reference;
    if (one.get(reference) != simdjson::SUCCESS || ++count > most_roots) continue;
    const std::string url = resolve_url(address_, reference);
    auto added = url.empty() ? error(Fault::usage, "net_bad_url") : add_root(url, all.collections);
    if (added)
      ++read;
    else
      all.unread.push_back({url.empty() ? std::string(reference) : url, std::move(added).error()});
  }
  if (read == 0 && !all.unread.empty()) return all.unread.front().why;
  return all;
}

Result<RemoteCollection> TaxiiClient::collection(std::string_view name) {
  const RemoteOffer offer = TRY(collections());
  for (const RemoteCollection& one : offer.collections)
    if (one.id == name || one.alias == name || one.title == name) return one;
  return error(Fault::not_found, offer.unread.empty() ? "taxii_no_such_collection" : "taxii_no_such_collection_read");
}

Result<PullResult> TaxiiClient::pull(const RemoteCollection& from, const std::string& added_after,
                                     const std::function<Result<void>(std::string_view)>& take) {
  PullResult result;
  std::string after = added_after, next;
  int empty = 0;  // pages without objects, one after another
  // Pages with the place that they were asked for at: a server that leads in circles is left, one whose `next` names a
  // cursor of its own, which moves though its name stays, is not.
  std::set<std::pair<std::string, Sha256>> seen;
  for (;;) {
    std::string url = from.url() + "objects/?limit=1000";
    if (!after.empty()) url += "&added_after=" + url_component(after);
    if (!next.empty()) url += "&next=" + url_component(next);
    const HttpReply reply = TRY(get(url));
    if (!seen.emplace(url, sha256(as_bytes(reply.body))).second || result.pages == most_pages)
      return error(Fault::malformed, "taxii_endless");
    const Envelope page = TRY(read_envelope_apart(zygote_, reply.body, EnvelopeUse::page));
    ++result.pages;
    empty = page.objects.empty() ? empty + 1 : 0;
    if (empty > most_empty_pages) return error(Fault::malformed, "taxii_endless");
    for (const PostedObject& one : page.objects) {
      if (!one.failure.empty()) {
        ++result.refused;
        continue;
      }
      TRY(take(one.json));
      ++result.objects;
    }
    const std::string last(header_of(reply.headers, "x-taxii-date-added-last"));
    if (!last.empty()) result.last = last;
    if (!page.more) return result;
    // With `next` the rest of the query stays as it was; without it the server wants added_after moved.
    next = page.next;
    if (!next.empty()) continue;
    if (last.empty()) return error(Fault::malformed, "taxii_endless");
    after = last;
  }
}

Result<void> TaxiiClient::read_status(const RemoteCollection& to, std::string body, PushResult& result) {
  for (int poll = 0;; ++poll) {
    Resource status;
    TRY(read_resource(body, status));
    const std::string id(json_text(status.root, "id"));
    const bool pending = json_text(status.root, "status") == "pending";
    if (pending && poll < most_polls && !id.empty()) {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      auto told = get(to.root + "status/" + url_component(id) + "/");
      if (told) {
        body = std::move(told->body);
        continue;
      }
      // It took the objects and keeps no account of them.
      if (told.error().fault != Fault::not_found) return std::move(told).error();
    }
    const auto count = [&](std::string_view key) {
      return static_cast<std::uint64_t>(std::max<std::int64_t>(json_number(status.root, key).value_or(0), 0));
    };
    result.accepted += count("success_count");
    result.failed += count("failure_count");
    result.pending += count("pending_count");
    const auto failures = json_array(status.root, "failures");
    if (!failures) return {};
    for (const element one : *failures) {
      object detail;
      if (one.get(detail) != simdjson::SUCCESS || result.first_failures.size() == most_named) continue;
      result.first_failures.push_back(std::string(json_text(detail, "id")) + ": " +
                                      std::string(json_text(detail, "message")));
    }
    return {};
  }
}

void TaxiiClient::leave_out(const PostedObject& object, PushResult& result) {
  if (++result.too_large <= most_named) result.first_too_large.push_back(object.id);
}

Result<void> TaxiiClient::push_some(const RemoteCollection& to, const std::vector<PostedObject>& objects,
                                    std::size_t begin, std::size_t end, PushResult& result) {
  HttpAsk ask = common_;
  ask.method = "POST";
  ask.url = to.url() + "objects/";
  ask.headers.emplace_back("Accept", std::string(taxii_media_type));
  ask.headers.emplace_back("Content-Type", std::string(taxii_media_type));
  ask.max_octets = largest_resource;
  ask.body = envelope_begin;
  for (std::size_t i = begin; i < end; ++i) ask.body += (i == begin ? "" : ",") + objects[i].json;
  ask.body += envelope_end;
  const HttpReply reply = TRY(http_fetch(ask));
  if (reply.status == 413 && end - begin > 1) {
    const std::size_t middle = begin + (end - begin) / 2;
    TRY(push_some(to, objects, begin, middle, result));
    return push_some(to, objects, middle, end, result);
  }
  if (reply.status == 413) {
    leave_out(objects[begin], result);
    return {};
  }
  if (reply.status < 200 || reply.status > 202) return refusal_of(reply);
  return read_status(to, reply.body, result);
}

Result<PushResult> TaxiiClient::push(const RemoteCollection& to, const std::vector<PostedObject>& objects) {
  constexpr std::uint64_t frame = envelope_begin.size() + envelope_end.size();
  const std::uint64_t most = to.max_content_length == 0 ? ~std::uint64_t{0} : to.max_content_length;
  const std::uint64_t room = std::max(std::min(most, usual_body), frame) - frame;
  PushResult result;
  for (std::size_t begin = 0; begin < objects.size();) {
    if (objects[begin].json.size() > most - std::min(most, frame)) {
      leave_out(objects[begin++], result);
      continue;
    }
    std::size_t end = begin;
    std::uint64_t octets = 0;
    while (end < objects.size() && end - begin < 10000 &&
           (end == begin || octets + objects[end].json.size() + 1 <= room))
      octets += objects[end++].json.size() + 1;
    TRY(push_some(to, objects, begin, end, result));
    begin = end;
  }
  return result;
}

}  // namespace testudo
