// Keybags, wrapped keys and exported keys: reading returns.
#include "evidence/keybag.h"

using namespace testudo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes octets{data, size};
  const auto bag = Keybag::parse(octets);
  if (bag.ok()) static_cast<void>(ClassKeys::open(bag.value(), DerivedKey{}));
  const auto keys = ClassKeys::from_octets(octets);
  if (keys.ok()) static_cast<void>(keys.value().unwrap(octets));
  static_cast<void>(import_key(as_text(octets)));
  return 0;
}
