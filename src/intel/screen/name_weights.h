// The weights of the evidence, in natural logarithms of odds. Floor 3. Fitted on
// labelled pairs with five-fold cross-validation, each with the sign that its meaning demands
// (docs/design/screening.md).
#pragma once

#include "intel/screen/name_align.h"

namespace testudo {

struct NameWeights {
  float base, contradiction, extra, matched, worst, whole, numbers, forms, initials, single, order;
  float nothing = -6;  // where a name has no part at all
};

const NameWeights& name_weights(NameMode mode);
double weigh(const NameEvidence& evidence, NameMode mode);

}  // namespace testudo
