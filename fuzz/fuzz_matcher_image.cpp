// A matcher image made by a hostile worker: an honest image, changed at places that the input names, with a checksum
// that is right. Nothing may be read outside it, whatever is asked.
#include <cstdlib>
#include <cstring>

#include "base/hash.h"
#include "intel/feed.h"
#include "intel/image_layout.h"
#include "intel/matcher.h"

namespace {

using namespace testudo;

const std::string& honest_image() {
  static const std::string image = [] {
    IndicatorSet set;
    set.add(Kind::host, "a.test", {"feed", "threat", "id"});
    set.add(Kind::host, "b.a.test", {"feed", "threat", "id"});
    set.add(Kind::path, "/x/y", {"feed", "", ""});
    set.add(Kind::process, "a.process.longer.than.sixteen", {"feed", "", ""});
    set.add(Kind::cidr, "198.51.100.0/24", {"feed", "", ""});
    set.add(Kind::cidr, "2001:db8::/32", {"feed", "", ""});
    set.add(Kind::url, "https://a.test/x", {"feed", "", ""});
    return set.compile();
  }();
  return image;
}

void ask_everything(const Matcher& matcher) {
  std::vector<Match> out;
  matcher.find(Kind::host, "c.b.a.test", out);
  matcher.find(Kind::path, "/x/y/z", out);
  matcher.find(Kind::process, "a.process.longer", out);
  matcher.find(Kind::ipv4, "198.51.100.7", out);
  matcher.find(Kind::ipv6, "2001:db8::7", out);
  matcher.find(Kind::url, "a.test/x", out);
  for (std::size_t i = 0; i < kind_count; ++i) static_cast<void>(matcher.size(static_cast<Kind>(i)));
  for (const Match& match : out) {
    if (match.indicator >= matcher.size()) std::abort();
    static_cast<void>(matcher.describe(match.indicator));
  }
  for (std::uint32_t i = 0; i < 8; ++i) {
    static_cast<void>(matcher.describe(i));
    if (static_cast<std::size_t>(matcher.type(i)) >= kind_count) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // As it is: almost always refused.
  if (const auto opened = Matcher::open({data, size})) ask_everything(opened.value());
  // Changes of six octets each: place, then the four octets that are written there.
  std::string image = honest_image();
  for (; size >= 6; data += 6, size -= 6) {
    const std::size_t at = (static_cast<std::size_t>(data[0]) << 8 | data[1]) % (image.size() - 4);
    std::memcpy(image.data() + at, data + 2, 4);
  }
  image::store(image, image::at::checksum, std::uint64_t{0});
  image::store(image, image::at::checksum, hash64(std::string_view(image).substr(0, image::header_size)));
  if (const auto opened = Matcher::open(as_bytes(image))) ask_everything(opened.value());
  return 0;
}
