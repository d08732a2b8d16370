// A hosts file. It knows no wildcards: what is below a name stays reachable, and the head says so. Source: hosts(5).
#include "intel/export/domain_list.h"

namespace testudo {

MadeWriter make_hosts(const ExportRequest& request) {
  TRY(check_action(request, {"block"}));
  constexpr std::string_view warning = "# A hosts file does not cover names below the listed ones.\n";
  return MadeWriter(std::make_unique<DomainList>(request, DomainListShape{"#", warning, "0.0.0.0 ", ""}));
}

}  // namespace testudo
