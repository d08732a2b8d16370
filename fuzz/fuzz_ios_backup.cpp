// The property lists of a backup. The first octet says which; whatever follows, reading returns, and a file's facts are
// texts that can be written.
#include <cstdlib>

#include "base/text.h"
#include "evidence/ios_backup.h"

using namespace testudo;

namespace {

void read_head(std::uint8_t which, Bytes octets) {
  BackupFacts facts;
  const auto read = which == 1   ? read_manifest_plist(octets, facts)
                    : which == 2 ? read_info_plist(octets, facts)
                                 : read_status_plist(octets, facts);
  static_cast<void>(read.ok());
  for (const std::string* text :
       {&facts.product_version, &facts.device_name, &facts.phone_number, &facts.snapshot_state})
    if (!is_utf8(*text)) std::abort();
  for (const std::string& application : facts.installed_applications)
    if (!is_utf8(application)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Bytes octets{data + 1, size - 1};
  if (data[0] % 4 != 0) {
    read_head(data[0] % 4, octets);
    return 0;
  }
  const auto info = read_backup_file_info(octets);
  if (info && !is_utf8(info.value().target)) std::abort();
  return 0;
}
