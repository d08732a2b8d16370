// A MISP event, written attribute by attribute. Floor 3. Source: MISP core format (draft-dulaunoy-misp-core-format);
// types and categories: MISP describeTypes.
#pragma once

#include <string>
#include <string_view>

#include "intel/export/export_writer.h"
#include "intel/export/facts.h"

namespace testudo {

class JsonText;

// What is the event's own; all of it goes into the manifest of a feed too.
struct MispEventShape {
  std::string uuid, info, author;
  Time as_of;
  std::optional<Tlp> tlp;  // the strictest of what it holds
};

class MispEvent {
 public:
  // `rules` tells by what nobody shall be alarmed (judge_alarm()): it is carried without `to_ids`.
  MispEvent(MispEventShape shape, BlockRules rules) : shape_(std::move(shape)), rules_(rules) {}
  // The event's beginning; attributes follow with add(), then end().
  // The value of an attribute: a URL with its scheme, others as they were spelled first.
  static std::string value_of(const StoredIndicator& indicator);
  void begin(std::string& out) const;
  // Why it cannot be carried; empty: it was appended. Objects are kept until the end: values of kinds that MISP knows
  // as parts of objects alone (processes, TLS fingerprints).
  WithheldWord add(const StoredIndicator& indicator, std::string& out);
  WithheldWord add(const StoredPattern& pattern, std::string& out);
  void end(std::string& out) const;
  // Org, tags, info, date and the rest as members of an object that is open.
  void write_meta(JsonText& json) const;
  const std::string& uuid() const { return shape_.uuid; }

 private:
  void append(std::string_view json, std::string& out);
  void mark(std::optional<Tlp> tlp);
  MispEventShape shape_;
  BlockRules rules_;
  std::string objects_;
  bool any_ = false;
};

}  // namespace testudo
