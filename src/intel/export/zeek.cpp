// Zeek: a file for the intelligence framework. Tabs between columns; what would break a column is written as \x09.
// Victims' and benign values, shared platforms and generic names come with `meta.do_notice` F: seen, but nobody is
// alarmed. Source: Zeek documentation, base/frameworks/intel, base/frameworks/input/readers/ascii.
#include "base/text.h"
#include "intel/export/export_writer.h"
#include "intel/export/facts.h"
#include "intel/export/plain_text.h"

namespace testudo {
namespace {

// URLs stand without their scheme there, as in our values.
std::string_view intel_type(Kind kind) {
  switch (kind) {
    case Kind::host:
      return "Intel::DOMAIN";
    case Kind::ipv4:
    case Kind::ipv6:
      return "Intel::ADDR";
    case Kind::cidr:
      return "Intel::SUBNET";
    case Kind::url:
      return "Intel::URL";
    case Kind::email:
      return "Intel::EMAIL";
    case Kind::md5:
    case Kind::sha1:
    case Kind::sha256:
      return "Intel::FILE_HASH";
    case Kind::file_name:
      return "Intel::FILE_NAME";
    case Kind::cert_sha1:
      return "Intel::CERT_HASH";
    default:
      return {};
  }
}

// Octets that the reader takes for its own: controls, the backslash, and a lone '-' (unset) or "(empty)".
std::string field(std::string_view text) {
  if (text.empty()) return "-";
  constexpr std::string_view hex = "0123456789abcdef";
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool first = i == 0 && (c == '#' || c == '-' || c == '(');
    if (c >= 0x20 && c != 0x7F && c != '\\' && !first) {
      escaped += text[i];
    } else {
      escaped.append("\\x").append(1, hex[c >> 4]).append(1, hex[c & 15]);
    }
  }
  return escaped;
}

class Zeek : public ExportWriter {
 public:
  explicit Zeek(const ExportRequest& request) : request_(request) {}

  void head(const ExportSummary& /*summary*/, ExportOutput& out) override {
    out.main += "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\tmeta.do_notice\n";
  }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    const std::string_view type = intel_type(indicator.kind);
    if (type.empty()) return "kind";
    const Facts facts = facts_of(indicator);
    if (facts.revoked) return "revoked";
    const Role role = facts.role();
    std::string about = joined(facts.threats);
    if (role != Role::unstated) about += " (" + std::string(role_word(role)) + ")";
    if (facts.tlp) about += " TLP:" + std::string(tlp_word(*facts.tlp));
    const bool notice = judge_alarm(indicator, facts, request_.rules).why == Withheld::no;
    out.main.append(field(indicator.value)).append("\t").append(type).append("\t");
    out.main.append(field(one_line(joined(facts.sources)))).append("\t").append(field(one_line(about, 500)));
    out.main.append("\t").append(field(one_line(request_.reference))).append(notice ? "\tT\n" : "\tF\n");
    return {};
  }

 private:
  ExportRequest request_;
};

}  // namespace

MadeWriter make_zeek(const ExportRequest& request) { return MadeWriter(std::make_unique<Zeek>(request)); }

}  // namespace testudo
