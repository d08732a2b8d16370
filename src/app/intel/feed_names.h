// By which name the store knows a feed that comes from a file. Floor 7.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/worker/feed.h"
#include "intel/store/intel_store.h"

namespace testudo {

// "file:///folder/feed.csv" of each: which file it is, whatever way leads to it.
std::vector<std::string> file_addresses(std::span<const FeedJob> jobs);

// A feed's name is its file's, and what it held before ends with the next import. So that this happens to no other
// publisher's feed, a file whose name the store has from another file or address gets as many of its folders in front
// as tell it apart. Gives the names before, of those that changed. `addresses`: those of file_addresses().
Result<std::vector<std::string>> tell_feeds_apart(IntelStore& store, std::vector<FeedJob>& jobs,
                                                  std::span<const std::string> addresses);

}  // namespace testudo
