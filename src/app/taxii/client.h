// A TAXII 2.1 client: finds the collections behind an address, goes through pages, posts. Floor 7.
// Source: TAXII 2.1, 3.5 (pages), 4 (discovery), 5 (collections).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/net/http_client.h"
#include "intel/taxii/posted.h"
#include "sandbox/zygote.h"

namespace testudo {

struct RemoteCollection {
  std::string root;  // URL of the API root, with a slash at the end
  std::string id, title, alias;
  bool can_read = false, can_write = false;
  std::uint64_t max_content_length = 0;  // of the root; 0: it does not say

  std::string url() const { return root + "collections/" + url_component(id) + "/"; }
};

// An API root that could not be read, and why.
struct UnreadRoot {
  std::string url;
  Error why;
};

struct RemoteOffer {
  std::vector<RemoteCollection> collections;
  std::vector<UnreadRoot> unread;
};

struct PullResult {
  std::uint64_t objects = 0, refused = 0, pages = 0;
  std::string last;  // when the server added the last object, as it wrote it; empty: nothing came, or it did not say
};

struct PushResult {
  std::uint64_t accepted = 0, failed = 0, pending = 0, too_large = 0;
  std::vector<std::string> first_failures;   // "id: message", of the first twenty
  std::vector<std::string> first_too_large;  // ids of objects that the server takes not even alone, the first twenty
};

class TaxiiClient {
 public:
  // `common`: credentials, authorities and limits that all requests share. Credentials go to the origin of `address`
  // alone; API roots elsewhere are not read.
  TaxiiClient(Zygote& zygote, HttpAsk common, std::string address)
      : zygote_(zygote), common_(std::move(common)), address_(std::move(address)) {}

  // Behind the address of a discovery resource, an API root or one collection. An Error only where no API root could
  // be read: that of the first.
  Result<RemoteOffer> collections();
  // The one whose id, alias or title this is. "taxii_no_such_collection"; "taxii_no_such_collection_read" where there
  // are API roots that could not be read.
  Result<RemoteCollection> collection(std::string_view name);

  // Hands on every object that was added after `added_after` (empty: every object), octet for octet.
  Result<PullResult> pull(const RemoteCollection& from, const std::string& added_after,
                          const std::function<Result<void>(std::string_view)>& take);
  // Posts objects in batches that the root takes, and waits for what the server says of them. An object that is too
  // large for the server is left out.
  Result<PushResult> push(const RemoteCollection& to, const std::vector<PostedObject>& objects);

 private:
  Result<HttpReply> get(const std::string& url);
  Result<void> add_root(const std::string& url, std::vector<RemoteCollection>& into);
  static void leave_out(const PostedObject& object, PushResult& result);
  Result<void> push_some(const RemoteCollection& to, const std::vector<PostedObject>& objects, std::size_t begin,
                         std::size_t end, PushResult& result);
  Result<void> read_status(const RemoteCollection& to, std::string body, PushResult& result);

  Zygote& zygote_;
  HttpAsk common_;
  std::string address_;
};

}  // namespace testudo
