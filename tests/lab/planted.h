// Planted: the laboratory's invented indicators, and the list of what was hidden where. Test tool.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testudo::lab {

// An indicator declares itself as a static object beside the code that plants it; all of them enter indicators.stix2,
// in clean backups too. Kinds are the names of src/record/kind.h.
class Indicator {
 public:
  Indicator(std::string_view kind, std::string_view value);
  const std::string& kind() const { return kind_; }
  const std::string& value() const { return value_; }

 private:
  std::string kind_, value_;
};

struct Trace {
  std::string_view name;      // unique: "sms-body-only"
  std::string_view source;    // the parser: "ios.sms"
  std::string expect;         // "indicator.host", a rule's name, or "none" for a decoy
  std::string value;          // as it stands in the evidence
  std::string indicator;      // the indicator that it must match; empty for rules and decoys
  std::string_view severity;  // at least; for a decoy: "none", or "low" where a weak hint is allowed at most
  std::string_view note;
  bool blind_spot = false;  // the peer does not report it (measured)
};

class Planted {
 public:
  void add(Trace trace);
  // The indicator's kind and value fill `expect` and `indicator`.
  void add(std::string_view name, std::string_view source, const Indicator& indicator, std::string value,
           std::string_view severity, std::string_view note, bool blind_spot = false);
  void decoy(std::string_view name, std::string_view source, std::string value, std::string_view note,
             std::string_view at_most = "none");
  void rule(std::string_view name, std::string_view source, std::string_view rule, std::string value,
            std::string_view severity, std::string_view note);
  std::string json() const;

 private:
  std::vector<Trace> traces_;
};

// All indicators as a STIX 2.1 bundle: one malware, one relationship each.
std::string indicators_stix2();

}  // namespace testudo::lab
