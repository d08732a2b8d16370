// AdGuard and AdGuard Home: filter rules for names, and for addresses that names resolve to. Source: AdGuard's DNS
// filtering syntax (adblock-style rules).
#include "intel/export/domain_list.h"

namespace testudo {
namespace {

class AdGuard : public DomainList {
 public:
  using DomainList::DomainList;
  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    if (indicator.kind != Kind::ipv4) return DomainList::indicator(indicator, out);
    out.main.append("||").append(indicator.value).append("^\n");
    return {};
  }
};

}  // namespace

MadeWriter make_adguard(const ExportRequest& request) {
  TRY(check_action(request, {"block"}));
  return MadeWriter(std::make_unique<AdGuard>(request, DomainListShape{"!", "", "||", "^"}));
}

}  // namespace testudo
