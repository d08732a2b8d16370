// Constants that no hash can equal. Floor 3. Source: STIX 2.1 section 2.7 and its hash-algorithm-ov; that such a
// pattern is not valid, the reference validator says (docs/formats/stix-patterns.md).
#pragma once

#include "intel/pattern/pattern_tree.h"

namespace testudo {

// Fault::malformed, with the column of the constant, where a key of a `hashes` names an algorithm and = , != or IN
// compares it with what is no hash of that algorithm. Other operators may name a part of one. Cost: linear.
Result<void> check_hash_constants(const ObservationTree& tree);

}  // namespace testudo
