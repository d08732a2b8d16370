// The table of formats.
#include "intel/export/export_format.h"

#include <algorithm>
#include <array>

#include "intel/export/export_writer.h"

namespace testudo {
namespace {

using Use = ExportFormat::Use;

constexpr std::array formats = {
    ExportFormat{"stix", "any STIX 2.1 platform", Use::exchange, false, false, make_stix},
    ExportFormat{"stix-mobile", "tools that check phones", Use::exchange, false, false, make_stix_mobile},
    ExportFormat{"misp", "MISP, as one event", Use::exchange, false, false, make_misp},
    ExportFormat{"misp-feed", "MISP, as a feed that any web server can offer", Use::exchange, true, false,
                 make_misp_feed},
    ExportFormat{"csv", "spreadsheets and scripts", Use::exchange, false, false, make_csv},
    ExportFormat{"rpz", "BIND, Unbound, Knot Resolver, PowerDNS Recursor", Use::block_list, false, false, make_rpz},
    ExportFormat{"unbound", "Unbound", Use::block_list, false, false, make_unbound},
    ExportFormat{"dnsmasq", "dnsmasq", Use::block_list, false, false, make_dnsmasq},
    ExportFormat{"pihole", "Pi-hole", Use::block_list, false, false, make_pihole},
    ExportFormat{"hosts", "any computer's hosts file", Use::block_list, false, true, make_hosts},
    ExportFormat{"adguard", "AdGuard, AdGuard Home", Use::block_list, false, false, make_adguard},
    ExportFormat{"ublock", "uBlock Origin", Use::block_list, false, false, make_ublock},
    ExportFormat{"suricata", "Suricata 7 and later", Use::block_list, false, false, make_suricata},
    ExportFormat{"zeek", "Zeek's intelligence framework", Use::exchange, false, false, make_zeek},
    ExportFormat{"sigma", "log platforms, through Sigma converters", Use::exchange, false, false, make_sigma},
    ExportFormat{"yara", "YARA", Use::exchange, false, false, make_yara},
    ExportFormat{"defender", "Microsoft Defender for Endpoint", Use::block_list, false, false, make_defender, true},
    ExportFormat{"xarf", "abuse desks", Use::exchange, true, false, make_xarf},
};

}  // namespace

std::span<const ExportFormat> export_formats() { return formats; }

const ExportFormat* find_export_format(std::string_view name) {
  const auto* found = std::ranges::find(formats, name, &ExportFormat::name);
  return found == formats.end() ? nullptr : found;
}

}  // namespace testudo
