// A feed that could not be read to its end takes nothing out of the store.
#include "intel/store/feeds_import.h"
#include "intel/store/store_folder.h"

namespace testudo {
namespace {

// What each import of the feed "a" changes, which says these hosts, each of the threat beside it.
ImportDifference import_cut(IntelStore& store, std::int64_t at, const std::vector<Said>& says, const char* defect) {
  StoreChange change = must(StoreChange::begin(store, "import", "a", Time{at}));
  ChangeImport import(change);
  FeedSink& sink = *must(
      import.begin({.name = "a", .format = "stix", .etag = "\"e\"", .sha256 = "00"}, FeedImport::Unrepeated::end));
  for (const Said& said : says)
    sink.claim({.kind = Kind::host, .value = said.value, .object = said.object, .threat = said.threat});
  sink.kept({.language = "stix", .text = "[a:b = '" + std::to_string(says.size()) + "']"});
  sink.note("", defect, "");
  ImportDifference difference = must(import.end());
  EXPECT_TRUE(change.commit());
  return difference;
}

std::string digest_of(IntelStore& store) { return must(store.sources())[0].sha256 + must(store.sources())[0].etag; }

TEST(CutFeed, WithdrawsNothingAndIsNewsAgain) {
  for (const char* defect : {"truncated", "malformed_json", "malformed_xml", "unterminated_quote", "unterminated_rule",
                             "unclosed_parenthesis"}) {
    StoreFolder folder;
    IntelStore store = folder.open();
    import_cut(store, 1, {{"one.test", "x--1", "Sample"}, {"two.test", "x--2", "Sample"}}, "unknown_marking");
    EXPECT_EQ(digest_of(store), "00\"e\"");
    const ImportDifference cut = import_cut(store, 2, {{"one.test", "x--1"}, {"new.test", "x--3"}}, defect);
    EXPECT_FALSE(cut.whole) << defect;
    EXPECT_EQ(cut.withdrawn + cut.patterns_withdrawn, 0U) << defect;
    EXPECT_EQ(cut.unchanged, 1U) << defect;  // with its threat, which the end of the file may name
    EXPECT_EQ(cut.added, 1U) << defect;
    EXPECT_EQ(values_of(store), (std::vector<std::string>{"new.test", "one.test", "two.test"})) << defect;
    EXPECT_EQ(digest_of(store), "") << defect;
    const ImportDifference whole = import_cut(store, 3, {{"one.test", "x--1"}}, "broken_object");
    EXPECT_TRUE(whole.whole) << defect;
    EXPECT_EQ(whole.withdrawn, 2U) << defect;
    EXPECT_EQ(whole.changed, 1U) << defect;
  }
}

TEST(CutFeed, KeepsTheThreatsThatItDoesNotNameAnyMore) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_cut(store, 1, {{"one.test", "x--1", "Sample"}}, "unknown_marking");
  const ImportDifference cut = import_cut(store, 2, {{"one.test", "x--1", "Other"}}, "truncated");
  EXPECT_EQ(cut.changed, 1U);
  EXPECT_EQ(indicators_of(store)[0].claims[0].threats, (std::vector<std::string>{"Sample", "Other"}));
}

}  // namespace
}  // namespace testudo
