// Feeds of the index brought into files: from their publishers over TLS, from file:// addresses, from a mirror. A MISP
// feed's manifest (address ends in "manifest.json" or "/") becomes one file of all the events that it names.
// Floor 7.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/intel/feed_intake.h"
#include "base/descriptor.h"
#include "intel/feed/feed_index.h"

namespace testudo {

// What fetching one feed gave.
struct FetchedFeed {
  enum class State : std::uint8_t { fetched, not_modified, failed };
  IndexedFeed feed;
  State state = State::failed;
  std::string path;  // of the file, where it was fetched
  FeedOrigin origin;
  std::string why;  // where it failed: a key of the catalogue or a text
};

// What the store remembers of a feed, so that the publisher need not send it again.
struct RememberedFeed {
  std::string address, etag, last_modified;
};

class FeedFetcher {
 public:
  // `folder`: where fetched files stand until they were read; made, and removed with the fetcher. `mirror`: a folder
  // that holds copies, as <name> or as <repository>/<path>; empty: the network is used. `largest`: octets of one feed.
  FeedFetcher(std::string folder, std::string mirror, std::string ca_file, std::uint64_t largest);
  ~FeedFetcher();
  FeedFetcher(const FeedFetcher&) = delete;
  FeedFetcher& operator=(const FeedFetcher&) = delete;

  FetchedFeed fetch(const IndexedFeed& feed, const RememberedFeed& remembered);

 private:
  FetchedFeed from_mirror(FetchedFeed feed);
  FetchedFeed from_path(FetchedFeed feed, std::string path);
  FetchedFeed keep(FetchedFeed feed, std::string_view content);
  FetchedFeed from_network(FetchedFeed feed, const RememberedFeed& remembered);
  std::string folder_, mirror_, ca_file_;
  std::uint64_t largest_;
  std::size_t files_ = 0;
};

}  // namespace testudo
