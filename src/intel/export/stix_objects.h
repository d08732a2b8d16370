// Objects of a STIX 2.1 bundle, written one after another; what several refer to is written once, before the first that
// does. Floor 3. Source: STIX 2.1 (OASIS Standard, 10 June 2021); TLP 2.0 markings: OASIS common objects.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "intel/export/export_writer.h"
#include "intel/export/facts.h"

namespace testudo {

class JsonText;

class StixObjects {
 public:
  explicit StixObjects(const ExportRequest& request);
  void begin(std::string& out);
  void end(std::string& out);
  // Appends an object that is written already.
  void add(std::string_view json, std::string& out);
  // Whether this is the first time that `id` is asked for.
  bool first(std::string_view id) { return seen_.insert(std::string(id)).second; }

  const std::string& author() const { return author_; }
  // The id of the marking, of the malware of this name (as a feed first spells it); each is written when it is new.
  std::string marking(Tlp tlp, std::string& out);
  std::string malware(std::string_view name, std::string& out);
  void extension(std::string& out);
  // A relationship to every threat that is named, each once. False if none is.
  bool indicates_all(std::string_view indicator, const Facts& facts, std::string& out);

  // Times of an indicator that are fit for STIX: known ones, else the fixed past or the day of the export.
  Time created(const Facts& facts) const { return facts.created.value_or(unknown); }
  Time modified(const Facts& facts) const;
  // From when on it holds: as told, else first seen, else created.
  Time valid_from(const Facts& facts) const;
  Time day() const { return day_; }
  static constexpr Time unknown{0};

 private:
  void indicates(std::string_view indicator, std::string_view malware, const Facts& facts, std::string& out);
  void identity(std::string& out);
  const ExportRequest request_;
  std::string author_;
  Time day_;
  bool any_ = false;
  std::unordered_set<std::string> seen_;
};

// type, spec_version, id, created_by_ref, created, modified: what every object begins with.

void stix_common(JsonText& json, std::string_view type, std::string_view id, std::string_view author, Time created,
                 Time modified);

}  // namespace testudo
