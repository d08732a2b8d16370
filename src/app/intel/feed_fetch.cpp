#include "app/intel/feed_fetch.h"

#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

#include "app/intel/misp_feed_fetch.h"
#include "app/net/http_client.h"
#include "base/text.h"
#include "codec/unpacker.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view file_scheme = "file://";
constexpr long not_modified = 304;
constexpr long ok = 200;
constexpr std::size_t looked_at = 4096;  // octets by which a page is told from a feed

// "https://host/owner/repository/branch/path/feed" -> "repository/path/feed": how a folder of clones holds it.
std::string path_in_clones(std::string_view address) {
  std::vector<std::string_view> parts;
  std::string_view rest = address.substr(std::min(address.size(), address.find("://") + 3));
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    parts.push_back(rest.substr(0, slash));
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  }
  if (parts.size() < 5) return {};
  std::string path(parts[2]);
  for (std::size_t i = 4; i < parts.size(); ++i) path.append("/").append(parts[i]);
  return path;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.valid()) return error(Fault::io, path);
  return write_all(file.get(), as_bytes(content));
}

// What servers say of a feed that is not there any more, with status 200. Read as a list it would hold nothing, and all
// that the store has of the feed would end. Declarations and comments may stand before the page.
bool is_web_page(std::string_view body) {
  const std::string begin = lower_ascii(body);
  std::string_view rest = begin;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (;;) {
    rest = trim(rest);
    if (rest.starts_with("<!doctype html") || rest.starts_with("<html") || rest.starts_with("<head")) return true;
    const std::string_view end = rest.starts_with("<!--") ? "-->" : rest.starts_with("<?") ? "?>" : "";
    const std::size_t at = end.empty() ? std::string_view::npos : rest.find(end);
    if (at == std::string_view::npos) return false;
    rest.remove_prefix(at + end.size());
  }
}

// "404: Not Found", as hosts of code answer for a file that was moved.
bool is_refusal(std::string_view body) {
  const std::string text = lower_ascii(trim(body));
  return text.size() < 64 && (text == "not found" || text.starts_with("404"));
}

// Why what came in a feed's place is none; empty if it may be one.
std::string_view why_no_feed(std::string_view body) {
  body = body.substr(0, looked_at);
  if (trim(body).empty() && body.size() < looked_at) return "intel_fetched_nothing";
  return is_web_page(body) || is_refusal(body) ? "intel_fetched_page" : "";
}

FetchedFeed failed(FetchedFeed feed, std::string why) {
  feed.state = FetchedFeed::State::failed;
  feed.why = std::move(why);
  return feed;
}

// A feed that its publisher packed, as it is read. The error is a key.
Result<std::string> unpacked_feed(std::string body, std::uint64_t largest) {
  const Packing packing = packing_of(body);
  if (packing == Packing::none) return body;
  if (packing == Packing::other) return error(Fault::unsupported, "intel_fetched_packed");
  auto whole = unpack_all(packing, body, largest);
  if (whole) return whole;
  return error(whole.error().fault,
               whole.error().fault == Fault::limit ? "intel_feed_too_large" : "net_broken_packing");
}

constexpr std::string_view manifest_name = "manifest.json";

// The events that the manifest of a MISP feed names, from the server that gave it; the manifest itself if it is none.
Result<std::string> events_of(const HttpAsk& asked, const HttpReply& manifest) {
  const std::vector<std::string> files = misp_manifest_files(manifest.body);
  if (files.empty()) return manifest.body;
  HttpAsk ask = asked;
  ask.headers.clear();
  return misp_events(files, asked.max_octets, [&](const std::string& file) -> Result<std::string> {
    ask.url = resolve_url(manifest.url, file);
    HttpReply reply = TRY(http_fetch(ask));
    if (reply.status != ok) return error(Fault::io, file + ": HTTP " + std::to_string(reply.status));
    return std::move(reply.body);
  });
}

Result<std::string> events_beside(const std::string& manifest, std::uint64_t largest) {
  const auto content = [&](const std::string& path) -> Result<std::string> {
    const Descriptor file = TRY(open_named(path));
    return read_all(file.get(), largest);
  };
  return misp_events(misp_manifest_files(TRY(content(manifest))), largest, [&](const std::string& file) {
    return content((fs::path(manifest).parent_path() / file).string());
  });
}

bool is_packed(const std::string& path) {
  std::vector<std::uint8_t> begin(6);  // what packing_of() looks at
  const auto file = open_named(path);
  if (!file || !read_exactly(file->get(), 0, begin)) return false;
  return packing_of(as_text(begin)) != Packing::none;
}

Result<std::string> unpacked_file(const std::string& path, std::uint64_t largest) {
  const Descriptor file = TRY(open_named(path));
  std::string body = TRY(unpacked_feed(TRY(read_all(file.get(), largest)), largest));
  if (const std::string_view why = why_no_feed(body); !why.empty()) return error(Fault::malformed, why);
  return body;
}

// A copy is held to the same as what comes over the network.
FetchedFeed from_file(FetchedFeed feed, std::string path, std::uint64_t largest) {
  std::error_code fault;
  if (!fs::is_regular_file(path, fault)) return failed(std::move(feed), "intel_not_in_mirror");
  const auto file = open_named(path);
  if (!file) return failed(std::move(feed), file.error().what);
  const auto size = size_of(file->get());
  if (!size || *size > largest) return failed(std::move(feed), "intel_feed_too_large");
  std::vector<std::uint8_t> begin(std::min<std::uint64_t>(*size, looked_at));
  if (const auto read = read_exactly(file->get(), 0, begin); !read) return failed(std::move(feed), read.error().what);
  if (const std::string_view why = why_no_feed(as_text(begin)); !why.empty())
    return failed(std::move(feed), std::string(why));
  feed.state = FetchedFeed::State::fetched;
  feed.path = std::move(path);
  return feed;
}

}  // namespace

FeedFetcher::FeedFetcher(std::string folder, std::string mirror, std::string ca_file, std::uint64_t largest)
    : folder_(std::move(folder)), mirror_(std::move(mirror)), ca_file_(std::move(ca_file)), largest_(largest) {
  if (mirror_.starts_with(file_scheme)) mirror_.erase(0, file_scheme.size());
  ::mkdir(folder_.c_str(), 0700);
}

FeedFetcher::~FeedFetcher() {
  std::error_code fault;
  fs::remove_all(folder_, fault);
}

// The file, or the folder of a MISP feed as one file of all its events.
FetchedFeed FeedFetcher::from_path(FetchedFeed feed, std::string path) {
  std::error_code fault;
  if (fs::is_directory(path, fault)) path = (fs::path(path) / manifest_name).string();
  const bool manifest = feed.feed.format == "misp" && fs::path(path).filename() == manifest_name;
  FetchedFeed found = from_file(std::move(feed), std::move(path), largest_);
  if (found.state != FetchedFeed::State::fetched || (!manifest && !is_packed(found.path))) return found;
  const auto content = manifest ? events_beside(found.path, largest_) : unpacked_file(found.path, largest_);
  if (!content) return failed(std::move(found), content.error().what);
  return keep(std::move(found), *content);
}

FetchedFeed FeedFetcher::keep(FetchedFeed feed, std::string_view content) {
  feed.path = folder_ + "/" + std::to_string(files_++);
  if (const auto written = write_file(feed.path, content); !written)
    return failed(std::move(feed), written.error().what);
  feed.state = FetchedFeed::State::fetched;
  return feed;
}

FetchedFeed FeedFetcher::fetch(const IndexedFeed& feed, const RememberedFeed& remembered) {
  FetchedFeed fetched{.feed = feed, .origin = {.address = feed.address, .licence = feed.licence}};
  if (!mirror_.empty()) return from_mirror(std::move(fetched));
  if (feed.address.starts_with(file_scheme))
    return from_path(std::move(fetched), feed.address.substr(file_scheme.size()));
  return from_network(std::move(fetched), remembered);
}

FetchedFeed FeedFetcher::from_mirror(FetchedFeed feed) {
  std::error_code fault;
  const std::string by_name = mirror_ + "/" + feed.feed.name;
  if (fs::exists(by_name, fault)) return from_path(std::move(feed), by_name);
  const std::string clone = path_in_clones(feed.feed.address);
  if (clone.empty() || clone.find("..") != std::string::npos) return failed(std::move(feed), "intel_not_in_mirror");
  return from_path(std::move(feed), mirror_ + "/" + clone);
}

FetchedFeed FeedFetcher::from_network(FetchedFeed feed, const RememberedFeed& remembered) {
  HttpAsk ask{.url = feed.feed.address, .ca_file = ca_file_, .max_octets = largest_, .other_hosts = true};
  const bool misp = feed.feed.format == "misp";
  if (misp && ask.url.ends_with('/')) ask.url += manifest_name;
  ask.https_only = feed.feed.address.starts_with("https://");
  // What another address said of itself says nothing of this one.
  const bool same = remembered.address == feed.feed.address;
  if (same && !remembered.etag.empty()) ask.headers.emplace_back("If-None-Match", remembered.etag);
  if (same && !remembered.last_modified.empty())
    ask.headers.emplace_back("If-Modified-Since", remembered.last_modified);
  const bool asked_for_news = !ask.headers.empty();
  auto reply = http_fetch(ask);
  if (!reply) return failed(std::move(feed), reply.error().what);
  if (reply->status == not_modified && asked_for_news) {
    feed.state = FetchedFeed::State::not_modified;
    return feed;
  }
  if (reply->status != ok) return failed(std::move(feed), "HTTP " + std::to_string(reply->status));
  auto body = unpacked_feed(std::move(reply->body), largest_);
  if (!body) return failed(std::move(feed), body.error().what);
  reply->body = std::move(*body);
  if (const std::string_view why = why_no_feed(reply->body); !why.empty())
    return failed(std::move(feed), std::string(why));
  const auto content = misp ? events_of(ask, *reply) : Result<std::string>(std::move(reply->body));
  if (!content) return failed(std::move(feed), content.error().what);
  feed.origin.etag = std::string(header_of(reply->headers, "etag"));
  feed.origin.last_modified = std::string(header_of(reply->headers, "last-modified"));
  return keep(std::move(feed), *content);
}

}  // namespace testudo
