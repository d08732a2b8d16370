// Binary property lists for tests, object by object, so that every defect can be written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testudo::test {

inline std::string big_endian(std::uint64_t value, int octets) {
  std::string out;
  for (int i = octets; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
  return out;
}

class PlistBuilder {
 public:
  explicit PlistBuilder(int ref_size = 1) : ref_size_(ref_size) {}

  // Each adds an object and returns its number.
  std::uint64_t raw(std::string octets) {
    objects_.push_back(std::move(octets));
    return objects_.size() - 1;
  }
  std::uint64_t text(std::string_view ascii) { return raw(marker(0x50, ascii.size()) + std::string(ascii)); }
  std::uint64_t utf16(std::u16string_view units) {
    std::string out = marker(0x60, units.size());
    for (const char16_t unit : units) out += big_endian(unit, 2);
    return raw(out);
  }
  std::uint64_t data(std::string_view octets) { return raw(marker(0x40, octets.size()) + std::string(octets)); }
  std::uint64_t integer(std::uint64_t value, int log_size = 3) {
    return raw(std::string(1, static_cast<char>(0x10 | log_size)) + big_endian(value, 1 << log_size));
  }
  std::uint64_t array(const std::vector<std::uint64_t>& items, int type = 0xa0) {
    return raw(marker(type, items.size()) + refs(items));
  }
  std::uint64_t dict(const std::vector<std::uint64_t>& keys, const std::vector<std::uint64_t>& values) {
    return raw(marker(0xd0, keys.size()) + refs(keys) + refs(values));
  }
  // Places an object of which the number must be known before.
  void replace(std::uint64_t number, std::string octets) { objects_[number] = std::move(octets); }
  std::string refs(const std::vector<std::uint64_t>& items) const {
    std::string out;
    for (const std::uint64_t item : items) out += big_endian(item, ref_size_);
    return out;
  }
  static std::string marker(int type, std::size_t count) {
    if (count < 15) return std::string(1, static_cast<char>(type | static_cast<int>(count)));
    return std::string(1, static_cast<char>(type | 15)) + "\x12" + big_endian(count, 4);
  }

  std::string list(std::uint64_t root = 0, int offset_size = 4) const {
    std::string out = "bplist00", table;
    for (const std::string& object : objects_) {
      table += big_endian(out.size(), offset_size);
      out += object;
    }
    const std::uint64_t table_at = out.size();
    out += table + std::string(6, '\0');
    out.push_back(static_cast<char>(offset_size));
    out.push_back(static_cast<char>(ref_size_));
    return out + big_endian(objects_.size(), 8) + big_endian(root, 8) + big_endian(table_at, 8);
  }

 private:
  int ref_size_;
  std::vector<std::string> objects_;
};

}  // namespace testudo::test
