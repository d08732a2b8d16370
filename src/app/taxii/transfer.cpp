// testudo intel taxii collections, pull, push: give to and take from another server.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/intel/feed_intake.h"
#include "app/intel/store_image.h"
#include "app/taxii/client.h"
#include "app/taxii/publish.h"
#include "app/taxii/verbs.h"
#include "app/terminal/password.h"
#include "app/worker/taxii.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/store/schema.h"
#include "intel/taxii/filter.h"

namespace testudo {
namespace {

constexpr std::uint64_t largest_token = 64U << 10, largest_bundle = 1ULL << 30, largest_pull = 4ULL << 30;

struct Arguments {
  std::string url, collection, user, password_file, token_file, ca_file, added_after, file, audience = "green";
  bool all = false, insecure = false, json = false;
};

void complain(const IntelCall& call, std::string_view key, std::initializer_list<Catalogue::Argument> arguments) {
  std::fprintf(stderr, "%s\n", call.words.say(key, arguments).c_str());
}

// Whether a URL leads to this machine: a name such as 127.evil.example does not.
bool local(const std::string& url) {
  std::string host = origin_of(url);
  if (!host.starts_with("http://")) return false;
  host = host.substr(7, host.rfind(':') - 7);
  const bool numeric = host.find_first_not_of("0123456789.") == std::string::npos;
  return host == "localhost" || host == "[::1]" || (numeric && host.starts_with("127."));
}

// What every request shares. Secrets do not travel unencrypted.
Result<HttpAsk> common_of(const Arguments& a, const IntelCall& call) {
  HttpAsk ask{.ca_file = a.ca_file};
  const bool secret = !a.user.empty() || !a.token_file.empty();
  if (secret && !a.insecure && !origin_of(a.url).starts_with("https://") && !local(a.url))
    return error(Fault::usage, "taxii_secret_in_clear");
  if (!a.user.empty()) {
    ask.user = a.user;
    ask.password = TRY(obtain_password(a.password_file.empty() ? std::nullopt : std::optional(a.password_file),
                                       call.words.say("taxii.user.password")))
                       .text();
  }
  if (!a.token_file.empty()) {
    const Descriptor file = TRY(open_named(a.token_file, Pipes::allow));
    ask.token = trim(TRY(read_all(file.get(), largest_token)));
  }
  return ask;
}

// Names on standard error what could not be read.
void name_unread(const std::string& url, const Error& why, const IntelCall& call) {
  complain(call, "taxii.unread", {{"url", visible(url)}, {"why", sentence_of(call.words, why)}});
}

// True if there was nothing to name.
bool name_unread(const RemoteOffer& offer, const IntelCall& call) {
  for (const UnreadRoot& root : offer.unread) name_unread(root.url, root.why, call);
  return offer.unread.empty();
}

Result<int> list_remote(const Arguments& a, const IntelCall& call) {
  TaxiiClient client(call.zygote, TRY(common_of(a, call)), a.url);
  const RemoteOffer offer = TRY(client.collections());
  for (const RemoteCollection& one : offer.collections) {
    std::string text;
    if (a.json) {
      JsonText json(text);
      json.object().key("id").string(one.id).key("title").string(one.title).key("url").string(one.url());
      json.key("can_read").boolean(one.can_read).key("can_write").boolean(one.can_write).end();
    } else {
      const std::string rights = std::string(one.can_read ? "r" : "-") + (one.can_write ? "w" : "-");
      text = visible(one.id) + '\t' + rights + '\t' + visible(one.title);
    }
    std::puts(text.c_str());
  }
  return name_unread(offer, call) ? exit_done : exit_incomplete;
}

// A bundle in the store's folder, which the intake reads as one feed; it goes with the object.
class BundleFile {
 public:
  static Result<BundleFile> open(const std::string& folder) {
    BundleFile made;
    made.path_ = folder + "/taxii-pull-XXXXXX";
    made.file_ = Descriptor(::mkostemp(made.path_.data(), O_CLOEXEC));
    if (!made.file_.valid()) return error(Fault::io, "disk_full");
    const std::string id = random_uuid();
    TRY(made.write("{\"type\":\"bundle\",\"id\":\"bundle--" + id + "\",\"objects\":[\n"));
    return made;
  }
  BundleFile(BundleFile&& other) noexcept = default;
  BundleFile& operator=(BundleFile&&) = delete;
  ~BundleFile() {
    if (file_.valid()) ::unlink(path_.c_str());
  }
  Result<void> add(std::string_view object) {
    if (size_ + object.size() > largest_pull) return error(Fault::limit, "net_too_large");
    TRY(write(std::string(any_ ? ",\n" : "") + std::string(object)));
    any_ = true;
    return {};
  }
  Result<void> end() {
    TRY(write("\n]}\n"));
    return flush();
  }
  const std::string& path() const { return path_; }

 private:
  BundleFile() = default;
  Result<void> write(std::string_view text) {
    size_ += text.size();
    waiting_ += text;
    return waiting_.size() < (1U << 20) ? Result<void>() : flush();
  }
  Result<void> flush() {
    TRY(write_all(file_.get(), as_bytes(waiting_)));
    waiting_.clear();
    return {};
  }
  std::string path_, waiting_;
  Descriptor file_;
  std::uint64_t size_ = 0;
  bool any_ = false;
};

struct Pulled {
  std::vector<FeedOutcome> outcomes;
  std::int64_t generation = 0;
};

Result<Pulled> take_in(const IntelCall& call, IntelStore& store, const std::string& path, const std::string& name,
                       const FeedOrigin& origin) {
  const std::vector<FeedJob> jobs = {{.path = path, .name = name, .format = "stix"}};
  std::vector<FeedOrigin> origins = {origin};
  TRY(remember_markings(store, jobs, origins, call.words));
  StoreChange change = TRY(StoreChange::begin(store, "pull", name, call.now));
  ChangeImport into(change);
  FeedIntake intake(into, jobs, origins);
  TRY(read_feeds(call.zygote, jobs, intake));
  Pulled pulled{intake.outcomes(), 0};
  if (!intake.changed()) {
    change.abandon();
    return pulled;
  }
  pulled.generation = change.generation();
  TRY(change.commit());
  write_store_image(store);
  return pulled;
}

// With the port only where it is not the usual one.
std::string host_of(const std::string& url) {
  std::string origin = origin_of(url);
  for (const std::string_view usual : {"http:80", "https:443"}) {
    const std::string_view scheme = usual.substr(0, usual.find(':')), port = usual.substr(usual.find(':'));
    if (origin.starts_with(std::string(scheme) + "://") && origin.ends_with(port))
      origin.resize(origin.size() - port.size());
  }
  return origin.substr(std::min(origin.find("//") + 2, origin.size()));
}

Result<bool> pull_one(const Arguments& a, const IntelCall& call, TaxiiClient& client, TaxiiStores& stores,
                      const RemoteCollection& from) {
  const std::string fact = "pulled " + from.url();
  const std::string remembered = a.all ? std::string() : TRY(stores.taxii.fact(fact));
  const std::string after = a.added_after.empty() ? remembered : a.added_after;
  BundleFile bundle = TRY(BundleFile::open(stores.intel.folder()));
  const PullResult got = TRY(client.pull(from, after, [&](std::string_view object) { return bundle.add(object); }));
  TRY(bundle.end());
  const std::string name = "taxii/" + host_of(from.root) + "/" + (from.alias.empty() ? from.id : from.alias);
  Pulled pulled;
  if (got.objects != 0 || after.empty())
    pulled = TRY(take_in(call, stores.intel, bundle.path(), name, {.address = from.url(), .whole = after.empty()}));
  const bool failed = std::ranges::any_of(pulled.outcomes, [](const FeedOutcome& outcome) {
    return lacks_something(outcome) || outcome.state == FeedOutcome::State::not_a_feed;
  });
  // What was not taken in is asked for again.
  if (!failed && !got.last.empty()) TRY(stores.taxii.change([&] { return stores.taxii.set_fact(fact, got.last); }));
  if (a.json) {
    std::puts(outcomes_json(pulled.outcomes, pulled.generation).c_str());
  } else {
    call.print(
        "taxii.pull.got",
        {{"name", visible(name)}, {"objects", std::to_string(got.objects)}, {"pages", std::to_string(got.pages)}});
    print_outcomes(pulled.outcomes, pulled.generation, call.words);
  }
  if (got.refused != 0) complain(call, "taxii.pull.refused", {{"n", std::to_string(got.refused)}});
  return !failed && got.refused == 0;
}

Result<int> pull(const Arguments& a, const IntelCall& call) {
  if (!a.added_after.empty() && !parse_rfc3339(a.added_after)) return error(Fault::usage, "intel_bad_date");
  Arguments asked = a;
  if (!asked.added_after.empty()) asked.added_after = taxii_time(*parse_rfc3339(a.added_after));
  TaxiiClient client(call.zygote, TRY(common_of(a, call)), a.url);
  RemoteOffer from;
  if (a.collection.empty()) {
    from = TRY(client.collections());
    std::erase_if(from.collections, [](const RemoteCollection& one) { return !one.can_read; });
  } else {
    from.collections.push_back(TRY(client.collection(a.collection)));
  }
  bool whole = name_unread(from, call);
  if (from.collections.empty()) return error(Fault::not_found, "taxii_nothing_to_read");
  TaxiiStores stores = TRY(open_taxii_stores(call, IntelStore::Mode::write));
  std::size_t failed = 0;
  for (const RemoteCollection& one : from.collections) {
    const auto pulled = pull_one(asked, call, client, stores, one);
    whole = whole && pulled && *pulled;
    if (pulled) continue;
    if (++failed == from.collections.size()) return pulled.error();
    name_unread(one.url(), pulled.error(), call);
  }
  return whole ? exit_done : exit_incomplete;
}

Result<std::string> bundle_to_push(const Arguments& a, const IntelCall& call) {
  if (!a.file.empty()) {
    const Descriptor file = TRY(open_named(a.file, Pipes::allow));
    return read_all(file.get(), largest_bundle);
  }
  const auto audience = tlp_from_name(a.audience);
  if (!audience) return error(Fault::usage, "taxii_bad_audience");
  IntelStore store = TRY(call.open(IntelStore::Mode::read));
  return store_bundle(store, *audience);
}

Result<int> push(const Arguments& a, const IntelCall& call) {
  TaxiiClient client(call.zygote, TRY(common_of(a, call)), a.url);
  Envelope bundle = TRY(read_envelope_apart(call.zygote, TRY(bundle_to_push(a, call)), EnvelopeUse::bundle));
  const std::size_t broken =
      std::erase_if(bundle.objects, [](const PostedObject& one) { return !one.failure.empty(); });
  const RemoteCollection to = TRY(client.collection(a.collection));
  if (!to.can_write) return error(Fault::denied, "taxii_forbidden");
  const PushResult result = TRY(client.push(to, bundle.objects));
  if (a.json) {
    std::string text;
    JsonText json(text);
    json.object().key("accepted").integer(static_cast<std::int64_t>(result.accepted));
    json.key("failed").integer(static_cast<std::int64_t>(result.failed));
    json.key("pending").integer(static_cast<std::int64_t>(result.pending));
    json.key("not_sent").integer(static_cast<std::int64_t>(broken + result.too_large)).end();
    std::puts(text.c_str());
  } else {
    call.print("taxii.push.done", {{"accepted", std::to_string(result.accepted)},
                                   {"failed", std::to_string(result.failed)},
                                   {"pending", std::to_string(result.pending)},
                                   {"broken", std::to_string(broken)},
                                   {"large", std::to_string(result.too_large)}});
  }
  for (const std::string& id : result.first_too_large) complain(call, "taxii.push.too_large", {{"id", visible(id)}});
  for (const std::string& failure : result.first_failures) std::fprintf(stderr, "%s\n", visible(failure).c_str());
  const bool whole = result.failed == 0 && result.pending == 0 && broken == 0 && result.too_large == 0;
  return whole ? exit_done : exit_incomplete;
}

void add_common(Verb sub, Arguments& a) {
  sub.option("url", a.url).required();
  sub.option("--user", a.user);
  sub.option("--password-file", a.password_file);
  sub.option("--token-file", a.token_file);
  sub.option("--ca-file", a.ca_file);
  sub.flag("--insecure", a.insecure);
  sub.flag("--json", a.json);
}

}  // namespace

void add_taxii_transfer(IntelVerb& taxii) {
  auto a = std::make_shared<Arguments>();
  Verb sub = taxii.add("collections", a, list_remote);
  add_common(sub, *a);
  sub = taxii.add("pull", a, pull);
  add_common(sub, *a);
  sub.option("--collection", a->collection);
  sub.option("--added-after", a->added_after);
  sub.flag("--all", a->all);
  sub = taxii.add("push", a, push);
  add_common(sub, *a);
  sub.option("file", a->file);
  sub.option("--collection", a->collection).required();
  sub.option("--audience", a->audience);
}

}  // namespace testudo
