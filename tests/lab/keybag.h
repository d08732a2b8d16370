// Keybag: the class keys of a backup, locked by its password. Test tool.
// Layout (shared with every public decryptor, after Bédrune and Sigwald, HITB 2011): tag(4) length(4, big-endian)
// value; header VERS TYPE UUID HMCK WRAP SALT ITER DPWT DPIC DPSL, then for each class UUID CLAS WRAP KTYP WPKY.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "random.h"

namespace testudo::lab {

class Keybag {
 public:
  // `rounds` is DPIC, the count of the SHA-256 stage: 10 000 000 on real phones since iOS 10.2.
  Keybag(Random& random, std::string_view password, int rounds);
  const std::string& blob() const { return blob_; }
  // class (little-endian, 4 octets) followed by the wrapped key: as in ManifestKey and in an MBFile's EncryptionKey.
  std::string wrapped(int protection_class, std::string_view key) const;

 private:
  std::array<std::string, 12> class_keys_;
  std::string blob_;
};

}  // namespace testudo::lab
