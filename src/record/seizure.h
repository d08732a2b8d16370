// Seizure: the span of time in which a phone was out of its owner's hands: seized, at a repair, at a border. Floor 1.
#pragma once

#include "base/time.h"

namespace testudo {

// `from` is not after `to`; both belong to it.
struct Seizure {
  Time from, to;
  bool holds(Time time) const { return from <= time && time <= to; }
};

}  // namespace testudo
