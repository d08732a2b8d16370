// The block clock: how long an indicator is worth blocking, by its kind. Looking back at evidence has no clock.
// Floor 3. Models and their reasons: knowledge/decay.txt, docs/design/decay.md. The formula is that of MISP's
// polynomial model (app/Model/DecayingModelsFormulas/Polynomial.php; Mokaddem et al., arXiv 1902.03914).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "intel/store/stored_indicator.h"

namespace testudo {

struct DecayModel {
  double lifetime = 0;    // days until the score is 0; 0: it never falls
  double speed = 1;       // above 1 it falls soon and then slowly, below 1 late and then quickly
  double threshold = 30;  // below it the indicator has decayed
  double base = 80;       // score at the beginning where no source says how sure it is
};

// The model of a kind. Kinds without a row never decay.
const DecayModel& block_model(Kind kind);

// base * (1 - (days / lifetime)^(1 / speed)), never below 0; `base` for days of 0 or less, or without a lifetime.
double decay_score(const DecayModel& model, double base, double days);
// After how many days the score falls below the threshold; nothing if it never does, 0 if it never was above.
std::optional<double> days_until_decayed(const DecayModel& model, double base);

struct BlockClock {
  std::optional<Time> since;  // the clock's beginning; nothing: no source gives a date, so that the clock stands still
  std::optional<Time> until;  // when the score falls below the threshold
  double base = 0, score = 0;
  bool decayed = false;
};
// The clock begins with the latest sighting or last_seen; without any, with the latest date on which a source said
// anything of it (modified, created, first_seen, valid_from). Withdrawn claims do not count.
BlockClock block_clock(const StoredIndicator& indicator, Time as_of);

// A decaying model as MISP publishes it, for comparison and for those who bring their own.
struct PublishedModel {
  std::string name;
  DecayModel model;
  std::map<std::string, double, std::less<>> weights;  // of taxonomies' predicates in the base score
};
Result<PublishedModel> read_decaying_model(std::string_view json);
// The base score of a model for tags' numerical values (0 to 100) by predicate: the mean by weight of those present;
// the model's default without any.
double base_score(const PublishedModel& model, const std::map<std::string, double, std::less<>>& values);

}  // namespace testudo
