// A field's value against indicators. The first octet is the field's kind, the second says whether it is text or
// octets. Properties: touches() is true exactly where hits() finds something; what was seen stands in the value.
#include <array>
#include <cstdlib>

#include "base/text.h"
#include "detect/field_match.h"
#include "intel/feed.h"

using namespace testudo;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

const Matcher& indicators() {
  static const std::string image = [] {
    IndicatorSet set;
    const IndicatorSource source{"feed", "threat", "id"};
    set.add(Kind::host, "a.test", source);
    set.add(Kind::host, "xn--bcher-kva.test", source);
    set.add(Kind::url, "https://b.test/x?y=1", source);
    set.add(Kind::email, "a@c.test", source);
    set.add(Kind::cidr, "198.51.100.0/24", source);
    set.add(Kind::cidr, "2001:db8::/32", source);
    set.add(Kind::path, "/x/y", source);
    set.add(Kind::file_name, "z.bin", source);
    set.add(Kind::process, "a.process.longer.than.sixteen", source);
    set.add(Kind::phone, "+15550100", source);
    set.add(Kind::app_id, "test.a.b", source);
    set.add(Kind::sha256, std::string(64, 'a'), source);
    return set.compile();
  }();
  static const Matcher matcher = Matcher::open(as_bytes(image)).value();
  return matcher;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto kind = static_cast<Kind>(data[0] % kind_count);
  const std::string text = to_utf8(as_text({data + 2, size - 2}));
  const std::array<FieldInfo, 1> fields{FieldInfo{"a", kind, "", Show::plain}};
  const RecordType type{"fuzz.record", "", "{a}", fields};
  const std::array<Value, 1> values{data[1] % 2 == 0 ? Value::of_text(text) : Value::of_bytes({data + 2, size - 2})};
  const Row row{&type, values, {}};
  FieldMatcher matcher(indicators());
  const std::vector<FieldHit> hits = matcher.hits(row);
  require(matcher.touches(row) == !hits.empty());
  for (const FieldHit& hit : hits) {
    require(!hit.matches.empty() && !hit.seen.empty() && hit.field == 0);
    for (const Match& match : hit.matches) require(match.indicator < indicators().size());
  }
  return 0;
}
