// Observed data for patterns to be evaluated against. Floor 3. Sources: STIX 2.1 section 4.14 (observed-data), STIX 2.0
// parts 2 and 3 (objects inside their observed-data, which refer to each other by their keys).
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "intel/pattern/pattern_tree.h"
#include "intel/secret_hash.h"

namespace testudo {

// A value of JSON, which lives as long as its Observed.
struct ObservedValue {
  enum class Type : std::uint8_t { null, boolean, integer, real, text, list, object };
  Type type = Type::null;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;  // of an integer too
  std::string text;
  std::vector<std::string> keys;              // of an object
  std::vector<const ObservedValue*> members;  // of an object or list
  const ObservedValue* member(std::string_view key) const;
};

using ObservedIds = std::unordered_map<std::string_view, const ObservedValue*, SecretHash>;

struct Observation {
  std::string id;
  PatternInstant first, last;
  std::uint64_t times = 1;
  std::vector<const ObservedValue*> objects;
  const ObservedIds* ids = nullptr;  // what its references point to
};

class Observed {
 public:
  // Reads a bundle, several in a list, or observed-data by themselves, of STIX 2.0 or 2.1. An Error where it is not
  // JSON, holds no observed-data, or one of them lacks its times, its number or its objects. Limit: 256 MiB.
  static Result<Observed> read(std::string_view json);
  const std::vector<Observation>& observations() const { return observations_; }

 private:
  friend class ObservedReader;
  std::deque<ObservedValue> values_;
  std::deque<ObservedIds> scopes_;  // the first: of the whole file; then one for each observed-data of STIX 2.0
  std::vector<Observation> observations_;
};

}  // namespace testudo
