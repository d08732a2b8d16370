// Facts of an iOS backup and descriptions of its files. Claims: docs/formats/ios-backup.md.
#include "evidence/ios_backup.h"

#include <gtest/gtest.h>

#include "codec/plist_builder.h"
#include "evidence/backup_crypto.h"

namespace testudo {
namespace {

using test::PlistBuilder;

// An MBFile as a backup archives it.
std::string file_description(std::string_view encryption_key, std::uint64_t modified = 1'700'000'000) {
  PlistBuilder b;
  b.dict({1, 2, 3, 4}, {5, 6, 7, 8});
  for (const char* key : {"$version", "$archiver", "$top", "$objects"}) b.text(key);
  b.integer(100'000, 2);
  b.text("NSKeyedArchiver");
  b.dict({9}, {10});
  b.array({11, 12, 13, 14, 15, 16});
  b.text("root");
  b.raw("\x80\x01");
  b.text("$null");
  std::vector<std::uint64_t> keys, values;
  for (std::uint64_t i = 0; i < 14; ++i) keys.push_back(17 + i), values.push_back(31 + i);
  b.dict(keys, values);
  b.dict({45}, {46});            // object 2: EncryptionKey
  b.dict({45}, {47});            // object 3: Digest
  b.text("../elsewhere");        // object 4: Target
  b.text("Library/SMS/sms.db");  // object 5: RelativePath
  for (const char* key : {"Mode", "Size", "LastModified", "LastStatusChange", "Birth", "InodeNumber", "UserID",
                          "GroupID", "Flags", "ProtectionClass", "EncryptionKey", "Digest", "Target", "RelativePath"})
    b.text(key);
  b.integer(0100644, 1);
  b.integer(5'000'000'000);
  b.integer(modified);
  b.integer(1'700'000'001, 2);
  b.integer(1'600'000'000, 2);
  b.integer(123'456, 2);
  b.integer(501, 1);
  b.integer(502, 1);
  b.integer(4, 0);
  b.integer(3, 0);
  b.raw("\x80\x02");
  b.raw("\x80\x03");
  b.raw("\x80\x04");
  b.raw("\x80\x05");
  b.text("NS.data");
  b.data(encryption_key);
  b.data(std::string(20, 'd'));
  return b.list();
}

TEST(BackupFileInfo, ReadsItsFields) {  // M1
  const std::string wrapped = test::wrapped_file_key(3, test::key_of(50));
  const auto read = read_backup_file_info(as_bytes(file_description(wrapped)));
  ASSERT_TRUE(read.ok()) << read.error().what;
  const BackupFileInfo& info = read.value();
  EXPECT_EQ(info.mode, 0100644U);
  EXPECT_FALSE(info.is_directory() || info.is_link());
  EXPECT_EQ(info.size, 5'000'000'000U);
  EXPECT_EQ(to_rfc3339(*info.last_modified), "2023-11-14T22:13:20Z");
  EXPECT_EQ(to_rfc3339(*info.last_status_change), "2023-11-14T22:13:21Z");
  EXPECT_EQ(to_rfc3339(*info.birth), "2020-09-13T12:26:40Z");
  EXPECT_EQ(info.inode, 123'456);
  EXPECT_EQ(info.user_id, 501);
  EXPECT_EQ(info.group_id, 502);
  EXPECT_EQ(info.flags, 4);
  EXPECT_EQ(info.protection_class, 3U);
  EXPECT_EQ(as_text(info.encryption_key), wrapped);
  EXPECT_EQ(as_text(info.digest), std::string(20, 'd'));
  EXPECT_EQ(info.target, "../elsewhere");
  EXPECT_FALSE(info.damaged || info.time_out_of_range);
}

TEST(BackupFileInfo, NamesATimeThatIsNone) {
  const auto read = read_backup_file_info(as_bytes(file_description("", 0x7000000000000000)));
  EXPECT_TRUE(read.value().time_out_of_range);
  EXPECT_FALSE(read.value().last_modified);
  EXPECT_TRUE(read.value().birth);
}

TEST(BackupFileInfo, KeepsWhatDamageLeaves) {
  const std::string whole = file_description(test::wrapped_file_key(3, test::key_of(50)));
  std::size_t damaged = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read = read_backup_file_info(as_bytes(whole).first(size));
    if (!read.ok()) continue;
    EXPECT_TRUE(read.value().damaged) << size;
    EXPECT_TRUE(!read.value().mode || read.value().mode == 0100644U);
    ++damaged;
  }
  EXPECT_GT(damaged, 50U);
  EXPECT_EQ(read_backup_file_info({}).error().fault, Fault::truncated);
  EXPECT_EQ(read_backup_file_info(as_bytes("bplist00\xd0")).error().fault, Fault::malformed);
}

TEST(BackupFile, NamesAndPlaces) {  // M2
  EXPECT_EQ(backup_file_id("HomeDomain", "Library/SMS/sms.db"), "3d0d7e5fb2ce288813306e4d4636395e047a3d28");
  EXPECT_EQ(backup_stored_path("3d0d7e5fb2ce288813306e4d4636395e047a3d28"),
            "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28");
  EXPECT_FALSE(backup_stored_path("../../../../../../../etc/passwd/////////"));
  EXPECT_FALSE(backup_stored_path("3D0D7E5FB2CE288813306E4D4636395E047A3D28"));
  EXPECT_FALSE(backup_stored_path(""));
}

TEST(BackupFile, OpensWithItsKey) {  // M3
  const auto bag = Keybag::parse(as_bytes(test::keybag("secret")));
  const auto keys = ClassKeys::open(bag.value(), derive_key(bag.value(), "secret", "16.5").value());
  const FileKey key = test::key_of(50);
  const auto file = [&](std::string_view content) { return std::move(memory_file("file", as_bytes(content)).value()); };
  const auto content = [](const Result<std::unique_ptr<Blob>>& blob) {
    return std::string(as_text(blob.value()->all().value()));
  };
  const std::string wrapped = test::wrapped_file_key(2, key), stored = test::cbc(key, "hello world");
  const FileKey opened = keys.value().unwrap(as_bytes(wrapped)).value();
  EXPECT_EQ(content(encrypted_blob(file(stored), opened, 11)), "hello world");
  EXPECT_EQ(content(encrypted_blob(file(stored), opened, std::nullopt)), "hello world");
}

const std::string manifest_xml =
    "<?xml version='1.0'?><plist><dict><key>BackupKeyBag</key><data>VkVSUw==</data><key>Date</key>"
    "<date>2024-05-01T10:00:00Z</date><key>IsEncrypted</key><true/><key>WasPasscodeSet</key><false/>"
    "<key>ManifestKey</key><data>AwAAAA==</data><key>Lockdown</key><dict><key>ProductVersion</key><string>16.5</string>"
    "<key>BuildVersion</key><string>20F66</string><key>ProductType</key><string>iPhone14,2</string>"
    "<key>DeviceName</key><string>Phone of Ada</string><key>UniqueDeviceID</key><string>00008110-0001</string>"
    "<key>SerialNumber</key><string>C0FFEE</string></dict></dict></plist>";

TEST(BackupFacts, ReadsAllThreeFiles) {  // M4
  const std::string info =
      "<plist><dict><key>Product Version</key><string>1.0</string><key>Last Backup Date</key>"
      "<date>2024-05-01T11:00:00Z</date><key>Phone Number</key><string>+1 555 0100</string><key>Installed Applications"
      "</key><array><string>com.example.app</string></array><key>Display Name</key><string>Ada</string>"
      "<key>Unique Identifier</key><string>other</string><key>iTunes "
      "Version</key><string>12.13</string></dict></plist>";
  const std::string status =
      "<plist><dict><key>IsFullBackup</key><false/><key>SnapshotState</key><string>uploading</string>"
      "<key>BackupState</key><string>new</string><key>Version</key><string>3.3</string></dict></plist>";
  for (const bool manifest_first : {true, false}) {
    BackupFacts facts;
    EXPECT_TRUE(!manifest_first || read_manifest_plist(as_bytes(manifest_xml), facts).ok());
    EXPECT_TRUE(read_info_plist(as_bytes(info), facts).ok());
    EXPECT_TRUE(read_status_plist(as_bytes(status), facts).ok());
    EXPECT_TRUE(manifest_first || read_manifest_plist(as_bytes(manifest_xml), facts).ok());
    EXPECT_EQ(facts.encrypted, true);
    EXPECT_EQ(facts.passcode_set, false);
    EXPECT_EQ(to_rfc3339(*facts.date), "2024-05-01T10:00:00Z");
    EXPECT_EQ(facts.product_version, "16.5");
    EXPECT_EQ(facts.build_version, "20F66");
    EXPECT_EQ(facts.product_type, "iPhone14,2");
    EXPECT_EQ(facts.device_name, "Phone of Ada");
    EXPECT_EQ(facts.serial_number, "C0FFEE");
    EXPECT_EQ(facts.udid, "00008110-0001");
    EXPECT_EQ(as_text(facts.keybag), "VERS");
    EXPECT_EQ(facts.manifest_key, (std::vector<std::uint8_t>{3, 0, 0, 0}));
    EXPECT_EQ(to_rfc3339(*facts.last_backup), "2024-05-01T11:00:00Z");
    EXPECT_EQ(facts.phone_number, "+1 555 0100");
    EXPECT_EQ(facts.installed_applications, std::vector<std::string>{"com.example.app"});
    EXPECT_EQ(facts.full_backup, false);
    EXPECT_EQ(facts.status_version, "3.3");
    EXPECT_EQ(facts.interrupted(), true);
    EXPECT_TRUE(facts.anomalies.empty());
  }
}

TEST(BackupFacts, SaysWhatIsDamaged) {
  BackupFacts facts;
  EXPECT_TRUE(read_manifest_plist(as_bytes(manifest_xml).first(400), facts).ok());
  EXPECT_EQ(facts.encrypted, true);
  EXPECT_EQ(std::count(facts.anomalies.begin(), facts.anomalies.end(), "Manifest.plist:plist_truncated"), 1);
  EXPECT_EQ(read_info_plist({}, facts).error().fault, Fault::truncated);
  EXPECT_EQ(read_status_plist(as_bytes("<plist><array/></plist>"), facts).error().fault, Fault::malformed);
}

// A state that nobody read is not the state of a finished backup; a word that may be cut is none.
TEST(BackupFacts, KnowsWhetherItFinishedOnlyFromAWholeFile) {
  EXPECT_EQ(BackupFacts().interrupted(), std::nullopt);
  const std::string status =
      "<plist><dict><key>IsFullBackup</key><true/><key>SnapshotState</key><string>finished</string></dict></plist>";
  BackupFacts facts;
  ASSERT_TRUE(read_status_plist(as_bytes(status), facts).ok());
  EXPECT_EQ(facts.interrupted(), false);
  for (std::size_t size = 0; size + std::string_view("</dict></plist>").size() <= status.size(); ++size) {
    BackupFacts cut;
    const bool read = read_status_plist(as_bytes(status).first(size), cut).ok();
    EXPECT_EQ(cut.interrupted(), std::nullopt) << size;
    EXPECT_TRUE(!read || cut.status_damaged()) << size;
  }
}

}  // namespace
}  // namespace testudo
