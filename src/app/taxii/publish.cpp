#include "app/taxii/publish.h"

#include <unistd.h>

#include "base/descriptor.h"
#include "intel/store/indicator_query.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

constexpr std::uint64_t largest_bundle = 4ULL << 30;
constexpr PostLimits own_limits{.objects = 50000000, .depth = 64, .object_octets = 64U << 20};

class StoreSource : public ExportSource {
 public:
  static Result<StoreSource> open(IntelStore& store, Tlp audience) {
    StoreSource source(TRY(IndicatorCursor::open(store, {.audience = audience, .withdrawn = true})));
    source.patterns_ = TRY(stored_patterns(store, ""));
    return source;
  }
  Result<bool> next(StoredIndicator& indicator) override { return cursor_.next(indicator); }
  Result<bool> next_pattern(StoredPattern& pattern) override {
    if (at_ == patterns_.size()) return false;
    pattern = patterns_[at_++];
    return true;
  }

 private:
  explicit StoreSource(IndicatorCursor cursor) : cursor_(std::move(cursor)) {}
  IndicatorCursor cursor_;
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

}  // namespace

Result<std::string> store_bundle(IntelStore& intel, Tlp audience) {
  const ExportFormat* format = find_export_format("stix");
  if (format == nullptr) return error(Fault::internal, "there is no STIX export");
  StoreSource source = TRY(StoreSource::open(intel, audience));
  const PassingFile file(intel);
  ExportRequest request;
  request.audience = audience;
  request.as_of = TRY(last_change(intel));
  TRY(write_export(*format, request, source, file.path()));
  const Descriptor written = TRY(open_for_reading(file.path()));
  return read_all(written.get(), largest_bundle);
}

Result<void> make_default_collection(TaxiiStore& taxii) {
  for (const TaxiiCollection& one : TRY(taxii.collections()))
    if (!one.audience.empty()) return {};
  return taxii.change([&]() -> Result<void> {
    const TaxiiCollection made =
        TRY(taxii.add_collection({.name = "store",
                                  .title = "Indicators, TLP:CLEAR and TLP:GREEN",
                                  .description = "What the intelligence store holds and may show to the community",
                                  .audience = "green"}));
    return taxii.allow(made.id, TaxiiStore::everybody, {.read = true});
  });
}

Result<bool> publish_store(IntelStore& intel, TaxiiStore& taxii) {
  const std::string generation = std::to_string(TRY(intel.generation()));
  bool any = false;
  for (const TaxiiCollection& one : TRY(taxii.collections())) {
    const auto audience = one.audience.empty() ? std::nullopt : tlp_from_name(one.audience);
    const std::string fact = "published " + one.id;
    if (!audience || TRY(taxii.fact(fact)) == generation) continue;
    std::vector<PostedObject> objects;
    if (generation != "0") objects = TRY(read_posted_objects(TRY(store_bundle(intel, *audience)), own_limits));
    TRY(taxii.change([&]() -> Result<void> {
      TRY(taxii.replace_all(one.id, objects));
      return taxii.set_fact(fact, generation);
    }));
    any = true;
  }
  return any;
}

}  // namespace testudo
