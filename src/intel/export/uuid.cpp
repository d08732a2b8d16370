#include "intel/export/uuid.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace testudo {

Uuid uuid5(const Uuid& space, std::string_view name) {
  std::string text(as_text(space));
  text += name;
  const Sha1 digest = sha1(as_bytes(text));
  Uuid uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0F) | 0x50);
  uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3F) | 0x80);
  return uuid;
}

std::string uuid_text(const Uuid& uuid) {
  std::string text = to_hex(uuid);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

std::string export_uuid(std::string_view type, std::string_view name) {
  std::string text(type);
  text += '\n';
  text += name;
  return uuid_text(uuid5(export_namespace, text));
}

}  // namespace testudo
