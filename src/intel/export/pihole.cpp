// Pi-hole: a list to subscribe to, in the `||name^` style, which covers what is below a name (Pi-hole 5.16 and later;
// plain names would be exact). Source: Pi-hole's documentation, "Domain database", ABP-style lists.
#include "intel/export/domain_list.h"

namespace testudo {

MadeWriter make_pihole(const ExportRequest& request) {
  TRY(check_action(request, {"block"}));
  return MadeWriter(std::make_unique<DomainList>(request, DomainListShape{"#", "", "||", "^"}));
}

}  // namespace testudo
