// X-ARF 4: a report of abuse a name, address or page, each a file, with the evidence that was given and its true
// SHA-256. A page of the attacker is `content/malware`, a name or address of his `reputation/threat_intelligence`, a
// victim's `infrastructure/compromised_server`; nobody else is reported. Source: XARF specification 4.2.0.
#include <algorithm>

#include "base/hash.h"
#include "base/host.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/control/block_verdict.h"
#include "intel/export/export_writer.h"
#include "intel/export/facts.h"
#include "intel/export/plain_text.h"
#include "intel/export/uuid.h"
#include "intel/known_names.h"

namespace testudo {
namespace {

constexpr std::size_t evidence_items = 50, evidence_size = 5242880;

// "malware:my_spy": [a-z0-9][a-z0-9_+-]* on both sides of the colon.
std::string tag_word(std::string_view text) {
  std::string word = lower_ascii(bare_words(text, 60));
  for (char& c : word)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) c = '_';
  word.erase(0, std::min(word.find_first_not_of('_'), word.size()));
  return word;
}

// The URL with everything that RFC 3986 does not let stand in one as %XX.
std::string uri(std::string_view url) {
  constexpr std::string_view hex = "0123456789ABCDEF", foreign = "<>\"{}|\\^`[]#";
  std::string text;
  for (const char c : url) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet > 0x20 && octet < 0x7F && foreign.find(c) == std::string_view::npos) {
      text += c;
    } else {
      text.append("%").append(1, hex[octet >> 4]).append(1, hex[octet & 15]);
    }
  }
  return text;
}

class Xarf : public ExportWriter {
 public:
  explicit Xarf(const ExportRequest& request) : request_(request) {}

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    const Facts facts = facts_of(indicator);
    const std::string identifier = identifier_of(indicator);
    if (identifier.empty()) return "kind";
    if (facts.revoked) return "revoked";
    if (facts.benign || facts.role() == Role::context) return "benign";
    const Withheld why =
        facts.victim ? of_victim(indicator, identifier) : judge_block(indicator, request_.as_of, request_.rules).why;
    if (why != Withheld::no) return withheld_name(why);
    const std::string name = std::string(kind_name(indicator.kind)) + "\n" + indicator.value;
    const std::string id = export_uuid("xarf", name + "\n" + day_text(request_.as_of));
    std::string& text = out.part(id + ".json");
    JsonText json(text);
    json.object().key("xarf_version").string("4.2.0").key("report_id").string(id);
    json.key("timestamp").string(instant_text(when(indicator, facts)));
    for (const std::string_view party : {"reporter", "sender"}) contact(json, party);
    json.key("source_identifier").string(identifier);
    classify(json, indicator, facts);
    describe(json, indicator, facts);
    evidence(json, indicator.value);
    json.end();
    text += "\n";
    return {};
  }

 private:
  // The address or name whose owner is told; empty for what nobody hosts.
  static std::string identifier_of(const StoredIndicator& indicator) {
    if (indicator.kind == Kind::ipv4 || indicator.kind == Kind::ipv6) return indicator.value;
    if (indicator.kind == Kind::host) return is_dns_name(indicator.value) ? indicator.value : "";
    if (indicator.kind != Kind::url || !is_plain_url(url_with_scheme(indicator))) return {};
    const std::string_view host = split_normalised_url(indicator.value).host;
    return is_dns_name(host) || canonical_ipv4(host) ? std::string(host) : "";
  }
  // Who keeps a site is told of what is wrong there now; the owner of a shared platform is not told that it was broken
  // into because one page on it is a victim's.
  Withheld of_victim(const StoredIndicator& indicator, std::string_view host) const {
    if (is_shared_platform(host)) return Withheld::shared_platform;
    StoredIndicator site = indicator;
    for (StoredClaim& claim : site.claims)
      if (claim.role == Role::victim) claim.role = Role::unstated;
    const Withheld why = judge_block(site, request_.as_of, request_.rules).why;
    // It stands among the bystanders itself, and a well-known site can be broken into.
    return why == Withheld::victim || why == Withheld::warning_list ? Withheld::no : why;
  }
  Time when(const StoredIndicator& indicator, const Facts& facts) const {
    if (!indicator.sightings.empty()) return indicator.sightings.back().at;
    if (facts.last_seen) return *facts.last_seen;
    return facts.first_seen.value_or(facts.created.value_or(request_.as_of));
  }
  void contact(JsonText& json, std::string_view party) const {
    json.key(party).object().key("org").string(one_line(request_.author));
    json.key("contact").string(request_.contact).key("domain").string(request_.domain).end();
  }

  static void classify(JsonText& json, const StoredIndicator& indicator, const Facts& facts) {
    if (facts.victim) {
      json.key("category").string("infrastructure").key("type").string("compromised_server");
      json.key("compromise_method").string("unknown");
      return;
    }
    if (indicator.kind != Kind::url) {
      json.key("category").string("reputation").key("type").string("threat_intelligence");
      json.key("threat_type").string("spyware infrastructure");
      return;
    }
    json.key("category").string("content").key("type").string("malware");
    json.key("url").string(uri(url_with_scheme(indicator))).key("malware_type").string("spyware");
    if (!facts.threats.empty()) json.key("malware_family").string(one_line(facts.threats.front()));
  }

  static void describe(JsonText& json, const StoredIndicator& indicator, const Facts& facts) {
    std::string text = facts.victim     ? "A site that is not the attacker's and that he used."
                       : facts.attacker ? "Listed as an attacker's."
                                        : "Listed as a trace of an attack; the sources do not say whose it is.";
    if (!facts.threats.empty()) text += " Threat: " + one_line(joined(facts.threats, 300), 300) + ".";
    text += " Sources: " + one_line(joined(facts.sources, 300), 300) + ".";
    if (!indicator.sightings.empty()) text += " Seen " + std::to_string(indicator.times_seen()) + " times.";
    json.key("description").string(text).key("evidence_source").string("threat_intelligence");
    if (facts.confidence) json.key("confidence").real(std::min<int>(*facts.confidence, 100) / 100.0);
    json.key("tags").array();
    if (facts.tlp) json.string("tlp:" + std::string(tlp_word(*facts.tlp)));
    for (std::size_t i = 0; i < std::min<std::size_t>(facts.threats.size(), 10); ++i)
      if (const std::string word = tag_word(facts.threats[i]); !word.empty()) json.string("malware:" + word);
    json.end();
  }

  void evidence(JsonText& json, std::string_view value) const {
    json.key("evidence").array();
    std::size_t items = 0;
    for (const ExportEvidence& item : request_.evidence) {
      if (!item.indicator.empty() && item.indicator != value) continue;
      if (++items > evidence_items) break;
      json.object().key("content_type").string(item.content_type).key("description");
      json.string(one_line(item.description, 500)).key("payload").string(to_base64(as_bytes(item.payload)));
      json.key("hash").string("sha256:" + to_hex(sha256(as_bytes(item.payload))));
      json.key("size").integer(static_cast<std::int64_t>(item.payload.size())).end();
    }
    json.end();
  }

  ExportRequest request_;
};

}  // namespace

MadeWriter make_xarf(const ExportRequest& request) {
  if (request.contact.find('@') == std::string::npos || !is_dns_name(request.domain) ||
      one_line(request.author).empty())
    return error(Fault::usage, "a report of abuse needs its author's name, e-mail address and domain");
  for (const ExportEvidence& item : request.evidence) {
    if (item.payload.size() > evidence_size) return error(Fault::limit, "a piece of evidence is larger than 5 MB");
    if (item.content_type.empty()) return error(Fault::usage, "a piece of evidence has no media type");
  }
  return MadeWriter(std::make_unique<Xarf>(request));
}

}  // namespace testudo
