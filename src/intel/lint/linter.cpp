// All files of a run.
#include "intel/lint/linter.h"

#include <algorithm>
#include <iterator>

#include "intel/feed/stix.h"

namespace testudo {
namespace {

const FeedFormat* format_of(const FeedText& feed, std::string_view named) {
  if (!named.empty()) return named == stix_format.name ? &stix_format : feed_format(named);
  return recognise_feed(feed.name, feed.text);
}

}  // namespace

bool Linter::feed(std::string_view file, const FeedText& feed, std::string_view format) {
  const FeedFormat* reads = format_of(feed, format);
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
