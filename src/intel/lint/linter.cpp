// All files of a run.
#include "intel/lint/linter.h"

#include <algorithm>
#include <iterator>

namespace testudo {

Result<void> Linter::feed(std::string_view file, const FeedText& feed, const FeedFormat& format, FeedSink* next) {
  FeedLint lint(file, feed, format.name, pool_, warnings_, receiver_, next);
  const Result<void> done = lint.run(format);
  files_.push_back({pool_.keep(file), format.name, lint.take_values()});
  return done;
}

void Linter::append(Linter&& other) {
  std::ranges::move(other.files_, std::back_inserter(files_));
  others_.push_back(std::move(other.pool_));
}

void Linter::finish() { compare_files(files_, receiver_); }

}  // namespace testudo
