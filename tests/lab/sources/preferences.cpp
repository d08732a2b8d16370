// Property lists of the system: idstatuscache, locationd's clients, addaily, .GlobalPreferences. Test tool.
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

const Indicator mail("email", "target.list@lookup-lure.test");
const Indicator daily("process", "sgnetd");
const Indicator location_process("process", "sglocd");
const Indicator location_bundle("process", "test.sandglass.beacon");
const Indicator bundle_path("path", "/private/var/containers/Bundle/Application/5A6D61D0-0000-4000-8000-00000000BEEF");
const Indicator executable("path", "/private/var/db/sandglass/bin");
const Indicator registered("path", "/private/var/root/sandglass");

// HomeDomain-Library/Preferences/com.apple.identityservices.idstatuscache.plist
// (6b97989189901ceaa4e5be9b7f05fb584120e27b); shape as in plaso's public test file. Written for every generation,
// though newer phones are said to have none.
void id_status(Lab& lab) {
  Random random = lab.random("id status");
  const auto seen = [&] {
    return Plist(Dict{{"LookupDate", lab.ago(random, 60)}, {"IDStatus", random.between(1, 2)}});
  };
  Dict messages, facetime;
  for (std::size_t i = 0; i < people().size(); i += 3) {
    messages.emplace_back("tel:" + people()[i].phone, seen());
    facetime.emplace_back("mailto:" + people()[i].email, seen());
  }
  if (lab.plants()) {
    lab.planted.add("id-status-email", "ios.id_status_cache", mail, "mailto:" + mail.value(), "high",
                    "an address that was looked up");
    messages.emplace_back("mailto:" + mail.value(), seen());
    const std::string nul = std::string("mailto:x") + std::string(2, '\0') + "y@mail.example";
    lab.planted.rule("id-status-double-nul", "ios.id_status_cache", rule::double_null, nul, "high",
                     "two NULs in an identifier");
    facetime.emplace_back(nul, seen());
  }
  lab.store("HomeDomain", "Library/Preferences/com.apple.identityservices.idstatuscache.plist",
            binary_plist(Dict{{"com.apple.madrid", std::move(messages)},
                              {"com.apple.ess", std::move(facetime)},
                              {"com.apple.private.alloy.icloudpairing", Dict{}}}));
}

// RootDomain-Library/Caches/locationd/clients.plist (a690d7769cce8904ca2b67320b107c8fe5f79412).
void location_clients(Lab& lab) {
  Random random = lab.random("locationd");
  Dict clients;
  const auto client = [&](const std::string& key, Dict more) {
    Dict d{{"Authorization", random.between(1, 4)},
           {"BackgroundLocationTimeStopped", lab.ago(random, 20)},
           {"LocationTimeStopped", lab.ago(random, 20)},
           {"ReceivingLocationInformationTimeStopped", lab.ago(random, 20)},
           {"SupportedAuthorizationMask", 7},
           {"ClientStorageToken", Data{random.bytes(16)}}};
    for (Entry& entry : more) d.push_back(std::move(entry));
    clients.emplace_back(lab.ios() >= 17 ? "i" + key + ":" : key, std::move(d));
  };
  for (int i = 0; i < 30; ++i) {
    const std::string id = app_id(random) + std::to_string(i);
    const std::string path = "/private/var/containers/Bundle/Application/" + random.uuid() + "/App.app";
    client(id,
           Dict{{"BundleId", id}, {"BundlePath", path}, {"Executable", path + "/App"}, {"Registered", path + "/App"}});
  }
  if (lab.plants()) {
    constexpr std::string_view parser = "ios.locationd_clients";
    lab.planted.add("location-process", parser, location_process, "/usr/libexec/" + location_process.value(), "high",
                    "the key's last part");
    clients.emplace_back("/usr/libexec/" + location_process.value(),
                         Dict{{"Registered", true}, {"LocationTimeStopped", lab.ago(random, 9)}});
    lab.planted.add("location-bundle", parser, location_bundle, location_bundle.value(), "high", "BundleId");
    client(location_bundle.value(), Dict{{"BundleId", location_bundle.value()}});
    lab.planted.add("location-bundle-path", parser, bundle_path, bundle_path.value() + "/S.app", "high", "BundlePath");
    client("com.garden-labs.one",
           Dict{{"BundleId", "com.garden-labs.one"}, {"BundlePath", bundle_path.value() + "/S.app"}});
    lab.planted.add("location-executable", parser, executable, executable.value() + "/s", "high", "Executable");
    client("com.garden-labs.two", Dict{{"BundleId", "com.garden-labs.two"}, {"Executable", executable.value() + "/s"}});
    lab.planted.add("location-registered", parser, registered, registered.value() + "/s", "high", "Registered");
    client("com.garden-labs.three",
           Dict{{"BundleId", "com.garden-labs.three"}, {"Registered", registered.value() + "/s"}});
  }
  clients.emplace_back("MigrationVersion", 3);
  lab.store("RootDomain", "Library/Caches/locationd/clients.plist", binary_plist(std::move(clients)));
}

// HomeDomain-Library/Preferences/com.apple.osanalytics.addaily.plist (f65b5fafc69bbd3c60be019c6e938e146825fa83):
// netUsageBaseline: name -> [date, Wi-Fi in, out, mobile in, out].
void daily_usage(Lab& lab) {
  Random random = lab.random("addaily");
  Dict usage;
  const auto one = [&](const std::string& name) {
    Array values{Date{lab.ago(random, 20)}};
    for (int k = 0; k < 4; ++k) values.emplace_back(random.real() * 1e7);
    usage.emplace_back(name, std::move(values));
  };
  for (std::string_view name : {"apsd", "mDNSResponder", "nsurlsessiond", "cloudd", "trustd"}) one(std::string(name));
  for (int i = 0; i < 30; ++i) one(app_id(random) + std::to_string(i));
  if (lab.plants()) {
    lab.planted.add("daily-process", "ios.analytics_daily", daily, daily.value(), "high",
                    "a process of netUsageBaseline");
    one(daily.value());
    lab.planted.rule("daily-backup-agent", "ios.analytics_daily", rule::agent_baseline, "BackupAgent", "high",
                     "the name under which Operation Triangulation's implant ran");
    one("BackupAgent");
  }
  lab.store(
      "HomeDomain", "Library/Preferences/com.apple.osanalytics.addaily.plist",
      binary_plist(
          Dict{{"version", 1}, {"lastBaselineDate", Date{lab.now() - 90000}}, {"netUsageBaseline", std::move(usage)}}));
}

// HomeDomain-Library/Preferences/.GlobalPreferences.plist (0dc926a1810f7aee4e8f38793ed788701f93bf9d).
void global(Lab& lab) {
  Dict d{{"AppleLanguages", Array{"en-GB", "it-IT"}},
         {"AppleLocale", "en_GB"},
         {"AppleKeyboards", Array{"en_GB@sw=QWERTY;hw=Automatic", "emoji@sw=Emoji"}},
         {"AppleITunesStoreItemKinds", Array{"music", "software"}},
         {"AKLastIDMSEnvironment", 0},
         {"PKLogNotificationServiceResponses", false}};
  if (lab.plants() && lab.ios() >= 16) {
    const bool on = lab.options.seed % 2 == 0;
    d.emplace_back("LDMGlobalEnabled", on);
    lab.planted.rule("lockdown-mode", "ios.global_preferences", on ? rule::lockdown_on : rule::lockdown_off,
                     "LDMGlobalEnabled", on ? "info" : "low", "on for even seeds, off for odd ones");
  }
  lab.store("HomeDomain", "Library/Preferences/.GlobalPreferences.plist", binary_plist(std::move(d)));
}

// RootDomain-Library/Preferences/com.apple.CrashReporter.plist: clean phones keep dates of throttled reports in it.
void crash_reporter(Lab& lab) {
  Random random = lab.random("crash reporter");
  Dict d{{"ExcResourceDiagInfo_mediaanalysisd", Date{lab.ago(random, 90)}},
         {"NANDTaskScheduler_Priority", Date{lab.ago(random, 90)}}};
  if (lab.plants()) {
    lab.planted.rule("crash-reports-off", "ios.crash_reporter", rule::crash_reports_off, "DisableReports", "medium",
                     "a setting whose name speaks of switching reports off (invented: the real one is not public)");
    d.emplace_back("DisableReports", true);
  }
  lab.store("RootDomain", "Library/Preferences/com.apple.CrashReporter.plist", binary_plist(std::move(d)));
}

void write(Lab& lab) {
  crash_reporter(lab);
  id_status(lab);
  location_clients(lab);
  daily_usage(lab);
  global(lab);
}

const Source source{"ios.preferences", write};

}  // namespace
}  // namespace testudo::lab
