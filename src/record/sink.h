// Sink: what a parser gives its records and anomalies to. Floor 1.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "record/row.h"

namespace testudo {

class Sink {
 public:
  virtual ~Sink() = default;

  // Gives a record. Its texts need to live only until the call returns. Cost: one matching pass; nothing is copied
  // unless the record is kept.
  template <Record T>
  void emit(const T& record, Locator where) {
    const auto values = views(record);
    const Row row{&record_type<T>(), values, where};
    if (consider(row)) keep(row);
  }

  // As above, for records with costly fields that matter only when the record is kept: `complete(record)` fills them in
  // (a copy of all remaining columns, say). Fields that indicators or rules look at must be filled before.
  template <Record T, typename Complete>
  void emit(T& record, Locator where, Complete&& complete) {
    const auto values = views(record);
    if (!consider(Row{&record_type<T>(), values, where})) return;
    std::forward<Complete>(complete)(record);
    const auto whole = views(record);
    keep(Row{&record_type<T>(), whole, where});
  }

  // A violated expectation: a short stable snake_case name (documented on the format's page), counted per name; the
  // first offset or rowid is kept. Makes the source `partial` unless the name is declared informational.
  virtual void anomaly(std::string_view name, std::uint64_t offset = Locator::nowhere) = 0;

  // For a time that was converted from a stored number: reports `time_out_of_range` where a stored value had no
  // conversion.
  std::optional<Time> checked(std::optional<Time> converted, std::uint64_t where = Locator::nowhere) {
    if (!converted) anomaly("time_out_of_range", where);
    return converted;
  }

  // Whether nearly every record will be kept: a parser then asks for all of a row at once. A hint; nothing else
  // follows.
  virtual bool keeps_all() const { return false; }

 protected:
  // Whether anyone wants this record (all are kept, or an indicator or a rule looks at it).
  virtual bool consider(const Row& row) = 0;
  virtual void keep(const Row& row) = 0;
  // For a sink that stands before another one and filters or marks what passes.
  static bool consider_in(Sink& next, const Row& row) { return next.consider(row); }
  static void keep_in(Sink& next, const Row& row) { next.keep(row); }
};

}  // namespace testudo
