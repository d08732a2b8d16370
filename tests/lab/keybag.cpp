// Keybag: writes the tag-length-value list and wraps keys with its classes. Test tool.
#include "keybag.h"

#include "crypto.h"
#include "fail.h"

namespace testudo::lab {
namespace {

constexpr int sha1_rounds = 10000;

void put(std::string& out, std::string_view tag, std::string_view value) {
  out += tag;
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>((value.size() >> shift) & 0xFF));
  out += value;
}

void put_number(std::string& out, std::string_view tag, std::uint32_t value) {
  std::string four;
  for (int shift = 24; shift >= 0; shift -= 8) four.push_back(static_cast<char>((value >> shift) & 0xFF));
  put(out, tag, four);
}

}  // namespace

Keybag::Keybag(Random& random, std::string_view password, int rounds) {
  const std::string salt = random.bytes(20);
  const std::string first_salt = random.bytes(20);
  const std::string stretched = pbkdf2_sha256(password, first_salt, rounds);
  const std::string key = pbkdf2_sha1(stretched, salt, sha1_rounds);
  put_number(blob_, "VERS", 5);
  put_number(blob_, "TYPE", 1);
  put(blob_, "UUID", random.bytes(16));
  put(blob_, "HMCK", random.bytes(40));
  put_number(blob_, "WRAP", 0);
  put(blob_, "SALT", salt);
  put_number(blob_, "ITER", sha1_rounds);
  put_number(blob_, "DPWT", 0);
  put_number(blob_, "DPIC", static_cast<std::uint32_t>(rounds));
  put(blob_, "DPSL", first_salt);
  for (int number = 1; number <= 11; ++number) {
    if (number == 4) continue;  // class D is not kept in a backup's keybag
    std::string& class_key = class_keys_[static_cast<std::size_t>(number)];
    class_key = random.bytes(32);
    put(blob_, "UUID", random.bytes(16));
    put_number(blob_, "CLAS", static_cast<std::uint32_t>(number));
    put_number(blob_, "WRAP", 2);
    put_number(blob_, "KTYP", 0);
    put(blob_, "WPKY", wrap_key(key, class_key));
  }
}

std::string Keybag::wrapped(int protection_class, std::string_view key) const {
  const std::string& class_key = class_keys_.at(static_cast<std::size_t>(protection_class));
  if (class_key.empty()) fail("no such protection class in the keybag");
  std::string out(1, static_cast<char>(protection_class));
  out.append(3, '\0');
  return out += wrap_key(class_key, key);
}

}  // namespace testudo::lab
