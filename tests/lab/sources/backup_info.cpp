// Info.plist beside the manifest: XML, written by iTunes or Finder. Test tool.
// The applications' entries come from applications.cpp, which runs before (order of name: ios.applications).
#include "lab.h"

namespace testudo::lab {
namespace {

void write(Lab& lab) {
  Random random = lab.random("info");
  Array installed;
  for (const Entry& app : lab.applications) installed.emplace_back(app.first);
  lab.backup.beside("Info.plist", xml_plist(Dict{{"Applications", lab.applications},
                                                 {"Build Version", lab.release.build},
                                                 {"Device Name", "Laboratory phone"},
                                                 {"Display Name", "Laboratory phone"},
                                                 {"GUID", random.hex(32)},
                                                 {"ICCID", "8901000000000000001"},
                                                 {"IMEI", "004999010640000"},
                                                 {"Installed Applications", std::move(installed)},
                                                 {"Last Backup Date", Date{lab.now()}},
                                                 {"MEID", "00499901064000"},
                                                 {"Phone Number", "+12025550100"},
                                                 {"Product Name", lab.release.model},
                                                 {"Product Type", lab.release.product},
                                                 {"Product Version", lab.release.version},
                                                 {"Serial Number", "F00TESTUDO01"},
                                                 {"Target Identifier", lab.release.udid},
                                                 {"Target Type", "Device"},
                                                 {"Unique Identifier", lab.release.udid},
                                                 {"iTunes Files", Dict{}},
                                                 {"iTunes Settings", Dict{}},
                                                 {"iTunes Version", "12.13.2.3"},
                                                 {"macOS Version", "14.4.1"}}));
  // The manifest keeps less of an app than Info.plist does.
  for (Entry& app : lab.applications) app.second = Dict{{"CFBundleIdentifier", app.first}, {"CFBundleVersion", "1.0"}};
}

const Source source{"ios.backup_info", write};

}  // namespace
}  // namespace testudo::lab
