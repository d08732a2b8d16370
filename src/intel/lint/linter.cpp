// All files of a run.
#include "intel/lint/linter.h"

#include <algorithm>
#include <iterator>

#include "intel/feed/feed_format.h"

namespace testudo {

bool Linter::feed(std::string_view file, const FeedText& feed, std::string_view format) {
  const FeedFormat* reads = format.empty() ? recognise_feed(feed.name, feed.text) : feed_format(format);
  if (reads == nullptr) return false;
  FeedLint lint(file, feed, reads->name, pool_, warnings_, receiver_);
  std::vector<ListedValue> values = lint.run(*reads);
  files_.push_back({pool_.keep(file), reads->name, std::move(values)});
  return true;
}

void Linter::append(Linter&& other) {
  std::ranges::move(other.files_, std::back_inserter(files_));
  others_.push_back(std::move(other.pool_));
}

void Linter::finish() { compare_files(files_, receiver_); }

}  // namespace testudo
