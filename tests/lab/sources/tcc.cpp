// TCC.db: HomeDomain-Library/TCC/ (id 64d0019cb3d46bfc8cce545a8ba54b93e7ea9347). Test tool.
// Three generations: allowed and prompt_count; the same with last_modified (iOS 12, 13; plaso's public test file);
// auth_value and auth_reason (iOS 14 on), with pid and boot_uuid since iOS 17.
#include "lab.h"

namespace testudo::lab {
namespace {

const Indicator client("process", "sgtccd");

std::string table(int ios) {
  std::string out =
      "CREATE TABLE admin (key TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL);"
      "CREATE TABLE policies (id INTEGER NOT NULL PRIMARY KEY, bundle_id TEXT NOT NULL, uuid TEXT NOT NULL, display "
      "TEXT NOT "
      "NULL, UNIQUE (bundle_id, uuid));"
      "CREATE TABLE active_policy (client TEXT NOT NULL, client_type INTEGER NOT NULL, policy_id INTEGER NOT NULL, "
      "PRIMARY "
      "KEY (client, client_type));"
      "CREATE TABLE access_overrides (service TEXT NOT NULL PRIMARY KEY);"
      "CREATE TABLE expired (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, csreq BLOB, "
      "last_modified INTEGER NOT NULL, expired_at INTEGER NOT NULL, PRIMARY KEY (service, client, client_type));"
      "CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, ";
  out += ios < 14 ? "allowed INTEGER NOT NULL, prompt_count INTEGER NOT NULL, "
                  : "auth_value INTEGER NOT NULL, auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL, ";
  out += "csreq BLOB, policy_id INTEGER, ";
  if (ios >= 13)
    out +=
        "indirect_object_identifier_type INTEGER, indirect_object_identifier TEXT NOT NULL DEFAULT 'UNUSED', "
        "indirect_object_code_identity BLOB, flags INTEGER, ";
  if (ios >= 13) out += "last_modified INTEGER NOT NULL DEFAULT 0, ";
  if (ios >= 17)
    out += "pid INTEGER, pid_version INTEGER, boot_uuid TEXT NOT NULL DEFAULT 'UNUSED', last_reminded INTEGER, ";
  out += ios >= 13 ? "PRIMARY KEY (service, client, client_type, indirect_object_identifier));"
                   : "PRIMARY KEY (service, client, client_type));";
  return out;
}

constexpr const char* services[] = {"kTCCServiceMicrophone",  "kTCCServiceCamera",         "kTCCServicePhotos",
                                    "kTCCServiceAddressBook", "kTCCServiceCalendar",       "kTCCServiceLiverpool",
                                    "kTCCServiceUbiquity",    "kTCCServiceBluetoothAlways"};

void write(Lab& lab) {
  Random random = lab.random("tcc");
  Database db(lab.backup.scratch("tcc"), Journal::rollback);
  db.run(table(lab.ios()));
  db.run("INSERT INTO admin VALUES ('version', " +
         std::to_string(lab.ios() < 13   ? 10
                        : lab.ios() < 14 ? 15
                                         : 24) +
         ")");
  {
    auto access = db.prepare(
        lab.ios() < 13
            ? "INSERT OR IGNORE INTO access (service,client,client_type,allowed,prompt_count) VALUES (?,?,?,?,?)"
        : lab.ios() < 14
            ? "INSERT OR IGNORE INTO access (service,client,client_type,allowed,prompt_count,last_modified) "
              "VALUES (?,?,?,?,?,?)"
            : "INSERT OR IGNORE INTO access (service,client,client_type,auth_value,auth_reason,auth_version,"
              "flags,last_modified) VALUES (?,?,?,?,?,1,0,?)");
    const auto one = [&](std::string_view service, std::string_view who, int type, bool allowed) {
      const auto when = static_cast<std::int64_t>(lab.ago(random, 300) + 978307200);
      if (lab.ios() < 13)
        access.run(service, who, type, allowed, 1);
      else if (lab.ios() < 14)
        access.run(service, who, type, allowed, 1, when);
      else
        access.run(service, who, type, allowed ? 2 : 0, 2, when);
    };
    for (int i = 0; i < 60; ++i) one(random.pick(services), app_id(random), 0, random.below(3) != 0);
    if (lab.plants()) {
      lab.planted.add("tcc-client", "ios.tcc", client, "/usr/libexec/" + client.value(), "high",
                      "a process that was given the microphone");
      one("kTCCServiceMicrophone", "/usr/libexec/" + client.value(), 1, true);
    }
  }
  lab.store("HomeDomain", "Library/TCC/TCC.db", db);
}

const Source source{"ios.tcc", write};

}  // namespace
}  // namespace testudo::lab
