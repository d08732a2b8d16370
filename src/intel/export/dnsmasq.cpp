// dnsmasq: `local=/name/` keeps a name and all below it from any upstream server, so that it does not exist; with the
// action `null`, `address=/name/#` answers 0.0.0.0 and ::. Source: dnsmasq(8).
#include "intel/export/domain_list.h"

namespace testudo {

MadeWriter make_dnsmasq(const ExportRequest& request) {
  TRY(check_action(request, {"nxdomain", "null"}));
  const bool null = request.action == "null";
  return MadeWriter(std::make_unique<DomainList>(
      request, DomainListShape{"#", "", null ? "address=/" : "local=/", null ? "/#" : "/"}));
}

}  // namespace testudo
