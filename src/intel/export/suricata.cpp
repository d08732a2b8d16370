// Suricata: rules on the names that DNS, TLS, QUIC and HTTP carry, on addresses, pages and certificates. A name covers
// what is below it. Source: Suricata 7 user guide (rules: dns.query, tls.sni, quic.sni, http.host, dotprefix,
// tls.cert_fingerprint, ja3.hash; numbers: sid 1000000 to 1999999 are for local use).
#include <algorithm>
#include <array>

#include "base/hash.h"
#include "intel/export/domain_list.h"
#include "intel/export/facts.h"
#include "intel/export/suricata_sids.h"
#include "intel/network.h"

namespace testudo {
namespace {

// Content of a rule: whatever is not a letter, a digit or harmless is written as |hex|.
std::string content(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef", harmless = "./-_=&?%~+,@!";
  std::string escaped;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    // A '!' that stands first would negate.
    if (plain || (harmless.find(c) != std::string_view::npos && !(c == '!' && escaped.empty()))) {
      escaped += c;
    } else {
      const auto octet = static_cast<unsigned char>(c);
      escaped.append("|").append(1, hex[octet >> 4]).append(1, hex[octet & 15]).append("|");
    }
  }
  return escaped;
}

std::string fingerprint(std::string_view hex) {
  std::string text;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (i > 0 && i % 2 == 0) text += ':';
    text += hex[i];
  }
  return text;
}

// Suricata reads lines of 8,191 octets (DETECT_MAX_RULE_SIZE in its detect.h); a longer rule is two broken ones. What
// stands around the path of a page is shorter than the rest.
constexpr std::size_t longest_path = 6000, most_sources = 12;

struct NameRule {
  std::string_view protocol, buffer, after;
};
// The buffers of HTTP are lower case already, and `nocase` there is an error.
constexpr std::array name_rules = {NameRule{"dns", "dns.query", " nocase;"}, NameRule{"tls", "tls.sni", " nocase;"},
                                   NameRule{"quic", "quic.sni", " nocase;"}, NameRule{"http", "http.host", ""}};
static_assert(name_rules.size() == SuricataSids::group);

class Suricata : public ExportWriter {
 public:
  explicit Suricata(const ExportRequest& request)
      : request_(request),
        action_(request.action.empty() ? "alert" : request.action),
        sids_(request.sid_base, request.sid_count) {
    if (!request.previous.empty()) sids_.keep(request.previous);
  }

  void head(const ExportSummary& summary, ExportOutput& out) override {
    out.main += block_list_head(request_, summary, "#");
  }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    if (const WithheldWord why = cannot(indicator); !why.empty()) return why;
    const std::uint64_t key = hash64(std::string(kind_name(indicator.kind)) + "\n" + indicator.value);
    const std::optional<std::uint32_t> sid = sids_.of(key);
    if (!sid) return "sid_range_full";
    std::uint32_t next = *sid;
    const std::string tail = tail_of(indicator, key);
    const auto rule = [&](std::string_view protocol, std::string_view to, const std::string& match) {
      out.main.append(action_).append(" ").append(protocol).append(" $HOME_NET any -> ").append(to);
      out.main.append(" any (").append(message(indicator)).append(match).append(match.empty() ? "" : " ").append(tail);
      out.main.append(" sid:").append(std::to_string(next++)).append("; rev:1;)\n");
    };
    write(indicator, rule);
    return {};
  }

 private:
  static WithheldWord cannot(const StoredIndicator& indicator) {
    switch (indicator.kind) {
      case Kind::host:
        return is_dns_name(indicator.value) ? "" : "not_a_dns_name";
      case Kind::url:
        return url_cannot(indicator.value);
      case Kind::ipv4:
      case Kind::ipv6:
      case Kind::cidr:
        return parse_network(indicator.value) ? "" : "kind";
      case Kind::cert_sha1:
      case Kind::ja3:
        return "";
      default:
        return "kind";
    }
  }
  static WithheldWord url_cannot(std::string_view url) {
    const UrlParts parts = split_normalised_url(url);
    if (!is_dns_name(parts.host) || !is_plain_url(url)) return "url_not_expressible";
    if (content(parts.path).size() > longest_path) return "url_not_expressible";
    return parts.path.size() < 2 ? "whole_host_url" : "";
  }

  template <typename Rule>
  static void write(const StoredIndicator& indicator, const Rule& rule) {
    const std::string_view value = indicator.value;
    switch (indicator.kind) {
      case Kind::host:
        for (const NameRule& on : name_rules)
          rule(on.protocol, "any",
               std::string(on.buffer) + "; dotprefix; content:\"" + content("." + indicator.value) + "\"; endswith;" +
                   std::string(on.after));
        return;
      case Kind::url: {
        const UrlParts parts = split_normalised_url(value);
        const std::string path = content(parts.path);
        rule("http", "any",
             "http.host; content:\"" + content(parts.host) + "\"; startswith; endswith; http.uri.raw; content:\"" +
                 path + "\"; startswith; endswith;");
        return;
      }
      case Kind::cert_sha1:
        rule("tls", "any", "tls.cert_fingerprint; content:\"" + fingerprint(value) + "\";");
        return;
      case Kind::ja3:
        rule("tls", "any", "ja3.hash; content:\"" + content(value) + "\";");
        return;
      default:
        rule("ip", "[" + std::string(value) + "]", "");
    }
  }

  static std::string message(const StoredIndicator& indicator) {
    const std::vector<std::string> none;
    const auto& threats = indicator.claims.empty() ? none : indicator.claims.front().threats;
    const std::string threat = threats.empty() ? "listed" : bare_words(threats.front(), 60);
    return "msg:\"TESTUDO " + std::string(kind_name(indicator.kind)) + " of " + threat + "\"; ";
  }

  std::string tail_of(const StoredIndicator& indicator, std::uint64_t key) const {
    std::string text = "classtype:trojan-activity;";
    if (!request_.reference.empty()) text += " reference:url," + reference() + ";";
    text += " metadata:testudo_key " + sid_key_text(key);
    std::vector<std::string> sources;
    for (const StoredClaim& claim : indicator.claims)
      if (std::string source = word(claim.source);
          sources.size() < most_sources && std::ranges::find(sources, source) == sources.end())
        sources.push_back(std::move(source));
    for (const std::string& source : sources) text += ", source " + source;
    return text + ";";
  }
  static std::string word(std::string_view text) {
    std::string bare = bare_words(text, 60);
    for (char& c : bare)
      if (c == ' ') c = '_';
    return bare.empty() ? "unnamed" : bare;
  }
  // Suricata puts the scheme in front itself.
  std::string reference() const {
    std::string_view text = request_.reference;
    for (const std::string_view scheme : {"https://", "http://"})
      if (text.starts_with(scheme)) text.remove_prefix(scheme.size());
    return std::string(text);
  }

  ExportRequest request_;
  std::string action_;
  SuricataSids sids_;
};

}  // namespace

MadeWriter make_suricata(const ExportRequest& request) {
  TRY(check_action(request, {"alert", "drop", "reject", "pass"}));
  if (request.sid_count < SuricataSids::group || request.sid_base == 0 ||
      request.sid_count - 1 > 0xFFFFFFFF - request.sid_base)
    return error(Fault::usage, "the range of sids is empty or too large");
  if (!is_plain_url(request.reference) || request.reference.find(';') != std::string::npos)
    return error(Fault::usage, "the reference is not an address");
  return MadeWriter(std::make_unique<Suricata>(request));
}

}  // namespace testudo
