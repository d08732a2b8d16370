// Configuration profiles and their events. Test tool.
// SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles-Library/ConfigurationProfiles/profile-*.stub,
// HomeDomain-Library/ConfigurationProfiles/MCProfileEvents.plist: ProfileEvents, an array of one-key dictionaries.
#include "crypto.h"
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

constexpr std::string_view domain = "SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles";
constexpr std::string_view folder = "Library/ConfigurationProfiles/";

const Indicator known("profile_id", "5A6E8C10-1111-4222-8333-0D15EA5E0001");
const Indicator by_event("profile_id", "test.sandglass.enrolment");
const Indicator installer("process", "sgprofiled");

void profile(Lab& lab, Random& random, const std::string& uuid, const std::string& identifier,
             std::string_view payload) {
  const Dict content{{"PayloadContent", Array{Dict{{"PayloadType", payload},
                                                   {"PayloadIdentifier", identifier + ".1"},
                                                   {"PayloadUUID", random.uuid()},
                                                   {"PayloadVersion", 1},
                                                   {"PERSISTENT_REF", Data{random.bytes(20)}}}}},
                     {"PayloadDisplayName", "Settings of " + identifier},
                     {"PayloadDescription", "Made for tests"},
                     {"PayloadIdentifier", identifier},
                     {"PayloadOrganization", "Garden Labs"},
                     {"PayloadType", "Configuration"},
                     {"PayloadUUID", uuid},
                     {"PayloadVersion", 1},
                     {"InstallDate", Date{lab.ago(random, 400)}},
                     {"InstallOptions", Dict{{"filterFlag", 1}}},
                     {"WasEncrypted", false},
                     {"SignerCerts", Array{Data{random.bytes(200)}}}};
  lab.store(domain, std::string(folder) + "profile-" + sha1_hex(identifier) + sha1_hex(uuid).substr(0, 24) + ".stub",
            binary_plist(content));
}

void write(Lab& lab) {
  Random random = lab.random("profiles");
  profile(lab, random, random.uuid(), "example.school.wifi", "com.apple.wifi.managed");
  Array events;
  const auto event = [&](const std::string& id, std::string_view process) {
    events.emplace_back(
        Dict{{id, Dict{{"timestamp", Date{lab.ago(random, 300)}}, {"Operation", "install"}, {"Process", process}}}});
  };
  if (lab.plants()) {
    lab.planted.add("profile-id", "ios.profiles", known, known.value(), "high", "a profile by its PayloadUUID");
    profile(lab, random, known.value(), "test.sandglass.profile", "com.apple.vpn.managed");
    lab.planted.rule("profile-notifications", "ios.profiles", rule::notification_profile,
                     "com.apple.notificationsettings", "medium", "a payload that hides notifications");
    profile(lab, random, random.uuid(), "example.quiet", "com.apple.notificationsettings");
    lab.planted.rule("profile-event", "ios.profile_events", rule::profile_event, "example.school.wifi", "low",
                     "any event");
    event("example.school.wifi", "profiled");
    lab.planted.add("profile-event-process", "ios.profile_events", installer, installer.value(), "high",
                    "who installed it");
    event("example.other", installer.value());
    lab.planted.add("profile-event-id", "ios.profile_events", by_event, by_event.value(), "high",
                    "which profile it was");
    event(by_event.value(), "profiled");
  }
  lab.store("HomeDomain", std::string(folder) + "MCProfileEvents.plist",
            binary_plist(Dict{{"ProfileEvents", std::move(events)}}));
}

const Source source{"ios.profiles", write};

}  // namespace
}  // namespace testudo::lab
