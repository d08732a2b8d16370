// Installed applications: Info.plist's Applications, each with iTunesMetadata (a property list inside the property
// list), ApplicationSINF and PlaceholderIcon. Test tool. backup_info.cpp writes the file; names sort so that this runs
// first.
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

constexpr std::string_view parser = "ios.applications";

const Indicator agent("app_id", "test.sandglass.agent");
const Indicator by_process("process", "test.sandglass.helper");

struct App {
  std::string id, name;
  std::string_view source = "com.apple.AppStore";
  bool store_id = true;
};

Plist metadata(Lab& lab, Random& random, const App& app) {
  Dict d{{"artistId", random.between(100000000, 1600000000)},
         {"artistName", "Garden Labs"},
         {"bundleShortVersionString", "3.1"},
         {"bundleVersion", "310"},
         {"com.apple.iTunesStore.downloadInfo",
          Dict{{"accountInfo", Dict{{"AppleID", "owner@mail.example"}, {"DSPersonID", 1000000001}}},
               {"purchaseDate", "2021-05-04T10:20:30Z"}}},
         {"gameCenterEnabled", false},
         {"genre", "Utilities"},
         {"genreId", 6002},
         {"itemId", random.between(300000000, 1700000000)},
         {"itemName", app.name},
         {"kind", "software"},
         {"playlistName", "Garden Labs"},
         {"product-type", "ios-app"},
         {"purchaseDate", Date{lab.ago(random, 600)}},
         {"releaseDate", "2019-02-03T08:00:00Z"},
         {"softwareVersionExternalIdentifier", random.between(800000000, 860000000)},
         {"sourceApp", app.source},
         {"storeCohort", "10|date=1577836800000&sf=143441&pgtp=Search"}};
  if (app.store_id) d.emplace_back("softwareVersionBundleId", app.id);
  return d;
}

void write(Lab& lab) {
  Random random = lab.random("applications");
  std::vector<App> apps{{"net.whatsapp.WhatsApp", "WhatsApp Messenger"},
                        {"com.google.chrome.ios", "Google Chrome"},
                        {"org.mozilla.ios.Firefox", "Firefox: Private, Safe Browser"},
                        {"com.garden-labs.reader", "Reader"}};
  for (int i = 0; i < 36; ++i) apps.push_back({app_id(random) + std::to_string(i), title(random)});
  if (lab.plants()) {
    lab.planted.add("app-id", parser, agent, agent.value(), "high", "an installed application's identifier");
    apps.push_back({agent.value(), "Agent"});
    lab.planted.add("app-process", parser, by_process, by_process.value(), "medium",
                    "a process indicator equals the bundle id");
    apps.push_back({by_process.value(), "Helper"});
    lab.planted.rule("app-without-store-id", parser, rule::app_without_id, "com.enterprise.portal", "medium",
                     "no softwareVersionBundleId");
    apps.push_back({"com.enterprise.portal", "Portal", "com.apple.AppStore", false});
    lab.planted.rule("app-other-source", parser, rule::unusual_source, "com.sideloaded.tool", "medium",
                     "sourceApp is none of the store's");
    apps.push_back({"com.sideloaded.tool", "Tool", "com.sideloader.installer"});
  }
  for (const App& app : apps) {
    lab.applications.emplace_back(app.id, Dict{{"iTunesMetadata", Data{binary_plist(metadata(lab, random, app))}},
                                               {"ApplicationSINF", Data{random.bytes(64)}},
                                               {"PlaceholderIcon", Data{"\x89PNG\r\n\x1a\n" + random.bytes(80)}}});
    lab.backup.directory("AppDomain-" + app.id, "");
    lab.backup.directory("AppDomain-" + app.id, "Library");
    lab.backup.add(
        "AppDomain-" + app.id, "Library/Preferences/" + app.id + ".plist",
        binary_plist(Dict{{"LaunchCount", random.between(1, 400)}, {"FirstRun", Date{lab.ago(random, 500)}}}));
  }
}

const Source source{"ios.applications", write};

}  // namespace
}  // namespace testudo::lab
