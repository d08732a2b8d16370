// Zone files in master format, as registries hand them out (CZDS) and name servers write them.
// Sources: RFC 1035 §5.1 (format), RFC 2308 §4 ($TTL); CZDS writes one record a line, TAB separated, all names
// absolute.
#include <array>
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

class ZoneReader {
 public:
  ZoneReader(std::string_view text, const HuntReceiver& use, HuntNotes& notes)
      : text_(text), use_(use), notes_(notes) {}

  void run() {
    std::string_view rest = text_;
    while (!rest.empty()) {
      at_ = text_.size() - rest.size();
      std::string_view line = next_line(rest);
      const bool continues = !line.empty() && blank(line[0]);
      fields_.clear();
      cut(line);
      while (depth_ > 0 && !rest.empty() && fields_.size() < most_fields) cut(next_line(rest));
      if (depth_ > 0) notes_.add("parenthesis_open", at_);
      depth_ = 0;
      if (!fields_.empty()) entry(continues);
    }
  }

 private:
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

  std::string absolute(std::string_view name) const {
    if (name == "@") return origin_;
    if (name.size() > longest_name) return {};
    if (name.ends_with('.')) return std::string(name.substr(0, name.size() - 1));
    std::string whole(name);
    if (!origin_.empty()) whole.append(".").append(origin_);
    return whole.size() > longest_name ? std::string() : whole;
  }

  void entry(bool continues) {
    if (equals_ignoring_case(fields_[0], "$ORIGIN") && fields_.size() > 1) {
      origin_ = absolute(fields_[1]);
      return;
    }
    if (fields_[0].starts_with('$')) {
      if (!equals_ignoring_case(fields_[0], "$TTL")) notes_.add("directive_unread", at_);
      return;
    }
    std::size_t i = 0;
    if (!continues) owner_ = absolute(fields_[i++]);
    while (i < fields_.size() && (is_number(fields_[i]) || is_class(fields_[i]))) ++i;
    if (owner_.empty() || i + 1 >= fields_.size()) return notes_.add("not_a_record", at_);
    record(fields_[i], i + 1);
  }

  void record(std::string_view type, std::size_t data) {
    if (equals_ignoring_case(type, "A") || equals_ignoring_case(type, "AAAA")) return give(Tie::address, fields_[data]);
    if (equals_ignoring_case(type, "NS")) return give(Tie::name_server, absolute(fields_[data]));
    if (equals_ignoring_case(type, "CNAME")) return give(Tie::alias, absolute(fields_[data]));
    if (equals_ignoring_case(type, "MX") && data + 1 < fields_.size())
      return give(Tie::mail_server, absolute(fields_[data + 1]));
  }

  void give(Tie tie, std::string_view value) { use_({.host = owner_, .tie = tie, .value = value}); }

  std::string_view text_;
  const HuntReceiver& use_;
  HuntNotes& notes_;
  std::string origin_, owner_;
  std::vector<std::string_view> fields_;
  int depth_ = 0;
  std::size_t at_ = 0;
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

void read_zone(std::string_view text, const HuntReceiver& use, HuntNotes& notes) { ZoneReader(text, use, notes).run(); }

}  // namespace

const HuntFormat zone_format = {"zone", looks_like_zone, read_zone};

}  // namespace testudo
