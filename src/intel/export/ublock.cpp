// uBlock Origin: names with all below them, and single pages. `$all` covers documents, popups and what a page loads.
// Filters do not tell small letters from capitals, while the pages of a shortener differ by nothing else: a page whose
// address holds letters behind its host is a regular expression, the only filter that can. Source: uBlock Origin's
// wiki, "Static filter syntax".
#include <algorithm>

#include "intel/export/domain_list.h"

namespace testudo {
namespace {

// Characters with a meaning in a filter: '*' and '^' match other text, '|' anchors, '$' begins options, '#' a cosmetic
// filter. No filter says them literally without a regular expression.
bool is_literal(std::string_view url) { return url.find_first_of("*^|$#@,") == std::string_view::npos; }

bool has_letter(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// What has a meaning in a regular expression, and the '/' that would end it, said literally.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\/.?+()[]{}-").find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

class UBlock : public DomainList {
 public:
  using DomainList::DomainList;
  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    if (indicator.kind == Kind::ipv4) return line(indicator.value, "^$all", out);
    if (indicator.kind != Kind::url) return DomainList::indicator(indicator, out);
    const UrlParts parts = split_normalised_url(indicator.value);
    if (!is_dns_name(parts.host) || !is_plain_url(indicator.value) || !is_literal(indicator.value))
      return "url_not_expressible";
    // A URL without a path is its whole host; that is for a host indicator to say.
    if (parts.path.size() < 2) return "whole_host_url";
    if (!has_letter(parts.path)) return line(indicator.value, "|$all", out);
    out.main.append("/^https?:\\/\\/").append(escaped(indicator.value)).append("$/$all,match-case\n");
    return {};
  }

 private:
  static WithheldWord line(std::string_view value, std::string_view after, ExportOutput& out) {
    out.main.append("||").append(value).append(after).append("\n");
    return {};
  }
};

}  // namespace

MadeWriter make_ublock(const ExportRequest& request) {
  TRY(check_action(request, {"block"}));
  return MadeWriter(std::make_unique<UBlock>(request, DomainListShape{"!", "", "||", "^$all"}));
}

}  // namespace testudo
