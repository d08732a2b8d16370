// Naming models: how much a name looks like those that are known of spyware sellers, and unlike ordinary ones. Floor 3.
// Learned in this process from the names that it is given; nothing learned is shipped. Logistic regression over hashed
// runs of letters and words (naming_features.h); the same names in any order give the same model.
// How well it does, on names and on vendors that it never saw: docs/design/hunt.md.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "intel/hunt/naming_features.h"

namespace testudo {

struct KnownName {
  std::string host;    // normalised
  std::string threat;  // whose; may be empty
};

struct NamingScore {
  // Chance that a name with these letters is a known seller's rather than an ordinary one's, were both equally
  // frequent. In a real zone they are not: compare `ordinary`.
  double score = 0;
  // Share of the ordinary names that score at least as high, measured on names left out of the learning.
  double ordinary = 1;
};

struct NamingReason {
  std::string feature;
  double weight = 0;
};

class NamingModel {
 public:
  // Learns. Names are reduced to registrable domains, each counted once; a name of both lists counts as ordinary.
  // Errors: Fault::usage with fewer than 20 names on either side. Cost: about 0.05 ms a name.
  static Result<NamingModel> train(const std::vector<KnownName>& known, const std::vector<std::string>& ordinary,
                                   const NamingScales& scales = {});
  NamingModel(NamingModel&&) noexcept;
  NamingModel& operator=(NamingModel&&) noexcept;
  ~NamingModel();

  // Cost: about a microsecond.
  NamingScore score(std::string_view host) const;
  // The score alone, of a registrable domain. Cost: about half a microsecond.
  double chance(std::string_view domain) const;
  // The threat whose own names it is most like: empty where no threat has at least 40 names. Cost: a score a threat.
  std::string_view family(std::string_view host) const;
  // The features that speak most for it, strongest first.
  std::vector<NamingReason> reasons(std::string_view host, std::size_t most) const;
  std::size_t known() const;
  std::size_t ordinary() const;

 private:
  struct State;
  explicit NamingModel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace testudo
