// The computer's clock, for what happens now: acts, messages. Never for what evidence says. Floor 0.
#pragma once

#include <chrono>

#include "base/time.h"

namespace testudo {

inline Time wall_clock() {
  using namespace std::chrono;
  return Time{duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace testudo
