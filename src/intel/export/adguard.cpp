// AdGuard and AdGuard Home: filter rules for names, and for addresses that names resolve to. Two rules a value: the
// plain one acts in AdGuard Home, which knows names alone, and on what pages load; a browser opens a page itself unless
// a rule says `$document`, which AdGuard Home passes over. Sources: AdGuard's filter syntax and DNS filtering syntax.
#include "intel/export/domain_list.h"

namespace testudo {
namespace {

class AdGuard : public DomainList {
 public:
  using DomainList::DomainList;
  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    if (indicator.kind == Kind::host && !is_dns_name(indicator.value)) return "not_a_dns_name";
    if (indicator.kind != Kind::host && indicator.kind != Kind::ipv4) return "kind";
    for (const std::string_view after : {"^\n", "^$document\n"})
      out.main.append("||").append(indicator.value).append(after);
    return {};
  }
};

}  // namespace

MadeWriter make_adguard(const ExportRequest& request) {
  TRY(check_action(request, {"block"}));
  return MadeWriter(std::make_unique<AdGuard>(request, DomainListShape{"!", "", "||", "^"}));
}

}  // namespace testudo
