// The owner names what is acted on, the CNAME says how: "." does not exist, "*." holds nothing, rpz-drop. no answer,
// rpz-tcp-only. only by TCP, rpz-passthru. left alone; any other name is where users are sent instead.
#include "intel/feed/rpz.h"

#include <algorithm>

#include "base/text.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"
#include "intel/network.h"

namespace testudo {
namespace {

constexpr std::size_t word_limit = 1024;
constexpr std::size_t words_limit = 64;
constexpr std::size_t name_limit = 1000;  // octets of a name in UTF-8, below word_limit, which cuts

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "3600", "1w2d".
bool is_ttl(std::string_view text) {
  if (text.empty() || text[0] < '0' || text[0] > '9') return false;
  return std::ranges::all_of(lower_ascii(text), [](char c) {
    return (c >= '0' && c <= '9') || c == 's' || c == 'm' || c == 'h' || c == 'd' || c == 'w';
  });
}

bool is_class(std::string_view text) {
  return equals_ignoring_case(text, "IN") || equals_ignoring_case(text, "CH") || equals_ignoring_case(text, "HS");
}

std::string lower_absolute(std::string_view name, std::string_view origin) {
  std::string text = lower_ascii(name);
  if (text == "@") text = origin;
  if (text.ends_with('.')) {
    text.pop_back();
  } else if (!origin.empty() && text != origin) {
    text += "." + std::string(origin);
  }
  return text;
}

class RpzReader {
 public:
  RpzReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}

  void entry(ZoneEntry& entry) {
    if (entry.words.empty()) return;
    if (entry.words[0].starts_with('$')) return directive(entry);
    std::size_t at = 0;
    if (entry.owner) owner_ = entry.words[at++];
    while (at < entry.words.size() && (is_ttl(entry.words[at]) || is_class(entry.words[at]))) ++at;
    if (at >= entry.words.size() || owner_.empty())
      return notes_.add_line(entry.line, "malformed_record", entry.words[0]);
    const std::string type = lower_ascii(entry.words[at]);
    // The zone's own name is wherever its SOA stands.
    if (type == "soa") zone_ = lower_absolute(owner_, origin_);
    if (type == "soa" || type == "ns") return;
    const std::string_view target = at + 1 < entry.words.size() ? std::string_view(entry.words[at + 1]) : "";
    trigger(entry, type, target);
  }
  std::uint64_t triggers() const { return triggers_; }

 private:
  void directive(const ZoneEntry& entry) {
    if (equals_ignoring_case(entry.words[0], "$ORIGIN") && entry.words.size() > 1) {
      origin_ = lower_absolute(entry.words[1], origin_);
      if (zone_.empty()) zone_ = origin_;
    } else if (equals_ignoring_case(entry.words[0], "$INCLUDE")) {
      notes_.add_line(entry.line, "include_refused", entry.words.size() > 1 ? entry.words[1] : "");
    } else if (!equals_ignoring_case(entry.words[0], "$TTL")) {
      notes_.add_line(entry.line, "unknown_directive", entry.words[0]);
    }
  }
  // The owner below the zone: relative names are it already.
  std::string inside_zone() const {
    std::string name = lower_absolute(owner_, origin_);
    if (!zone_.empty() && name == zone_) return {};
    const std::string tail = "." + zone_;
    if (!zone_.empty() && name.ends_with(tail)) name.resize(name.size() - tail.size());
    return name;
  }
  void trigger(const ZoneEntry& entry, std::string_view type, std::string_view target) {
    const std::uint64_t line = entry.line;
    std::string name = inside_zone();
    if (name.empty()) return notes_.add_line(line, "record_of_zone_itself", type);
    if (name.size() > name_limit) return notes_.add_line(line, "malformed_trigger", name);
    if (type != "cname" && type != "a" && type != "aaaa" && type != "txt")
      return notes_.add_line(line, "record_without_policy", name);
    FeedClaim claim;
    claim.tlp = tlp_said(entry.comment).stated();
    // Before rpz-passthru. a name was let through by sending it to itself.
    const bool passed = equals_ignoring_case(target, "rpz-passthru.") || lower_absolute(target, {}) == name;
    claim.role = passed && type == "cname" ? Role::benign : Role::unstated;
    if (name.ends_with(".rpz-ip") || name.ends_with(".rpz-nsip")) {
      const auto address = rpz_address(std::string_view(name).substr(0, name.rfind('.')));
      if (!address) return notes_.add_line(line, "malformed_trigger", name);
      if (name.ends_with("nsip")) claim.comment = "address of a name server";
      return emit(claim, fitted_kind(Kind::ipv4, *address), *address);
    }
    if (name.ends_with(".rpz-client-ip")) return notes_.add_line(line, "trigger_on_client", name);
    if (name.ends_with(".rpz-nsdname")) {
      name.resize(name.rfind('.'));
      claim.comment = "name server";
    }
    if (name.starts_with("*.")) name.erase(0, 2);
    // An apex and its wildcard are one indicator; lists write them one after the other.
    if (name == last_ && claim.role == last_role_ && !claim.tlp) return;
    last_ = name;
    last_role_ = claim.role;
    emit(claim, Kind::host, name);
  }
  void emit(FeedClaim& claim, Kind kind, std::string_view value) {
    claim.kind = kind;
    claim.value = value;
    sink_.claim(claim);
    ++triggers_;
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  std::string origin_, zone_, owner_, last_;
  Role last_role_ = Role::unstated;
  std::uint64_t triggers_ = 0;
};

Result<void> read_rpz(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  const std::string_view text = TRY(feed_utf8(feed, owned, notes));
  ZoneEntries entries(text);
  RpzReader reader(sink, notes);
  ZoneEntry entry;
  while (entries.next(entry)) reader.entry(entry);
  if (entries.unclosed()) notes.add("", "unclosed_parenthesis", "");
  if (reader.triggers() == 0) notes.add("", "empty_feed", "");
  return {};
}

int rpz_likeness(const FeedHead& head) {
  unsigned soa = 0, policies = 0, all = 0;
  for (const std::string_view whole : head.lines()) {
    const std::string_view line = trim(whole.substr(0, whole.find(';')));
    if (line.empty()) continue;
    if (all == 300) break;
    ++all;
    const std::string text = " " + lower_ascii(line) + " ";
    if (text.find(" soa ") != std::string::npos || text.find("\tsoa ") != std::string::npos) ++soa;
    const std::size_t cname = text.find("cname");
    if (cname == std::string::npos || (text[cname - 1] != ' ' && text[cname - 1] != '\t')) continue;
    const std::string_view target = trim(std::string_view(text).substr(cname + 5));
    if (target == "." || target == "*." || target.starts_with("rpz-")) ++policies;
  }
  if (policies > 0 && soa > 0) return 95;
  if (policies * 2 >= all && policies > 0) return 90;
  return soa > 0 && head.lower_name().find("rpz") != std::string::npos ? 70 : 0;
}

}  // namespace

std::optional<std::string> rpz_address(std::string_view owner) {
  std::vector<std::string_view> labels = split(owner, '.');
  if (labels.size() < 2 || labels.size() > 9 || !is_digits(labels[0]) || labels[0].size() > 3) return std::nullopt;
  const unsigned prefix = static_cast<unsigned>(std::stoul(std::string(labels[0])));
  labels.erase(labels.begin());
  std::ranges::reverse(labels);
  const bool zeros = std::ranges::find(labels, "zz") != labels.end();
  std::string text;
  if (labels.size() == 4 && !zeros) {
    for (const std::string_view label : labels) text += (text.empty() ? "" : ".") + std::string(label);
  } else {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const bool zz = labels[i] == "zz";
      // "zz" is the "::" of the address, which brings its own colons.
      if (zz) {
        text += "::";
      } else {
        if (!text.empty() && !text.ends_with(':')) text += ":";
        text += labels[i];
      }
    }
  }
  const std::optional<Network> network = parse_network(text + "/" + std::to_string(prefix));
  if (!network) return std::nullopt;
  return prefix == network->bits() ? text : text + "/" + std::to_string(prefix);
}

// `\DDD` is the octet of that decimal number, `\X` is X. Goes to its last character.
char ZoneEntries::escaped() {
  const std::string_view digits = text_.substr(at_ + 1, 3);
  if (digits.size() == 3 && is_digits(digits)) {
    const int octet = std::stoi(std::string(digits));
    // Beyond ASCII it would be no text; so it stays as it is written.
    if (octet > 0 && octet < 0x80) {
      at_ += 3;
      return static_cast<char>(octet);
    }
    return text_[at_];
  }
  return text_[++at_];
}

void ZoneEntries::word(ZoneEntry& entry) {
  std::string word;
  const bool quoted = text_[at_] == '"';
  if (quoted) ++at_;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '\n' || (quoted && c == '"')) break;
    if (!quoted && (c == ' ' || c == '\t' || c == '\r' || c == ';' || c == '(' || c == ')')) break;
    char meant = c;
    if (c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') meant = escaped();
    if (word.size() < word_limit) word.push_back(meant);
  }
  if (quoted && at_ < text_.size() && text_[at_] == '"') ++at_;
  if (entry.words.size() < words_limit) entry.words.push_back(std::move(word));
}

bool ZoneEntries::next(ZoneEntry& entry) {
  entry = {};
  bool begun = false;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      ++line_;
      // A parenthesis that never closes must not swallow the zone.
      if (depth_ > 0 && ++lines_inside_ > 64) {
        depth_ = 0;
        unclosed_ = true;
      }
      if (depth_ == 0 && !entry.words.empty()) return true;
      if (depth_ == 0) begun = false;
      continue;
    }
    if (!begun) {
      entry.owner = c != ' ' && c != '\t';
      entry.line = line_;
      begun = true;
    }
    if (c == ';') {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      if (!entry.words.empty()) entry.comment = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end;
    } else if (c == '(') {
      ++depth_;
      ++at_;
      lines_inside_ = 0;
    } else if (c == ')') {
      depth_ -= depth_ > 0 ? 1U : 0U;
      ++at_;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else {
      word(entry);
    }
  }
  return !entry.words.empty();
}

const FeedFormat rpz_format{"rpz", rpz_likeness, read_rpz};

}  // namespace testudo
