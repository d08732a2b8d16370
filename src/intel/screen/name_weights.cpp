// name_weights.h.
#include "intel/screen/name_weights.h"

namespace testudo {

const NameWeights& name_weights(NameMode mode) {
  static constexpr NameWeights person{2.0F, -4.0F, -2.0F, 0.5F, -1.5F, -3.0F, -0.5F, 0, -0.3F, -2.0F, -0.5F};
  static constexpr NameWeights organisation{2.0F, -4.0F, -4.0F, 0.5F, -1.5F, -3.0F, -0.5F, -0.8F, 0, -1.0F, -0.5F};
  return mode == NameMode::person ? person : organisation;
}

double weigh(const NameEvidence& e, NameMode mode) {
  const NameWeights& w = name_weights(mode);
  return w.base + w.contradiction * e.contradiction + w.extra * e.extra + w.matched * e.matched + w.worst * e.worst +
         w.whole * e.whole + w.numbers * e.numbers + w.forms * e.forms + w.initials * e.initials + w.single * e.single +
         w.order * e.order;
}

}  // namespace testudo
