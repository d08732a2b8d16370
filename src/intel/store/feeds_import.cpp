// A savepoint a feed.
#include "intel/store/feeds_import.h"

namespace testudo {

Result<FeedSink*> ChangeImport::begin(const FeedFile& file, FeedImport::Unrepeated unrepeated) {
  TRY(change_.connection().execute("SAVEPOINT feed"));
  feed_ = TRY(FeedImport::begin(change_, file, unrepeated));
  return this;
}

Result<ImportDifference> ChangeImport::end() {
  if (wrong_) return *wrong_;
  ImportDifference difference = TRY(feed_->finish());
  feed_.reset();
  TRY(change_.connection().execute("RELEASE feed"));
  return difference;
}

Result<void> ChangeImport::drop() {
  if (wrong_) return *wrong_;
  feed_.reset();
  return change_.connection().execute("ROLLBACK TO feed; RELEASE feed");
}

}  // namespace testudo
