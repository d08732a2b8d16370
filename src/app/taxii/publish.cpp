#include "app/taxii/publish.h"

#include <unistd.h>

#include "base/descriptor.h"
#include "intel/store/indicator_query.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

constexpr std::uint64_t largest_bundle = 4ULL << 30;
constexpr PostLimits own_limits{.objects = 50000000, .depth = 64, .object_octets = 64U << 20};

Result<void> go_on(const AskEnded& ended) {
  return ended && ended() ? Result<void>(error(Fault::limit, "ended")) : Result<void>();
}

class StoreSource : public ExportSource {
 public:
  static Result<StoreSource> open(IntelStore& store, Tlp audience, const AskEnded& ended) {
    StoreSource source(TRY(IndicatorCursor::open(store, {.audience = audience, .withdrawn = true})), ended);
    source.patterns_ = TRY(united_patterns(store));
    return source;
  }
  Result<bool> next(StoredIndicator& indicator) override {
    TRY(go_on(ended_));
    return cursor_.next(indicator);
  }
  Result<bool> next_pattern(StoredPattern& pattern) override {
    if (at_ == patterns_.size()) return false;
    pattern = patterns_[at_++];
    return true;
  }

 private:
  StoreSource(IndicatorCursor cursor, const AskEnded& ended) : cursor_(std::move(cursor)), ended_(ended) {}
  IndicatorCursor cursor_;
  const AskEnded& ended_;
  std::vector<StoredPattern> patterns_;
  std::size_t at_ = 0;
};

// A file of the store's folder that goes with the object.
class PassingFile {
 public:
  explicit PassingFile(const IntelStore& store)
      : path_(store.folder() + "/taxii-export-" + std::to_string(::getpid()) + ".json") {}
  ~PassingFile() { ::unlink(path_.c_str()); }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The day of the last change, so that the same store gives the same bundle whenever it is asked.
Result<Time> last_change(const IntelStore& store) {
  const std::vector<Generation> history = TRY(store.history());
  Time last{0};
  for (const Generation& one : history) last = std::max(last, one.at);
  return last;
}

// The store as a bundle in `file`.
Result<Descriptor> write_bundle(IntelStore& intel, Tlp audience, const PassingFile& file, const AskEnded& ended) {
  const ExportFormat* format = find_export_format("stix");
  if (format == nullptr) return error(Fault::internal, "there is no STIX export");
  StoreSource source = TRY(StoreSource::open(intel, audience, ended));
  ExportRequest request;
  request.audience = audience;
  request.as_of = TRY(last_change(intel));
  TRY(write_export(*format, request, source, file.path()));
  return open_for_reading(file.path());
}

// Every object of a bundle; none where there is no bundle.
Result<void> each_object(const Descriptor& bundle, const AskEnded& ended, const PostedUse& use) {
  if (!bundle.valid()) return {};
  return each_posted_object(bundle.get(), own_limits, [&](const PostedObject& object) -> Result<void> {
    TRY(go_on(ended));
    return use(object);
  });
}

}  // namespace

Result<std::string> store_bundle(IntelStore& intel, Tlp audience) {
  const PassingFile file(intel);
  const Descriptor written = TRY(write_bundle(intel, audience, file, {}));
  return read_all(written.get(), largest_bundle);
}

Result<void> make_default_collection(TaxiiStore& taxii) {
  if (TRY(taxii.collection_named("store"))) return {};
  return taxii.change([&]() -> Result<void> {
    const TaxiiCollection made =
        TRY(taxii.add_collection({.name = "store",
                                  .title = "Indicators, TLP:CLEAR and TLP:GREEN",
                                  .description = "What the intelligence store holds and may show to the community",
                                  .audience = "green"}));
    return taxii.allow(made.id, TaxiiStore::everybody, {.read = true});
  });
}

Result<bool> publish_store(IntelStore& intel, TaxiiStore& taxii, const AskEnded& ended) {
  const std::string generation = std::to_string(TRY(intel.generation()));
  bool any = false;
  for (const TaxiiCollection& one : TRY(taxii.collections())) {
    const auto audience = one.audience.empty() ? std::nullopt : tlp_from_name(one.audience);
    const std::string fact = "published " + one.id;
    if (!audience || TRY(taxii.fact(fact)) == generation) continue;
    const PassingFile file(intel);
    Descriptor bundle;
    if (generation != "0") bundle = TRY(write_bundle(intel, *audience, file, ended));
    TRY(taxii.change([&]() -> Result<void> {
      TRY(taxii.replace_all(one.id, [&](const PostedUse& use) { return each_object(bundle, ended, use); }));
      return taxii.set_fact(fact, generation);
    }));
    any = true;
  }
  return any;
}

}  // namespace testudo
