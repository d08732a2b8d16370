// IntelStore: a folder (0700) with `store.db`, where what is known of the market is kept as claims: who says what of
// which value, since when. Every change is a generation, made whole or not at all, and can be taken back. Floor 3.
// Tables and rules: docs/design/intelligence-store.md.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "intel/feed/feed_sink.h"
#include "store/sqlite.h"

namespace testudo {

// One change of the store, as the history lists it.
struct Generation {
  std::int64_t id = 0;
  Time at;
  std::string verb, what;
  std::uint64_t added = 0, changed = 0, withdrawn = 0;
};

// The format of the desk's own entries, which are no feed's.
inline constexpr std::string_view own_entries = "own";

// A feed, or the desk's own entries.
struct StoredSource {
  std::int64_t id = 0;
  std::string name, format, address, licence, etag, last_modified, sha256;
  std::optional<Time> newest;   // latest date of what it claims
  std::optional<Time> updated;  // when it was last imported
  std::uint64_t indicators = 0;
  bool whole = true;  // false: it could not be read to its end when it was last imported
};

class IntelStore {
 public:
  enum class Mode : std::uint8_t { read, write };
  // A generation that is later than all.
  static constexpr std::int64_t now = std::numeric_limits<std::int64_t>::max();

  // Whether there is a store in `folder`. "intel_denied" where the user may not look.
  static Result<bool> is_in(const std::string& folder);
  // Opens the store in `folder`; with Mode::write makes it where it is absent. Errors (keys of the catalogue):
  // "intel_no_store", "intel_foreign_folder", "intel_store_newer", "intel_denied".
  static Result<IntelStore> open(const std::string& folder, Mode mode);

  Connection& connection() { return connection_; }
  const std::string& folder() const { return folder_; }
  // Begins a write transaction. A second writer waits up to five seconds, then gets "intel_store_busy".
  Result<void> lock();
  // The last generation; 0 for a store that nothing was put into.
  Result<std::int64_t> generation() const;
  // The last one at or before `at`; 0 if there is none.
  Result<std::int64_t> generation_at(Time at) const;
  Result<std::vector<Generation>> history() const;
  // The sources that had been imported by `generation`, in order of name; not those whose imports were all taken back.
  Result<std::vector<StoredSource>> sources(std::int64_t generation = now) const;
  // What the user said of all that a source says, by the source's name.
  Result<std::map<std::string, Tlp>> markings() const;

 private:
  IntelStore(std::string folder, Connection connection)
      : folder_(std::move(folder)), connection_(std::move(connection)) {}
  Result<std::set<std::int64_t>> sources_read_in_part() const;
  std::string folder_;
  Connection connection_;
};

// A change in the making: one write transaction. What is not committed never was. Errors as of IntelStore::lock().
class StoreChange {
 public:
  static Result<StoreChange> begin(IntelStore& store, std::string_view verb, std::string_view what, Time at);
  StoreChange(StoreChange&& other) noexcept
      : store_(std::exchange(other.store_, nullptr)), generation_(other.generation_) {}
  StoreChange& operator=(StoreChange&&) = delete;
  ~StoreChange();

  IntelStore& store() { return *store_; }
  Connection& connection() { return store_->connection(); }
  std::int64_t generation() const { return generation_; }
  // Counts that the history shows.
  Result<void> count(std::uint64_t added, std::uint64_t changed, std::uint64_t withdrawn);
  // "disk_full" where the disk is; the store then is what it was before.
  Result<void> commit();
  // A change that changed nothing leaves no generation.
  void abandon();

 private:
  StoreChange(IntelStore& store, std::int64_t generation) : store_(&store), generation_(generation) {}
  IntelStore* store_;
  std::int64_t generation_;
};

// Brings the store back to what it was at `generation`, as a new generation: the way there can itself be taken back.
// The change is begun with the verb "rollback"; what it is of is written here.
Result<void> roll_back(StoreChange& change, std::int64_t generation);

}  // namespace testudo
