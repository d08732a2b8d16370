// FeedImport: puts what one feed says now into the store, beside what it said before: what is new is added, what
// changed is replaced, what the feed no longer says ends. All inside one StoreChange. Floor 3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intel/feed/feed_sink.h"
#include "intel/secret_hash.h"
#include "intel/store/intel_store.h"
#include "intel/store/late_sightings.h"

namespace testudo {

// What is known of the feed itself.
struct FeedFile {
  std::string name, format, address, licence, etag, last_modified, sha256;
  std::uint64_t octets = 0;
  // What the user says of all that it says; remembered for the source, until another is said.
  std::optional<Tlp> tlp = std::nullopt;
};

// What an import changed, for the user to see before it is applied. The lists hold the first of each, as "kind value".
struct ImportDifference {
  static constexpr std::size_t listed = 20;
  std::uint64_t added = 0, changed = 0, withdrawn = 0, unchanged = 0;  // what is said of indicators' values
  std::uint64_t patterns_added = 0, patterns_withdrawn = 0, objects_added = 0, objects_withdrawn = 0;
  std::uint64_t patterns = 0, objects = 0, notes = 0;  // that the feed holds now
  bool whole = true;  // false: the feed could not be read to its end, so that nothing ended for not being repeated
  std::vector<std::string> first_added, first_changed, first_withdrawn;
  // Whether the store is as it was.
  bool nothing() const {
    return added + changed + withdrawn + patterns_added + patterns_withdrawn + objects_added + objects_withdrawn == 0;
  }
};

class FeedImport {
 public:
  // Whether claims that are not repeated end: so for a feed, which is whole each time; not for the desk's own entries.
  enum class Unrepeated : bool { keep, end };

  static Result<FeedImport> begin(StoreChange& change, const FeedFile& file, Unrepeated unrepeated = Unrepeated::end);

  // A claim whose kind and value are normalised. A repeated (value, object) pair counts once; an older version than the
  // one in the store is ignored.
  Result<void> claim(const FeedClaim& claim);
  // Numbered as FeedSink numbers them: from 0 in the order of claim() calls.
  Result<void> threat(std::uint64_t claim, std::string_view name);
  Result<void> supersede(std::uint64_t claim);
  Result<void> kept(const KeptPattern& pattern);
  Result<void> object(const KeptObject& object);
  // After one that loses_the_rest() of the feed, nothing ends for not being repeated.
  Result<void> note(std::string_view object, std::string_view defect, std::string_view value);
  // Of a feed that is not whole each time: what it said before of the object gets the dates.
  void seen(const FeedSeen& seen);
  // Ends what was not repeated and tells the difference. The caller commits the change, or not.
  Result<ImportDifference> finish();

 private:
  // Where a numbered claim went.
  struct Place {
    std::int64_t row = 0;  // 0: nowhere, it was superseded or ignored
    bool fresh = false;    // made by this import
  };
  struct Threat {
    std::uint64_t claim;
    std::int64_t threat;
  };

  FeedImport(StoreChange& change, Unrepeated unrepeated) : change_(&change), unrepeated_(unrepeated) {}
  Result<void> prepare(const FeedFile& file);
  Result<void> remember_marking(Tlp tlp);
  Result<std::int64_t> value_id(const FeedClaim& claim);
  Result<std::int64_t> threat_id(std::string_view name);
  Result<Place> place(const FeedClaim& claim, std::int64_t value);
  Result<std::int64_t> add(const FeedClaim& claim, std::int64_t value);
  Result<std::int64_t> insert(const FeedClaim& claim, std::int64_t value);
  Result<void> write_threats();
  Result<void> renew(std::int64_t& row, std::vector<std::int64_t> threats);
  Result<void> put_threats(std::int64_t row, const std::vector<std::int64_t>& threats);
  Result<void> end_unrepeated();
  Result<void> write_import();
  Result<void> tell(std::vector<std::string>& list, std::int64_t row);
  void mark(std::int64_t row);
  bool marked(std::int64_t row) const;

  StoreChange* change_;
  Unrepeated unrepeated_;
  std::string sha256_;
  std::uint64_t octets_ = 0;
  std::int64_t source_ = 0;
  bool fresh_source_ = false;       // the store holds nothing of it: no comparison is needed
  std::int64_t first_new_row_ = 0;  // rows of the table claim from here on are of this import
  std::vector<Place> places_;       // by claim number
  std::vector<Threat> threats_;
  std::vector<bool> repeated_;  // claim rows from before that the feed repeats
  std::unordered_map<std::string, std::int64_t, SecretHash, std::equal_to<>> threat_ids_;
  std::unordered_map<std::int64_t, bool> kept_patterns_, kept_objects_;
  ImportDifference difference_;
  LateSightings late_;
  Statement find_value_, insert_value_, find_claims_, insert_claim_, end_claim_, drop_claim_, insert_threat_,
      find_pattern_, insert_pattern_, find_object_, insert_object_, insert_note_;
};

}  // namespace testudo
