// Each rule is kept whole. Only its meta section claims anything: digests of samples that it was written for. Strings
// of a rule are what it looks for inside files, and no indicators by themselves.
#include "intel/feed/yara.h"

#include <string>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"
#include "intel/feed/yara_scan.h"

namespace testudo {
namespace {

constexpr std::size_t file_limit = std::size_t{256} << 20;

bool is_digest(Kind kind) { return kind == Kind::md5 || kind == Kind::sha1 || kind == Kind::sha256; }

// meta: tlp = "RED", sharing = "TLP:RED".
std::optional<Tlp> tlp_of(const YaraRule& rule, FeedNotes& notes) {
  std::optional<Tlp> strictest;
  for (const YaraMeta& meta : rule.meta) {
    const TlpSaid said = tlp_said(meta.value);
    std::optional<Tlp> tlp = said.stated();
    bool unreadable = said.states && said.unreadable;
    if (names_tlp(meta.key) && !trim(meta.value).empty()) {
      tlp = testudo::tlp_of(meta.value);
      unreadable = !tlp;
      if (!tlp) tlp = Tlp::amber_strict;
    }
    if (unreadable) notes.add(rule.name, "unreadable_tlp", meta.value);
    strictest = stricter(strictest, tlp);
  }
  return strictest;
}

void claims(const YaraRule& rule, std::optional<Tlp> tlp, FeedSink& sink) {
  for (const YaraMeta& meta : rule.meta) {
    const std::optional<Kind> kind = kind_of_value(meta.value);
    // Elastic's "fingerprint" is the rule's own.
    if (!kind || !is_digest(*kind) || names_other_digest(meta.key) || meta.key == "fingerprint") continue;
    FeedClaim claim;
    claim.kind = *kind;
    claim.value = trim(meta.value);
    claim.object = rule.name;
    claim.threat = rule.name;
    claim.comment = rule.description();
    claim.tlp = tlp;
    sink.claim(claim);
  }
}

Result<void> read_yara(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  const std::string_view text = TRY(feed_utf8(feed, owned, notes));
  if (text.size() > file_limit) return error(Fault::limit, "YARA rules above 256 MiB");
  YaraScan scan(text);
  YaraRule rule;
  std::uint64_t rules = 0;
  while (scan.next(rule)) {
    if (!rule.fault.empty()) {
      notes.add(rule.name.empty() ? "line " + std::to_string(rule.line) : rule.name, rule.fault,
                rule.included.empty() ? "line " + std::to_string(rule.line) : rule.included);
      if (rule.text.empty()) continue;
    }
    ++rules;
    KeptPattern pattern;
    pattern.language = "yara";
    pattern.text = rule.text;
    pattern.object = rule.name;
    std::string name = rule.name;
    if (!rule.description().empty()) name.append(": ").append(rule.description());
    pattern.name = name;
    pattern.why = rule.fault.empty() ? "rule" : rule.fault;
    pattern.tlp = tlp_of(rule, notes);
    sink.kept(pattern);
    claims(rule, pattern.tlp, sink);
  }
  if (rules == 0 && !trim(text).empty()) return error(Fault::malformed, "no YARA rule");
  if (rules == 0) notes.add("", "empty_feed", "");
  return {};
}

int yara_likeness(const FeedHead& head) {
  YaraScan scan(head.text());
  YaraRule rule;
  const std::string& name = head.lower_name();
  const bool named = name.ends_with(".yar") || name.ends_with(".yara") || name.ends_with(".rule");
  bool any = scan.next(rule);
  while (any && rule.fault == "include_refused") any = scan.next(rule);
  if (!any || rule.name.empty()) return named && head.text().empty() ? 55 : 0;
  const bool condition = rule.text.find("condition") != std::string_view::npos;
  return condition ? (named ? 98 : 88) : (named ? 60 : 0);
}

}  // namespace

const FeedFormat yara_format{"yara", yara_likeness, read_yara};

}  // namespace testudo
