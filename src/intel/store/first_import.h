// FirstImport: feeds into a store that is empty. There is nothing to compare with, so that rows become pages of a new
// file as they come (store/row_tree.h), and the matcher's image is made of what is in memory anyway. The new file
// takes the empty one's place at the end: until then nothing has happened. Floor 3.
#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/unfinished_file.h"
#include "intel/indicator_store.h"
#include "intel/store/feeds_import.h"
#include "store/record_format.h"
#include "store/row_tree.h"

namespace testudo {

class FirstImport : public FeedsImport, private FeedSink {
 public:
  // Locks the store, which is borrowed; null where it is not empty. "intel_store_busy" as for StoreChange.
  static Result<std::unique_ptr<FirstImport>> begin(IntelStore& store, std::string_view verb, std::string_view what,
                                                    Time at);
  ~FirstImport() override;

  // Feeds must differ in their names.
  Result<FeedSink*> begin(const FeedFile& file, FeedImport::Unrepeated unrepeated) override;
  Result<ImportDifference> end() override;
  Result<void> drop() override;

  static constexpr std::int64_t generation = 1;
  // Puts the new file into the place of the empty one, on the disk. "disk_full" where that is; the store then is
  // what it was. `store` is of no more use afterwards: open it again.
  Result<void> publish();
  // The image of all values that are matched (write_store_image()). May be made while publish() runs.
  std::string image() const { return write_image(values_); }

 private:
  // A claim of the feed that is being read.
  struct Held {
    const char* object = nullptr;
    std::uint32_t length = 0;
    std::uint32_t value = 0;
    std::uint32_t content = 0;   // hash of all columns
    std::uint32_t previous = 0;  // the claim of the same value before it, counted from 1; 0: none
    Role role = Role::unstated;
    bool is_compared = false;  // with evidence
  };
  struct Tie {
    std::uint32_t claim, threat;
  };
  struct Source {
    FeedFile file;
    ImportDifference difference;
  };
  // All that drop() goes back to.
  struct Trees {
    RowTree value, claim, claim_source, claim_threat, pattern, object, note;
  };
  struct Mark {
    Trees trees;
    std::uint32_t pages;
    std::size_t values, claims, threats, dropped;
    std::int64_t patterns, objects, notes;
  };

  FirstImport(IntelStore& store, std::string path, std::string verb, std::string what, Time at);
  Result<void> make_tables();
  Mark mark() const;

  void claim(const FeedClaim& claim) override;
  void threat(std::uint64_t claim, std::string_view name) override;
  void supersede(std::uint64_t claim) override;
  void kept(const KeptPattern& pattern) override;
  void object(const KeptObject& object) override;
  void note(std::string_view object, std::string_view defect, std::string_view value) override;

  std::uint32_t value_of(const FeedClaim& claim);
  std::optional<std::uint32_t> said_before(const Held& held, std::string_view object) const;
  void tie(std::uint32_t place, std::string_view threat);
  std::uint32_t threat_number(std::string_view name);
  void write_threats();
  void write_ties(std::uint32_t place, std::span<const Tie> ties);
  void forget_feed();
  void write_identities();
  void write_claims_by_value();
  Result<void> write_the_rest();
  Result<void> write_sources(Connection& db);
  Result<void> put_in_place();

  IntelStore* store_;
  UnfinishedFile fresh_;
  std::string verb_, what_;
  Time at_;
  std::uint32_t identity_root_ = 0, claim_value_root_ = 0;
  std::vector<std::string> late_indexes_;  // SQL of those that SQLite builds at the end
  std::optional<PageFile> file_;           // once it is made
  Trees trees_;
  RecordFormat row_;

  IndicatorStore values_;
  TextPool pool_;
  std::vector<std::uint32_t> claims_;   // the value of each row, all feeds
  std::vector<std::uint32_t> dropped_;  // rows of claims that were superseded
  std::vector<std::string> threats_;
  std::unordered_map<std::string, std::uint32_t, SecretHash, std::equal_to<>> threat_numbers_;
  std::vector<Source> sources_;
  std::int64_t patterns_ = 0, objects_ = 0, notes_ = 0;

  std::optional<Mark> mark_;  // where the present feed began
  std::vector<Held> held_;
  std::vector<std::uint32_t> last_of_value_;  // the present feed's last claim of a value, counted from 1
  std::vector<bool> dead_;                    // by place in held_
  std::vector<std::uint32_t> places_;         // by claim number: place in held_, or none
  std::vector<Tie> ties_;
  std::unordered_set<std::uint64_t> kept_;  // hashes of the present feed's patterns and objects
};

}  // namespace testudo
