// Keybags, file descriptions and the three property lists of a backup: reading returns.
#include "evidence/ios_backup.h"
#include "evidence/keybag.h"

using namespace testudo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes octets{data, size};
  const auto bag = Keybag::parse(octets);
  if (bag.ok()) static_cast<void>(ClassKeys::open(bag.value(), DerivedKey{}));
  const auto keys = ClassKeys::from_octets(octets);
  if (keys.ok()) static_cast<void>(keys.value().unwrap(octets));
  static_cast<void>(read_backup_file_info(octets));
  BackupFacts facts;
  static_cast<void>(read_manifest_plist(octets, facts));
  static_cast<void>(read_info_plist(octets, facts));
  static_cast<void>(read_status_plist(octets, facts));
  static_cast<void>(import_key(as_text(octets)));
  return 0;
}
