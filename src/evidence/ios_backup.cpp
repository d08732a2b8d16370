// iOS backups: facts from their property lists, and the archived MBFile objects of Manifest.db. Floor 2.
#include "evidence/ios_backup.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "codec/plist.h"

namespace testudo {
namespace {

std::vector<std::uint8_t> copy(std::optional<Bytes> bytes) {
  return bytes ? std::vector<std::uint8_t>(bytes->begin(), bytes->end()) : std::vector<std::uint8_t>();
}

class FileInfoReader {
 public:
  FileInfoReader(const KeyedArchive& archive, BackupFileInfo& out) : archive_(archive), out_(out) {}
  // One pass over the entries: looking each name up would cost as many passes.
  void read(Node object) {
    for (std::size_t i = 0; i < object.size(); ++i) read_entry(object.key(i), object[i]);
  }

 private:
  void read_entry(std::string_view key, Node value) {
    if (key == "Mode")
      unsigned_into(out_.mode, value);
    else if (key == "Size")
      unsigned_into(out_.size, value);
    else if (key == "LastModified")
      time_into(out_.last_modified, value);
    else if (key == "LastStatusChange")
      time_into(out_.last_status_change, value);
    else if (key == "Birth")
      time_into(out_.birth, value);
    else if (key == "InodeNumber")
      out_.inode = value.integer();
    else if (key == "UserID")
      out_.user_id = value.integer();
    else if (key == "GroupID")
      out_.group_id = value.integer();
    else if (key == "Flags")
      out_.flags = value.integer();
    else if (key == "ProtectionClass")
      unsigned_into(out_.protection_class, value);
    else if (key == "EncryptionKey")
      out_.encryption_key = copy(archive_.data(value));
    else if (key == "Digest")
      out_.digest = copy(archive_.data(value));
    else if (key == "Target")
      out_.target = archive_.text(value).value_or(std::string_view());
  }
  template <typename T>
  void unsigned_into(std::optional<T>& field, Node value) {
    const auto number = value.integer();
    if (number && *number >= 0) field = static_cast<T>(*number);
  }
  void time_into(std::optional<Time>& field, Node value) {
    const auto seconds = value.real();
    if (!seconds) return;
    field = from_unix_seconds(*seconds);
    if (!field) out_.time_out_of_range = true;
  }
  const KeyedArchive& archive_;
  BackupFileInfo& out_;
};

Result<Plist> parse_dictionary(Bytes octets, std::string_view file, BackupFacts& facts) {
  Plist list = TRY(Plist::parse(octets));
  for (const PlistAnomaly& anomaly : list.anomalies()) {
    std::string name = std::string(file) + ":" + std::string(anomaly.name);
    if (std::find(facts.anomalies.begin(), facts.anomalies.end(), name) == facts.anomalies.end())
      facts.anomalies.push_back(std::move(name));
  }
  if (list.root().type() != Node::Type::dict)
    return error(Fault::malformed, std::string(file) + " holds no dictionary", 0);
  return list;
}

void text_into(std::string& field, Node value) {
  if (const auto text = value.text()) field = *text;
}
void text_if_empty(std::string& field, Node value) {
  if (field.empty()) text_into(field, value);
}

}  // namespace

bool BackupFacts::status_damaged() const {
  return std::ranges::any_of(anomalies, [](const std::string& name) { return name.starts_with("Status.plist:"); });
}

Result<BackupFileInfo> read_backup_file_info(Bytes file_column) {
  const Plist list = TRY(Plist::parse(file_column));
  const auto archive = KeyedArchive::of(list.root());
  if (!archive) return error(Fault::malformed, "no archived file description", 0);
  const Node object = archive->top();
  if (object.type() != Node::Type::dict) return error(Fault::malformed, "archive without a file description", 0);
  BackupFileInfo info;
  FileInfoReader(*archive, info).read(object);
  info.damaged = !list.anomalies().empty();
  return info;
}

std::string backup_file_id(std::string_view domain, std::string_view relative_path) {
  std::string name(domain);
  name.append("-").append(relative_path);
  return to_hex(sha1(as_bytes(name)));
}

std::optional<std::string> backup_stored_path(std::string_view file_id) {
  const bool proper = file_id.size() == 40 && std::all_of(file_id.begin(), file_id.end(), [](char c) {
                        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                      });
  if (!proper) return std::nullopt;
  return std::string(file_id.substr(0, 2)).append("/").append(file_id);
}

Result<void> read_manifest_plist(Bytes octets, BackupFacts& facts) {
  const Plist list = TRY(parse_dictionary(octets, "Manifest.plist", facts));
  const Node root = list.root();
  facts.encrypted = root["IsEncrypted"].boolean();
  facts.passcode_set = root["WasPasscodeSet"].boolean();
  facts.date = root["Date"].date();
  facts.keybag = copy(root["BackupKeyBag"].data());
  facts.manifest_key = copy(root["ManifestKey"].data());
  const Node lockdown = root["Lockdown"];
  text_into(facts.product_version, lockdown["ProductVersion"]);
  text_into(facts.build_version, lockdown["BuildVersion"]);
  text_into(facts.product_type, lockdown["ProductType"]);
  text_into(facts.device_name, lockdown["DeviceName"]);
  text_into(facts.serial_number, lockdown["SerialNumber"]);
  text_into(facts.udid, lockdown["UniqueDeviceID"]);
  return {};
}

Result<void> read_info_plist(Bytes octets, BackupFacts& facts) {
  const Plist list = TRY(parse_dictionary(octets, "Info.plist", facts));
  const Node root = list.root();
  text_if_empty(facts.product_version, root["Product Version"]);
  text_if_empty(facts.build_version, root["Build Version"]);
  text_if_empty(facts.product_type, root["Product Type"]);
  text_if_empty(facts.device_name, root["Device Name"]);
  text_if_empty(facts.serial_number, root["Serial Number"]);
  text_if_empty(facts.udid, root["Unique Identifier"]);
  text_if_empty(facts.udid, root["Target Identifier"]);
  facts.last_backup = root["Last Backup Date"].date();
  text_into(facts.display_name, root["Display Name"]);
  text_into(facts.product_name, root["Product Name"]);
  text_into(facts.phone_number, root["Phone Number"]);
  text_into(facts.imei, root["IMEI"]);
  text_into(facts.meid, root["MEID"]);
  text_into(facts.iccid, root["ICCID"]);
  text_into(facts.guid, root["GUID"]);
  text_into(facts.itunes_version, root["iTunes Version"]);
  text_into(facts.macos_version, root["macOS Version"]);
  const Node applications = root["Installed Applications"];
  for (std::size_t i = 0; i < applications.size(); ++i)
    if (const auto id = applications[i].text()) facts.installed_applications.emplace_back(*id);
  return {};
}

Result<void> read_status_plist(Bytes octets, BackupFacts& facts) {
  const Plist list = TRY(parse_dictionary(octets, "Status.plist", facts));
  const Node root = list.root();
  facts.full_backup = root["IsFullBackup"].boolean();
  facts.status_date = root["Date"].date();
  text_into(facts.backup_state, root["BackupState"]);
  text_into(facts.snapshot_state, root["SnapshotState"]);
  text_into(facts.status_version, root["Version"]);
  return {};
}

}  // namespace testudo
