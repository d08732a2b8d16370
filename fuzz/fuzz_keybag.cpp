// Keybags, wrapped keys and exported keys: reading returns.
#include <algorithm>

#include "evidence/keybag.h"

using namespace testudo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes octets{data, size};
  const auto bag = Keybag::parse(octets);
  if (bag.ok()) static_cast<void>(ClassKeys::open(bag.value(), DerivedKey{}));
  static_cast<void>(ClassKeys().unwrap(octets));
  static_cast<void>(unwrap_key(octets.first(std::min<std::size_t>(octets.size(), 16)), octets));
  static_cast<void>(import_key(as_text(octets)));
  return 0;
}
