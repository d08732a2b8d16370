// Unbound: a local zone a name, which answers for everything below it too. Source: unbound.conf(5), local-zone.
// Included from a configuration by `include:`; the clause `server:` opens the file.
#include "intel/export/domain_list.h"

namespace testudo {

MadeWriter make_unbound(const ExportRequest& request) {
  TRY(check_action(request, {"nxdomain", "refuse", "nodata"}));
  std::string_view after = ".\" always_nxdomain";
  if (request.action == "refuse") after = ".\" always_refuse";
  if (request.action == "nodata") after = ".\" always_nodata";
  return MadeWriter(
      std::make_unique<DomainList>(request, DomainListShape{"#", "server:\n", "    local-zone: \"", after}));
}

}  // namespace testudo
