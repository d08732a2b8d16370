// name_weights.h.
#include "intel/screen/name_weights.h"

namespace testudo {

const NameWeights& name_weights(NameMode mode) {
  static constexpr NameWeights person{3.0F, -5.7F, -1.7F, 0.15F, -1.2F, -2.1F, -0.5F, -0.5F, -0.1F, -1.8F, -0.4F};
  static constexpr NameWeights organisation{2.75F, -3.9F, -2.9F, 0.25F, -1.6F, -4.3F,
                                            -0.2F, -2.2F, -0.3F, -1.2F, -0.5F};
  return mode == NameMode::person ? person : organisation;
}

double weigh(const NameEvidence& e, NameMode mode) {
  const NameWeights& w = name_weights(mode);
  const float sum = w.base + w.contradiction * e.contradiction + w.extra * e.extra + w.matched * e.matched +
                    w.worst * e.worst + w.whole * e.whole + w.numbers * e.numbers + w.forms * e.forms +
                    w.initials * e.initials + w.single * e.single + w.order * e.order;
  // Doubt lowers what speaks for one name and never turns it: the threshold stands where it stood.
  return sum > 0 ? sum * (1 - e.doubt) : sum;
}

}  // namespace testudo
