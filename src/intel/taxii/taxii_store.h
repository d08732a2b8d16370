// TaxiiStore: collections, who may use them, objects and status resources, in `taxii.db` beside the intelligence store.
// Floor 3.
//
// Every object gets a moment of addition that no other object has and that is later than all before, also where the
// clock is set back or a million objects come at once: it is the row's key. It is given inside the transaction that
// commits the object, so a reader who has seen a moment has seen, or can never see, everything earlier. Pages by this
// moment can neither skip nor repeat an object.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "intel/taxii/filter.h"
#include "intel/taxii/posted.h"
#include "store/sqlite.h"

namespace testudo {

struct TaxiiCollection {
  std::string id;    // UUID
  std::string name;  // its alias in URLs; unique
  std::string title, description;
  std::string audience;  // a word of TLP: filled from the intelligence store for these readers. Empty: by its writers
};

struct TaxiiRights {
  bool read = false, write = false;
};

// An object as a page holds it.
struct TaxiiObject {
  Time added;
  std::string id, type, spec_version, version, json;
};

struct TaxiiPage {
  std::vector<TaxiiObject> objects;
  bool more = false;
};

// What became of a posted object.
enum class TaxiiPut : std::uint8_t { added, known };
struct TaxiiPlaced {
  TaxiiPut put = TaxiiPut::added;
  std::string version;  // as TAXII names it
};

class TaxiiStore {
 public:
  // A user of this name in the table of rights stands for everybody.
  static constexpr std::string_view everybody = "*";

  // Opens or makes `taxii.db` (0600) in an existing folder. "intel_store_newer", "intel_store_busy".
  static Result<TaxiiStore> open(const std::string& folder);

  Result<std::vector<TaxiiCollection>> collections() const;
  // By id alone, or by id or name.
  Result<std::optional<TaxiiCollection>> collection(std::string_view id) const;
  Result<std::optional<TaxiiCollection>> collection_named(std::string_view id_or_name) const;
  // Gives it a new id. "taxii_collection_exists" if the name is taken.
  Result<TaxiiCollection> add_collection(TaxiiCollection collection);
  Result<void> allow(std::string_view collection, std::string_view user, TaxiiRights rights);
  // Of `user`, together with everybody's; nobody's name means everybody alone.
  Result<TaxiiRights> rights(std::string_view collection, const std::optional<std::string>& user) const;

  // Objects in order of addition behind `after`: at most filter.limit, and no more than fit into `octets` (but one).
  Result<TaxiiPage> page(const std::string& collection, const TaxiiFilter& filter, Time after,
                         std::uint64_t octets = 8U << 20) const;
  Result<bool> holds(const std::string& collection, std::string_view id) const;
  // Removes the versions that the filter names (none named: all). How many there were.
  Result<std::uint64_t> remove(const std::string& collection, std::string_view id, const TaxiiFilter& filter);

  // Runs `work` in one write transaction; all of it, or nothing. Waits up to five seconds for another writer.
  Result<void> change(const std::function<Result<void>()>& work);
  // Inside change(): adds a version of an object, if it is not there.
  Result<TaxiiPlaced> put(const std::string& collection, const PostedObject& object);
  // Inside change(): makes the collection hold exactly the objects that `each` hands to what it is given; of those with
  // one id, the first. One whose text differs in `modified` alone is kept as it was; one whose text differs otherwise
  // is added anew. Memory: some 50 octets for each object that is kept.
  Result<void> replace_all(const std::string& collection, const std::function<Result<void>(const PostedUse&)>& each);

  // Status resources: kept for their user, the newest ten thousand.
  Result<void> keep_status(std::string_view id, std::string_view user, std::string_view json);
  Result<std::optional<std::string>> status(std::string_view id, std::string_view user) const;

  // Small facts by name: the cursor key, what was last published or pulled.
  Result<std::string> fact(std::string_view name) const;  // empty if there is none
  Result<void> set_fact(std::string_view name, std::string_view value);
  // 32 octets, made with the store, with which cursors are signed.
  const std::string& cursor_key() const { return cursor_key_; }

 private:
  explicit TaxiiStore(Connection connection) : connection_(std::move(connection)) {}
  Result<void> make_tables();
  Result<Time> moment();
  struct Replacement;
  Result<Statement> inserting() const;
  Result<TaxiiPlaced> insert(Statement& add, const std::string& collection, const PostedObject& object);
  Connection connection_;
  std::string cursor_key_;
  std::int64_t last_moment_ = 0;  // within change()
};

// A random UUID (version 4, RFC 9562).
std::string random_uuid();

}  // namespace testudo
