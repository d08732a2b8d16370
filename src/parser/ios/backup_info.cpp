// ios.backup_info: Info.plist beside the backup's manifest. The computer that makes the backup (Finder, iTunes, Apple
// Devices, idevicebackup2) writes it, so it states what that computer was told and can be edited there.
// Floor 4. Format, generations and sources: docs/formats/ios-backup-info.md.

#include <array>

#include "parser/ios/plist_file.h"
#include "parser/ios/system_release.h"

namespace testudo {
namespace {

struct BackupInfo {
  std::optional<Time> last_backup;
  std::optional<std::string_view> device_name, display_name, product_name, product_type, product_version, build_version;
  std::optional<std::string_view> serial_number, unique_identifier, target_identifier, target_type, guid;
  std::optional<std::string_view> iccid, iccid2, imei, imei2, meid, phone_number, phone_number2;
  std::optional<std::string_view> itunes_version, macos_version;
  std::optional<std::int64_t> installed_applications;
  std::optional<bool> is_encrypted, had_passcode;
  std::optional<std::string_view> backup_version, newest_version, newest_of_major;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<BackupInfo> {
  static constexpr std::string_view name = "ios.backup_info";
  static constexpr std::string_view prose =
      "The device and the backup as the computer that made the backup describes them; proves neither the owner nor "
      "that the "
      "backup is unchanged.";
  static constexpr std::string_view line = "backup of {product_type} with iOS {product_version}";
  static constexpr std::array identity{"unique_identifier", "product_version"};
  static constexpr std::tuple fields{
      Field<&BackupInfo::last_backup>{"last_backup", Kind::time, "when the computer finished the last backup",
                                      Show::event},
      Field<&BackupInfo::device_name>{"device_name", Kind::text, "name that the owner gave the device", Show::content},
      Field<&BackupInfo::display_name>{"display_name", Kind::text, "name of the backup, mostly the device's",
                                       Show::content},
      Field<&BackupInfo::product_name>{
          "product_name", Kind::text,
          "model in words, as stated or else by model identifier; absent for a model that is not known"},
      Field<&BackupInfo::product_type>{"product_type", Kind::text, "model identifier, such as iPhone14,5"},
      Field<&BackupInfo::product_version>{"product_version", Kind::text,
                                          "version of the system at the time of the backup"},
      Field<&BackupInfo::build_version>{"build_version", Kind::text, "build of the system at the time of the backup"},
      Field<&BackupInfo::serial_number>{"serial_number", Kind::text, "serial number of the device", Show::content},
      Field<&BackupInfo::unique_identifier>{"unique_identifier", Kind::text, "UDID of the device", Show::content},
      Field<&BackupInfo::target_identifier>{"target_identifier", Kind::text, "UDID of the device that is backed up",
                                            Show::content},
      Field<&BackupInfo::target_type>{"target_type", Kind::text, "kind of target: Device"},
      Field<&BackupInfo::guid>{"guid", Kind::text, "identifier of this backup"},
      Field<&BackupInfo::iccid>{"iccid", Kind::text, "number of the SIM card", Show::content},
      Field<&BackupInfo::iccid2>{"iccid2", Kind::text, "number of the second SIM card, if there is one", Show::content},
      Field<&BackupInfo::imei>{"imei", Kind::text, "IMEI of the device", Show::content},
      Field<&BackupInfo::imei2>{"imei2", Kind::text, "IMEI of the second line, if there is one", Show::content},
      Field<&BackupInfo::meid>{"meid", Kind::text, "MEID of the device", Show::content},
      Field<&BackupInfo::phone_number>{"phone_number", Kind::phone, "number of the device's line", Show::content},
      Field<&BackupInfo::phone_number2>{"phone_number2", Kind::phone, "number of the second line", Show::content},
      Field<&BackupInfo::itunes_version>{"itunes_version", Kind::text, "version of iTunes that made the backup"},
      Field<&BackupInfo::macos_version>{"macos_version", Kind::text, "version of macOS that made the backup"},
      Field<&BackupInfo::installed_applications>{"installed_applications", Kind::integer,
                                                 "number of applications in the list of installed ones"},
      Field<&BackupInfo::is_encrypted>{"is_encrypted", Kind::boolean,
                                       "whether the manifest says that a password protects it"},
      Field<&BackupInfo::had_passcode>{"had_passcode", Kind::boolean, "whether the device had a passcode (manifest)"},
      Field<&BackupInfo::backup_version>{"backup_version", Kind::text, "version of the backup's format (manifest)"},
      Field<&BackupInfo::newest_version>{
          "newest_version", Kind::text,
          "newest iOS known to have been published by the time of the backup, if an iPhone had an older one"},
      Field<&BackupInfo::newest_of_major>{
          "newest_of_major", Kind::text,
          "the same among versions with the same first number, which phones get that cannot have the newest"},
      Field<&BackupInfo::extra>{"extra", Kind::text, "the remaining keys, as JSON, without the lists of applications",
                                Show::rest}};
};

namespace {

// Manifest.plist lies beside it and is never encrypted. A backup without it is told apart by the evidence reader.
void add_manifest(const Input& in, BackupInfo& info, std::optional<PlistFile>& manifest) {
  for (const InputFile& aid : in.aids()) {
    auto bytes = aid.blob->all(largest_plist);
    if (!bytes) continue;
    auto list = Plist::parse(*bytes);
    if (!list) continue;
    manifest.emplace(PlistFile{std::move(*bytes), std::move(*list)});
    const Node root = manifest->root();
    info.is_encrypted = root["IsEncrypted"].boolean();
    info.had_passcode = root["WasPasscodeSet"].boolean();
    info.backup_version = root["Version"].text();
    return;
  }
}

// Facts from lists of this program: see system_release.h.
void add_known(BackupInfo& info) {
  if (!info.product_type) return;
  if (!info.product_name) info.product_name = model_name(*info.product_type);
  if (!info.product_type->starts_with("iPhone") || !info.product_version || !info.last_backup) return;
  const auto newest = newest_ios(*info.last_backup);
  if (newest && is_older_version(*info.product_version, *newest)) info.newest_version = newest;
  const auto near = newest_ios_of_major(*info.product_version, *info.last_backup);
  if (near && is_older_version(*info.product_version, *near)) info.newest_of_major = near;
}

// ios.applications reads both lists of applications.
constexpr std::array<std::string_view, 23> shown_keys{"Applications",
                                                      "Installed Applications",
                                                      "Last Backup Date",
                                                      "Device Name",
                                                      "Display Name",
                                                      "Product Name",
                                                      "Product Type",
                                                      "Product Version",
                                                      "Build Version",
                                                      "Serial Number",
                                                      "Unique Identifier",
                                                      "Target Identifier",
                                                      "Target Type",
                                                      "GUID",
                                                      "ICCID",
                                                      "ICCID 2",
                                                      "IMEI",
                                                      "IMEI 2",
                                                      "MEID",
                                                      "Phone Number",
                                                      "Phone Number 2",
                                                      "iTunes Version",
                                                      "macOS Version"};

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node root = root_dictionary(file, out);
  if (!root) return {};
  const auto text = [&](std::string_view key) { return non_empty(root[key].text()); };
  BackupInfo info;
  info.last_backup = plist_time(root["Last Backup Date"], out);
  info.device_name = text("Device Name");
  info.display_name = text("Display Name");
  info.product_name = text("Product Name");
  info.product_type = text("Product Type");
  info.product_version = text("Product Version");
  info.build_version = text("Build Version");
  info.serial_number = text("Serial Number");
  info.unique_identifier = text("Unique Identifier");
  info.target_identifier = text("Target Identifier");
  info.target_type = text("Target Type");
  info.guid = text("GUID");
  info.iccid = text("ICCID");
  info.iccid2 = text("ICCID 2");
  info.imei = text("IMEI");
  info.imei2 = text("IMEI 2");
  info.meid = text("MEID");
  info.phone_number = text("Phone Number");
  info.phone_number2 = text("Phone Number 2");
  info.itunes_version = text("iTunes Version");
  info.macos_version = text("macOS Version");
  const Node installed = root["Installed Applications"];
  if (installed.type() == Node::Type::array) info.installed_applications = static_cast<std::int64_t>(installed.size());
  if (installed && installed.type() != Node::Type::array) out.anomaly("unexpected_type", installed.offset());
  std::optional<PlistFile> manifest;
  add_manifest(in, info, manifest);
  add_known(info);
  Budget budget(file, out);
  info.extra = rest_of(root, shown_keys, budget);
  out.emit(info, in.at(root.offset()));
  return {};
}

constexpr std::array wants{Want{"", "Info.plist"}, Want{"", "Manifest.plist", FileRole::aid}};
const std::array records{&record_type<BackupInfo>()};
const Registration registration{{.name = "ios.backup_info",
                                 .page = "ios-backup-info.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
