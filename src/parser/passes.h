// Passes: the sink that stands between a parser and the product's sink, counts, filters and marks rows. Floor 4.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "record/coverage.h"
#include "record/sink.h"

namespace testudo {

// Anomalies by name, with their count and the first place.
class AnomalyList {
 public:
  // More names than this are counted under `more_anomalies`: names come from our code, but a defect must not eat
  // memory.
  static constexpr std::size_t most_names = 128;
  void add(std::string_view name, std::uint64_t where, std::uint64_t count = 1);
  bool has(std::string_view name) const;
  // Adds the names of `other` that are not here yet (`only_new`), or all with their counts.
  void merge(const AnomalyList& other, bool only_new);
  void drop(std::initializer_list<std::string_view> names);
  std::vector<Anomaly> take() { return std::move(all_); }
  const std::vector<Anomaly>& all() const { return all_; }

 private:
  std::vector<Anomaly> all_;
};

// A multiset of row hashes: filled, sealed, then emptied one by one.
class Tally {
 public:
  static constexpr std::size_t most_rows = 16'000'000;  // 192 MB; beyond it rows are no longer compared
  void add(std::uint64_t hash);
  void seal();
  // Whether one row of this hash was left; takes it away.
  bool take(std::uint64_t hash);
  // Raises the count of each hash to that of `other`, so that both readings are covered. Before seal().
  static Tally larger_of(const Tally& a, const Tally& b);
  bool any_left() const { return left_ > 0; }
  bool overflowed() const { return overflowed_; }

 private:
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> counts_;
  std::uint64_t left_ = 0;
  bool overflowed_ = false;
};

// A 64-bit hash of a row's type and fields; where it was found does not enter.
std::uint64_t row_hash(const Row& row);

enum class PassMode : std::uint8_t {
  emit,          // everything, as `current`
  count,         // nothing; fills the tally
  mark_new,      // everything; what the tally lacks as `wal_only`
  only_left,     // only what is left in the tally, as `before_wal`
  not_in_tally,  // only what the tally lacks, as `recovered`
};

// The span of the event times that passed, and their number.
struct Passed {
  std::uint64_t records = 0;
  std::optional<Time> first, last;
};

class PassSink : public Sink {
 public:
  PassSink(Sink& next, PassMode mode, Tally* tally, Passed& passed)
      : next_(next), mode_(mode), tally_(tally), passed_(passed) {}
  void anomaly(std::string_view name, std::uint64_t offset) override { anomalies_.add(name, offset); }
  const AnomalyList& anomalies() const { return anomalies_; }
  bool keeps_all() const override {
    return (mode_ == PassMode::emit || mode_ == PassMode::mark_new) && next_.keeps_all();
  }

 protected:
  bool consider(const Row& row) override;
  void keep(const Row& row) override;

 private:
  std::optional<RowState> admit(const Row& row);
  void note_times(const Row& row);
  void check_texts(const Row& row);

  Sink& next_;
  PassMode mode_;
  Tally* tally_;
  Passed& passed_;
  AnomalyList anomalies_;
  RowState state_ = RowState::current;  // of the row that was considered last
  const RecordType* type_ = nullptr;    // whose event fields `events_` holds
  std::vector<std::size_t> events_;
};

}  // namespace testudo
