// Warning lists, read and compiled by a worker. Floor 7.
#pragma once

#include <string>
#include <vector>

#include "app/worker/indicators.h"
#include "intel/warning/warning_lists.h"
#include "sandbox/zygote.h"

namespace testudo {

struct CompiledWarnings {
  Descriptor image;                   // a file in memory
  std::vector<std::string> left_out;  // files that are no list
};

// All files of the name list.json, or of any name that ends in .json, below a folder, or one file. Errors:
// "warnings_no_list" where there is none.
Result<CompiledWarnings> compile_warnings(Zygote& zygote, const std::string& path);

// Compiled lists that were mapped. The mapping outlives the lists.
struct OpenWarnings {
  Mapping mapping;
  std::optional<WarningLists> lists;
};
Result<OpenWarnings> open_warnings(int image);

// Where a store keeps its lists.
std::string warnings_path(const std::string& store);
// The lists of the store; nothing valid where it has none.
Result<Descriptor> store_warnings(const std::string& store);
// Puts the image into the store's folder, whole or not at all.
Result<void> save_warnings(const std::string& store, int image);

}  // namespace testudo
