// Response policy zones. Floor 3. Sources: RFC 1035 §5 (zone files); draft-vixie-dnsop-dns-rpz.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat rpz_format;

// Words of a zone file: line breaks inside parentheses gone, quotes and escapes resolved.
struct ZoneEntry {
  std::uint64_t line = 0;
  bool owner = false;  // the first word is the owner: its line did not begin with a blank
  std::vector<std::string> words;
  std::string_view comment;  // the last one behind its words
};
class ZoneEntries {
 public:
  explicit ZoneEntries(std::string_view text) : text_(text) {}
  bool next(ZoneEntry& entry);  // false at the end
  bool unclosed() const { return unclosed_ || depth_ > 0; }

 private:
  void word(ZoneEntry& entry);
  char escaped();
  std::string_view text_;
  std::size_t at_ = 0, depth_ = 0, lines_inside_ = 0;
  bool unclosed_ = false;
  std::uint64_t line_ = 1;
};

// "32.7.2.0.192" as "192.0.2.7", "128.1.zz.db8.2001" as "2001:db8::1", "24.0.2.0.192" as "192.0.2.0/24".
std::optional<std::string> rpz_address(std::string_view owner);

}  // namespace testudo
