// Zone files in master format, as registries hand them out (CZDS) and name servers write them.
// Sources: RFC 1035 §5.1 (format), RFC 2308 §4 ($TTL); CZDS writes one record a line, TAB separated, all names
// absolute.
#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "intel/hunt/hunt_file.h"

namespace testudo {
namespace {

constexpr std::size_t most_fields = 64, longest_name = 255;

bool blank(char c) { return c == ' ' || c == '\t'; }

bool is_number(std::string_view text) {
  if (text.empty() || text[0] < '0' || text[0] > '9') return false;
  for (const char c : text)
    if ((c < '0' || c > '9') && std::string_view("smhdwSMHDW").find(c) == std::string_view::npos) return false;
  return true;
}

bool is_class(std::string_view text) {
  return equals_ignoring_case(text, "IN") || equals_ignoring_case(text, "CH") || equals_ignoring_case(text, "HS");
}

constexpr std::array<std::string_view, 12> types = {"A",   "AAAA", "NS",  "CNAME", "MX",    "SOA",
                                                    "TXT", "DS",   "SRV", "RRSIG", "NSEC3", "DNSKEY"};

bool is_type(std::string_view text) {
  for (const std::string_view type : types)
    if (equals_ignoring_case(text, type)) return true;
  return false;
}

// What a character is in a line: part of a field, between fields, or something that asks for the full grammar.
enum class Sign : std::uint8_t { field, blank, special };
constexpr std::array<Sign, 256> make_signs() {
  std::array<Sign, 256> table{};
  for (const char c : {' ', '\t'}) table[static_cast<unsigned char>(c)] = Sign::blank;
  for (const char c : {'"', ';', '(', ')', '\\', '$', '@'}) table[static_cast<unsigned char>(c)] = Sign::special;
  return table;
}
constexpr std::array<Sign, 256> signs = make_signs();

class ZoneReader : public HuntReader {
 public:
  ZoneReader(const HuntReceiver& use, HuntNotes& notes) : use_(use), notes_(notes) {}

  std::size_t read(std::string_view text, std::uint64_t at, bool last) override {
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t begin = text.size() - rest.size();
      at_ = at + begin;
      if (!last && rest.find('\n') == std::string_view::npos) return begin;
      const std::string_view line = next_line(rest);
      if (plain_record(line)) continue;
      if (!full_entry(line, rest, last)) return begin;
    }
    return text.size();
  }

 private:
  // The lines of registries, nearly all there are: owner, time to live and class in any order, type, data; nothing
  // quoted, continued or relative to be minded. False for every other line, of which nothing was used then.
  bool plain_record(std::string_view line) {
    constexpr std::size_t enough = 8;
    std::array<std::string_view, enough> fields;
    std::size_t n = 0;
    if (line.empty() || blank(line[0])) return false;
    for (std::size_t i = 0; i < line.size();) {
      const std::size_t begin = i;
      Sign sign = Sign::field;
      while (i < line.size() && (sign = signs[static_cast<unsigned char>(line[i])]) == Sign::field) ++i;
      if (sign == Sign::special) return false;
      if (i > begin && n < enough) fields[n++] = line.substr(begin, i - begin);
      while (i < line.size() && signs[static_cast<unsigned char>(line[i])] == Sign::blank) ++i;
    }
    std::size_t type = 1;
    while (type < n && (is_number(fields[type]) || is_class(fields[type]))) ++type;
    if (type + 1 >= n || !fields[0].ends_with('.') || fields[0].size() > longest_name + 1) return false;
    owner_.assign(fields[0].substr(0, fields[0].size() - 1));
    if (owner_.empty()) return false;
    record(fields[type], std::span(fields).subspan(type + 1, n - type - 1));
    return true;
  }

  // False where the entry goes on behind the text.
  bool full_entry(std::string_view line, std::string_view& rest, bool last) {
    const bool continues = !line.empty() && blank(line[0]);
    fields_.clear();
    depth_ = 0;
    cut(line);
    while (depth_ > 0 && !rest.empty() && fields_.size() < most_fields) {
      if (!last && rest.find('\n') == std::string_view::npos) return false;
      cut(next_line(rest));
    }
    if (depth_ > 0 && rest.empty() && !last) return false;
    if (depth_ > 0) notes_.add("parenthesis_open", at_);
    if (!fields_.empty()) entry(continues);
    return true;
  }

  // Fields of a line; quotes hold blanks together, a semicolon ends the line.
  void cut(std::string_view line) {
    std::size_t i = 0;
    while (i < line.size() && fields_.size() < most_fields) {
      const char c = line[i];
      if (blank(c)) {
        ++i;
      } else if (c == ';') {
        return;
      } else if (c == '(' || c == ')') {
        depth_ += c == '(' ? 1 : depth_ > 0 ? -1 : 0;
        ++i;
      } else {
        const std::size_t begin = i;
        const bool quoted = c == '"';
        for (++i; i < line.size(); ++i) {
          if (line[i] == '\\')
            ++i;
          else if (quoted ? line[i] == '"' : blank(line[i]) || line[i] == ';' || line[i] == '(' || line[i] == ')')
            break;
        }
        i = std::min(i + (quoted ? 1 : 0), line.size());
        fields_.push_back(line.substr(begin, i - begin));
      }
    }
  }

  // Without the dot at the end; a relative name is completed in `room`. Empty for what is too long.
  std::string_view absolute(std::string_view name, std::string& room) const {
    if (name == "@") return origin_;
    if (name.size() > longest_name + 1) return {};
    if (name.ends_with('.')) return name.substr(0, name.size() - 1);
    room.assign(name);
    if (!origin_.empty()) room.append(".").append(origin_);
    return room.size() > longest_name ? std::string_view() : room;
  }

  void entry(bool continues) {
    if (equals_ignoring_case(fields_[0], "$ORIGIN") && fields_.size() > 1) {
      origin_ = std::string(absolute(fields_[1], room_));
      return;
    }
    if (fields_[0].starts_with('$')) {
      if (!equals_ignoring_case(fields_[0], "$TTL")) notes_.add("directive_unread", at_);
      return;
    }
    std::size_t i = 0;
    if (!continues) owner_ = std::string(absolute(fields_[i++], room_));
    while (i < fields_.size() && (is_number(fields_[i]) || is_class(fields_[i]))) ++i;
    if (owner_.empty() || i + 1 >= fields_.size()) return notes_.add("not_a_record", at_);
    record(fields_[i], std::span(fields_).subspan(i + 1));
  }

  void record(std::string_view type, std::span<const std::string_view> data) {
    if (type.size() > 5) return;
    if (equals_ignoring_case(type, "NS")) return give(Tie::name_server, absolute(data[0], room_));
    if (equals_ignoring_case(type, "A") || equals_ignoring_case(type, "AAAA")) return give(Tie::address, data[0]);
    if (equals_ignoring_case(type, "CNAME")) return give(Tie::alias, absolute(data[0], room_));
    if (equals_ignoring_case(type, "MX") && data.size() > 1) give(Tie::mail_server, absolute(data[1], room_));
  }

  void give(Tie tie, std::string_view value) { use_({.host = owner_, .tie = tie, .value = value}); }

  const HuntReceiver& use_;
  HuntNotes& notes_;
  std::string origin_, owner_, room_;
  std::vector<std::string_view> fields_;
  int depth_ = 0;
  std::uint64_t at_ = 0;
};

// A line is a record if a type stands where one belongs, after a class: names in running text do not do that.
bool is_record_line(std::string_view line) {
  std::size_t fields = 0;
  bool in_class = false, after_number = false;
  while (!line.empty() && fields < 6) {
    while (!line.empty() && blank(line[0])) line.remove_prefix(1);
    std::size_t end = 0;
    while (end < line.size() && !blank(line[end])) ++end;
    const std::string_view field = line.substr(0, end);
    line.remove_prefix(end);
    if ((in_class || after_number) && is_type(field)) return !trim(line).empty();
    in_class |= is_class(field);
    after_number = fields > 0 && is_number(field);
    ++fields;
  }
  return false;
}

bool looks_like_zone(std::string_view head) {
  for (std::size_t lines = 0; !head.empty() && lines < 40;) {
    const std::string_view line = next_line(head);
    if (line.starts_with("$ORIGIN") || line.starts_with("$TTL")) return true;
    if (trim(line).empty() || line[0] == ';') continue;
    if (is_record_line(line)) return true;
    ++lines;
  }
  return false;
}

}  // namespace

const HuntFormat zone_format = {"zone", looks_like_zone, open_reader<ZoneReader>};

}  // namespace testudo
