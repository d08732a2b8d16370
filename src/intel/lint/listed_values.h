// The values of the files of one lint run, for comparing files with each other. Floor 3.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "intel/indicator_store.h"
#include "intel/lint/lint_finding.h"
#include "record/kind.h"

namespace testudo {

struct ListedValue {
  std::uint64_t key = 0;  // keyed hash of kind and value
  std::string_view value, object;
  Kind kind = Kind::text;
};

struct ListedFile {
  std::string_view name, format;
  std::vector<ListedValue> values;  // each once, in order of appearance
};

// What two files show beside each other: the same feed, a subset, an overlap, a value that one of a folder lacks.
// Cost: one sort of all values, and of every pair of files that share some.
void compare_files(const std::vector<ListedFile>& files, const LintReceiver& receiver);

}  // namespace testudo
