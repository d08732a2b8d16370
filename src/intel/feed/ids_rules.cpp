// action protocol source -> destination (options). An option may hold ';' only in quotes or behind a backslash.
#include "intel/feed/ids_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"
#include "intel/network.h"

namespace testudo {
namespace {

struct Option {
  std::string name, value;  // the value without quotes and escapes
  bool negated = false;
};

constexpr std::array<std::string_view, 7> actions{"alert", "drop", "pass", "reject", "log", "rejectsrc", "rejectboth"};

bool is_rule(std::string_view line) {
  const std::string_view first = line.substr(0, line.find(' '));
  return std::ranges::find(actions, first) != actions.end() && line.find('(') != std::string_view::npos &&
         (line.find("->") != std::string_view::npos || line.find("<>") != std::string_view::npos);
}

// "|2e|" in a content is an octet in hexadecimal; Snort's host names write their dots and lengths so.
std::string unhexed(std::string_view text) {
  std::string out;
  bool hex = false;
  std::string digits;
  for (const char c : text) {
    if (c == '|') {
      if (hex) out += from_hex(digits).value_or(std::string());
      digits.clear();
      hex = !hex;
    } else if (hex) {
      if (c != ' ') digits.push_back(c);
    } else {
      out.push_back(c);
    }
  }
  return out;
}

Option option_of(std::string_view text) {
  Option option;
  text = trim(text);
  const std::size_t colon = text.find(':');
  option.name = lower_ascii(trim(text.substr(0, colon)));
  if (colon == std::string_view::npos) return option;
  std::string_view value = trim(text.substr(colon + 1));
  if (value.starts_with('!')) {
    option.negated = true;
    value = trim(value.substr(1));
  }
  // Snort appends modifiers behind the string: content:"x",nocase.
  if (value.starts_with('"')) value = value.substr(1, std::max<std::size_t>(value.rfind('"'), 1) - 1);
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t escape = std::min(value.find('\\', at), value.size());
    option.value.append(value.substr(at, escape - at));
    // A backslash at the very end stands for itself.
    at = escape + 1 < value.size() ? escape + 1 : escape;
    if (at < value.size()) option.value.push_back(value[at++]);
  }
  return option;
}

// Options of a rule; nothing if its parenthesis never closes.
std::optional<std::vector<Option>> options_of(std::string_view rule) {
  const std::size_t open = rule.find('(');
  std::vector<Option> options;
  bool quoted = false;
  std::size_t begin = open + 1;
  for (std::size_t at = begin; at < rule.size(); ++at) {
    if (rule[at] == '\\') {
      ++at;
    } else if (rule[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && rule[at] == ';') {
      options.push_back(option_of(rule.substr(begin, at - begin)));
      begin = at + 1;
    } else if (!quoted && rule[at] == ')' && trim(rule.substr(at + 1)).empty()) {
      return options;
    }
  }
  return std::nullopt;
}

std::string_view value_of(const std::vector<Option>& options, std::string_view name) {
  const auto found = std::ranges::find(options, name, &Option::name);
  return found == options.end() ? std::string_view{} : std::string_view(found->value);
}

// The host of a rule whose only content stands in a buffer that holds a host name and is matched to its end.
std::optional<std::string> host_of(const std::vector<Option>& options) {
  constexpr std::array<std::string_view, 8> buffers{"dns.query", "dns_query", "tls.sni",  "tls_sni",
                                                    "http.host", "http_host", "quic.sni", "http.host.raw"};
  bool buffer = false, anchored = false;
  const Option* content = nullptr;
  for (const Option& option : options) {
    buffer |= std::ranges::find(buffers, option.name) != buffers.end();
    anchored |=
        option.name == "endswith" || option.name == "bsize" || option.name == "isdataat" || option.name == "depth";
    if (option.name == "pcre") return std::nullopt;
    if (option.name != "content") continue;
    if (content != nullptr || option.negated) return std::nullopt;
    content = &option;
  }
  if (!buffer || !anchored || content == nullptr) return std::nullopt;
  std::string host = unhexed(content->value);
  if (host.starts_with('.')) host.erase(0, 1);
  return is_utf8(host) && kind_of_value(host) == Kind::host ? std::optional(host) : std::nullopt;
}

// Keywords and protocols that Snort does not have tell whose rules a file holds.
bool is_suricata(std::string_view head) {
  constexpr std::array<std::string_view, 8> own{"dns.query", "tls.sni",   "http.host", "endswith",
                                                "dotprefix", "alert dns", "alert tls", "quic.sni"};
  return std::ranges::any_of(own, [&](std::string_view word) { return head.find(word) != std::string_view::npos; });
}

// The one address that a rule without contents names as its destination.
std::optional<std::string> address_of(std::string_view rule, const std::vector<Option>& options) {
  for (const Option& option : options)
    if (option.name == "content" || option.name == "pcre" || option.name == "uricontent") return std::nullopt;
  const std::size_t arrow = rule.find("->");
  if (arrow == std::string_view::npos) return std::nullopt;
  std::string_view target = trim(rule.substr(arrow + 2));
  target = target.substr(0, target.find(' '));
  if (target.starts_with('[') && target.ends_with(']')) target = target.substr(1, target.size() - 2);
  return parse_network(target) ? std::optional(std::string(target)) : std::nullopt;
}

// "metadata: created_at 2026_01_01, tlp red", "reference: tlp,red".
std::optional<Tlp> tlp_of(const std::vector<Option>& options) {
  std::optional<Tlp> strictest;
  for (const Option& option : options) {
    if (option.name != "metadata" && option.name != "reference") continue;
    if (option.name == "reference") strictest = stricter(strictest, tlp_said(option.value).stated());
    if (option.name != "metadata") continue;
    for (const std::string_view item : split(option.value, ',')) {
      const std::string_view pair = trim(item);
      const std::size_t blank = blanks.find_in(pair);
      const std::string_view value = trim(pair.substr(blank));
      // What cannot be told may be strict.
      if (names_tlp(pair.substr(0, blank)) && !value.empty())
        strictest = stricter(strictest, testudo::tlp_of(value).value_or(Tlp::amber_strict));
      else
        strictest = stricter(strictest, tlp_said(pair).stated());
    }
  }
  return strictest;
}

class RuleReader {
 public:
  RuleReader(std::string_view head, FeedSink& sink, FeedNotes& notes)
      : sink_(sink), notes_(notes), suricata_(is_suricata(head)) {}
  void rule(std::uint64_t line, std::string_view text, bool off) {
    const auto options = options_of(text);
    if (!options) return notes_.add_line(line, "malformed_rule", text);
    ++rules_;
    const std::string_view sid = value_of(*options, "sid");
    const std::string_view message = value_of(*options, "msg");
    KeptPattern pattern;
    pattern.language = suricata_ ? "suricata" : "snort";
    pattern.text = text;
    pattern.object = sid;
    pattern.name = message;
    pattern.why = "rule";
    pattern.tlp = tlp_of(*options);
    pattern.revoked = off;
    sink_.kept(pattern);
    std::optional<std::string> value = host_of(*options);
    FeedClaim claim;
    claim.kind = Kind::host;
    if (!value) {
      value = address_of(text.substr(0, text.find('(')), *options);
      if (value) claim.kind = fitted_kind(Kind::ipv4, *value);
    }
    if (!value || text.starts_with("pass")) return;
    claim.value = *value;
    claim.object = sid;
    claim.comment = message;
    claim.tlp = pattern.tlp;
    claim.revoked = off;
    sink_.claim(claim);
  }
  std::uint64_t rules() const { return rules_; }

 private:
  FeedSink& sink_;
  FeedNotes& notes_;
  bool suricata_;
  std::uint64_t rules_ = 0;
};

Result<void> read_rules(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned, joined;
  FeedLines lines(TRY(feed_text(feed, owned, notes)), feed, notes);
  RuleReader reader(feed.text.substr(0, feed_head), sink, notes);
  std::string_view line;
  while (lines.next(line)) {
    std::string_view text = trim(line);
    // A rule goes on behind a backslash at the end of its line.
    if (text.ends_with('\\') && joined.size() + text.size() < (std::size_t{1} << 20)) {
      joined += text.substr(0, text.size() - 1);
      continue;
    }
    std::string whole;
    if (!joined.empty()) {
      whole = joined + std::string(text);
      joined.clear();
      text = whole;
    }
    const bool off = text.starts_with('#');
    if (off) text = trim(text.substr(std::min(text.find_first_not_of('#'), text.size())));
    if (is_rule(text)) {
      reader.rule(lines.number(), text, off);
    } else if (!off && !text.empty()) {
      notes.add_line(lines.number(), "malformed_rule", text);
    }
  }
  if (!joined.empty()) notes.add_line(lines.number(), "malformed_rule", joined);
  if (reader.rules() == 0) return error(Fault::malformed, "no rule");
  return {};
}

int rules_likeness(const FeedHead& head) {
  unsigned rules = 0, others = 0;
  for (const std::string_view line : head.lines()) {
    const std::string_view text = trim(line);
    if (text.empty() || text.starts_with('#')) continue;
    ++(is_rule(text) ? rules : others);
  }
  if (rules <= others) return 0;
  return head.name().ends_with(".rules") ? 98 : 90;
}

}  // namespace

const FeedFormat ids_rules_format{"suricata", rules_likeness, read_rules};

}  // namespace testudo
