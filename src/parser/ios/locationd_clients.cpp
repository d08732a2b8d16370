// ios.locationd_clients: the table of locationd: every application, daemon and bundle that registered for location,
// with its authorisation and the times at which each way of using location last stopped. Floor 4. Format, generations
// and sources: docs/formats/ios-locationd-clients.md.

#include <array>

#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct LocationClient {
  std::string_view client;
  std::optional<std::string_view> app_id, bundle_path, executable, registered;
  std::optional<std::string_view> process, executable_name, bundle_name;
  std::optional<std::int64_t> authorization;
  std::optional<Time> consumption_period_begin, receiving_stopped, visit_stopped, location_stopped;
  std::optional<Time> background_location_stopped, significant_stopped, non_persistent_significant_stopped;
  std::optional<Time> fence_stopped, beacon_region_stopped;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<LocationClient> {
  static constexpr std::string_view name = "ios.location_client";
  static constexpr std::string_view prose =
      "A program that registered for the device's location; does not prove that it received a position, and says "
      "nothing of "
      "where the device was.";
  static constexpr std::string_view line = "location use by {client} stopped";
  static constexpr std::array identity{"client"};
  static constexpr std::tuple fields{
      Field<&LocationClient::client>{"client", Kind::text, "key of the entry, as stored"},
      Field<&LocationClient::app_id>{"app_id", Kind::app_id,
                                     "BundleId, or the identifier in the key where it is absent"},
      Field<&LocationClient::process>{"process", Kind::process, "last path component of the key"},
      Field<&LocationClient::executable_name>{"executable_name", Kind::process,
                                              "last path component of the executable"},
      Field<&LocationClient::bundle_name>{
          "bundle_name", Kind::process,
          "BundleId again where it differs, because indicators also name it as a process"},
      Field<&LocationClient::bundle_path>{"bundle_path", Kind::path, "folder of the bundle (BundlePath)"},
      Field<&LocationClient::executable>{"executable", Kind::path,
                                         "program (Executable); absent for most applications"},
      Field<&LocationClient::registered>{"registered", Kind::path, "program that registered (Registered)"},
      Field<&LocationClient::authorization>{
          "authorization", Kind::integer,
          "0 not asked, 1 denied, 2 denied or while in use by generation, 3 and 4 granted"},
      Field<&LocationClient::consumption_period_begin>{"consumption_period_begin", Kind::time,
                                                       "start of the present period of use", Show::event},
      Field<&LocationClient::receiving_stopped>{"receiving_stopped", Kind::time,
                                                "when it last stopped receiving location information", Show::event},
      Field<&LocationClient::visit_stopped>{"visit_stopped", Kind::time, "when visit monitoring stopped", Show::event},
      Field<&LocationClient::location_stopped>{"location_stopped", Kind::time, "when location updates stopped",
                                               Show::event},
      Field<&LocationClient::background_location_stopped>{
          "background_location_stopped", Kind::time, "when location updates in the background stopped", Show::event},
      Field<&LocationClient::significant_stopped>{"significant_stopped", Kind::time,
                                                  "when monitoring of significant changes stopped", Show::event},
      Field<&LocationClient::non_persistent_significant_stopped>{"non_persistent_significant_stopped", Kind::time,
                                                                 "the same, for monitoring that ends with the process",
                                                                 Show::event},
      Field<&LocationClient::fence_stopped>{"fence_stopped", Kind::time, "when region monitoring stopped", Show::event},
      Field<&LocationClient::beacon_region_stopped>{"beacon_region_stopped", Kind::time,
                                                    "when beacon monitoring stopped", Show::event},
      Field<&LocationClient::extra>{"extra", Kind::text, "the remaining keys of the entry, as JSON", Show::rest}};
};

namespace {

// Keys: "com.example.app"; "com.apple.locationd.bundle-/System/…/Name.bundle" and "…executable-/usr/libexec/name";
// since iOS 14 also "icom.example.app:" (a letter for the kind in front, a colon behind).
std::string_view identifier_of(std::string_view key) {
  if (key.size() > 2 && key.ends_with(':') && (key.starts_with('i') || key.starts_with('u')))
    return key.substr(1, key.size() - 2);
  return key;
}

void add_times(const Node& entry, LocationClient& record, Sink& out) {
  const auto time = [&](std::string_view key) { return plist_time(entry[key], out); };
  record.consumption_period_begin = time("ConsumptionPeriodBegin");
  record.receiving_stopped = time("ReceivingLocationInformationTimeStopped");
  record.visit_stopped = time("VisitTimeStopped");
  record.location_stopped = time("LocationTimeStopped");
  record.background_location_stopped = time("BackgroundLocationTimeStopped");
  record.significant_stopped = time("SignificantTimeStopped");
  record.non_persistent_significant_stopped = time("NonPersistentSignificantTimeStopped");
  record.fence_stopped = time("FenceTimeStopped");
  record.beacon_region_stopped = time("BeaconRegionTimeStopped");
}

constexpr std::array<std::string_view, 14> shown_keys{"BundleId",
                                                      "BundlePath",
                                                      "Executable",
                                                      "Registered",
                                                      "Authorization",
                                                      "ConsumptionPeriodBegin",
                                                      "ReceivingLocationInformationTimeStopped",
                                                      "VisitTimeStopped",
                                                      "LocationTimeStopped",
                                                      "BackgroundLocationTimeStopped",
                                                      "SignificantTimeStopped",
                                                      "NonPersistentSignificantTimeStopped",
                                                      "FenceTimeStopped",
                                                      "BeaconRegionTimeStopped"};

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node root = root_dictionary(file, out);
  Budget budget(file, out);
  for (std::size_t i = 0; i < root.size(); ++i) {
    const Node entry = root[i];
    if (entry.type() != Node::Type::dict) continue;  // the list's own settings
    LocationClient record{.client = root.key(i)};
    const std::string_view identifier = identifier_of(record.client);
    record.app_id = non_empty(entry["BundleId"].text());
    if (!record.app_id && identifier.find('/') == std::string_view::npos) record.app_id = non_empty(identifier);
    record.process = non_empty(last_component(identifier));
    if (record.app_id != record.process) record.bundle_name = record.app_id;
    record.bundle_path = non_empty(entry["BundlePath"].text());
    record.executable = non_empty(entry["Executable"].text());
    record.registered = non_empty(entry["Registered"].text());
    if (record.executable) record.executable_name = non_empty(last_component(*record.executable));
    record.authorization = entry["Authorization"].integer();
    add_times(entry, record, out);
    record.extra = rest_of(entry, shown_keys, budget);
    out.emit(record, in.at(entry.offset()));
  }
  return {};
}

constexpr std::array wants{Want{"RootDomain", "Library/Caches/locationd/clients.plist"}};
const std::array records{&record_type<LocationClient>()};
const Registration registration{{.name = "ios.locationd_clients",
                                 .page = "ios-locationd-clients.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
