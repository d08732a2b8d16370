// Microsoft Defender for Endpoint: the CSV of its indicator import. A file of it may hold 500 rows, a tenant 15,000; a
// longer list goes on in files numbered -2, -3 … Networks are not accepted. Source: Microsoft, "Manage indicators in
// Microsoft Defender for Endpoint" (columns, actions, 500 a batch) and "Overview of indicators" (15,000, no CIDR).
#include <algorithm>

#include "intel/export/domain_list.h"
#include "intel/export/facts.h"

namespace testudo {
namespace {

constexpr std::uint64_t batch = 500, tenant = 15000;
constexpr std::string_view columns =
    "indicatorType,indicatorValue,expirationTime,action,severity,title,description,recommendedActions,rbacGroupNames,"
    "category,mitretechniques,GenerateAlert\r\n";

std::string_view type_of(Kind kind) {
  switch (kind) {
    case Kind::host:
      return "DomainName";
    case Kind::ipv4:
    case Kind::ipv6:
      return "IpAddress";
    case Kind::url:
      return "Url";
    case Kind::sha1:
      return "FileSha1";
    case Kind::sha256:
      return "FileSha256";
    default:
      return {};
  }
}

bool is_file(Kind kind) { return kind == Kind::sha1 || kind == Kind::sha256; }

class Defender : public ExportWriter {
 public:
  explicit Defender(const ExportRequest& request) : request_(request) {}

  void head(const ExportSummary& /*summary*/, ExportOutput& out) override { out.main += columns; }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    const std::string_view type = type_of(indicator.kind);
    if (type.empty()) return "kind";
    if (indicator.kind == Kind::host && (!is_dns_name(indicator.value) || indicator.value.front() == '-'))
      return "not_a_dns_name";
    if (indicator.kind == Kind::url) {
      if (!is_plain_url(url_with_scheme(indicator))) return "url_not_expressible";
      if (split_normalised_url(indicator.value).path.size() < 2) return "whole_host_url";
    }
    if (rows_ == tenant) return "tenant_limit";
    const std::string line = row(indicator, type);
    std::string& text = file(out);
    text += line;
    ++rows_;
    return {};
  }

 private:
  std::string& file(ExportOutput& out) {
    const std::uint64_t number = rows_ / batch + 1;
    if (number == 1) return out.main;
    std::string& text = out.part("-" + std::to_string(number));
    if (rows_ % batch == 0) text += columns;
    return text;
  }

  std::string row(const StoredIndicator& indicator, std::string_view type) const {
    const Facts facts = facts_of(indicator);
    const std::string value = indicator.kind == Kind::url ? url_with_scheme(indicator) : indicator.value;
    const std::string threat = facts.threats.empty() ? "Listed indicator" : bare_words(facts.threats.front(), 80);
    std::string text;
    cell(text, type);
    cell(text, value);
    cell(text, facts.valid_until ? to_seconds(*facts.valid_until) : "");
    cell(text, action(indicator.kind));
    cell(text, "High");
    cell(text, threat);
    const std::string marking = facts.tlp ? ". TLP " + std::string(tlp_word(*facts.tlp)) : "";
    cell(text, bare_words(request_.title, 60) + ". Sources " + bare_words(joined(facts.sources, 200), 200) + marking);
    cell(text, "");
    cell(text, "");
    cell(text, is_file(indicator.kind) ? "Malware" : "CommandAndControl");
    cell(text, "");
    cell(text, "true");
    text.pop_back();
    return text + "\r\n";
  }
  static std::string to_seconds(Time time) { return instant_text(time).substr(0, 19) + ".0Z"; }
  std::string_view action(Kind kind) const {
    if (!request_.action.empty()) return request_.action;
    return is_file(kind) ? "BlockAndRemediate" : "Block";
  }
  // Values cannot begin like a formula; what feeds call a threat can.
  static void cell(std::string& row, std::string_view text) {
    const std::size_t start = std::min(text.find_first_not_of("=+-@ "), text.size());
    row.append("\"").append(text.substr(start)).append("\",");
  }

  ExportRequest request_;
  std::uint64_t rows_ = 0;
};

}  // namespace

MadeWriter make_defender(const ExportRequest& request) {
  TRY(check_action(request, {"Block", "Warn", "Audit"}));
  return MadeWriter(std::make_unique<Defender>(request));
}

}  // namespace testudo
