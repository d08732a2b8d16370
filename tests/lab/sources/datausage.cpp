// DataUsage.sqlite: WirelessDomain-Library/Databases/ (id 0d609c54856a9bb2d56729df1d68f2958a88426b). Test tool.
// Schema: the public test file of plaso (iOS 14); ZWIFIIN and ZWIFIOUT are on the usage rows.
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

const Indicator process("process", "sglaunchd");
const Indicator long_process("process", "sandglassagentd_helper");

constexpr std::string_view tables =
    "CREATE TABLE ZCHECKUPEVENT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTIMESTAMP TIMESTAMP, "
    "ZSYNDROMEID "
    "VARCHAR );"
    "CREATE TABLE ZEVENT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZHAPPENEDONNET INTEGER, ZHASPEER "
    "INTEGER, "
    "ZHASSCENE INTEGER, ZTIMESTAMP TIMESTAMP, ZFAILUREIMPACT VARCHAR, ZFAILURESTRING VARCHAR, ZSYNDROMEID VARCHAR );"
    "CREATE TABLE ZLIVEUSAGE ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZKIND INTEGER, ZMETADATA "
    "INTEGER, ZTAG "
    "INTEGER, ZHASPROCESS INTEGER, ZBILLCYCLEEND TIMESTAMP, ZTIMESTAMP TIMESTAMP, ZWIFIIN FLOAT, ZWIFIOUT FLOAT, "
    "ZWWANIN "
    "FLOAT, ZWWANOUT FLOAT );"
    "CREATE TABLE ZPROCESS ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFIRSTTIMESTAMP TIMESTAMP, "
    "ZTIMESTAMP "
    "TIMESTAMP, ZBUNDLENAME VARCHAR, ZPROCNAME VARCHAR );"
    "CREATE INDEX ZLIVEUSAGE_ZHASPROCESS_INDEX ON ZLIVEUSAGE (ZHASPROCESS);";

constexpr const char* system_processes[] = {"mDNSResponder", "apsd",      "nsurlsessiond", "cloudd",
                                            "itunesstored",  "accountsd", "imagent",       "locationd",
                                            "timed",         "trustd",    "mobileassetd",  "softwareupdated"};

void write(Lab& lab) {
  Random random = lab.random("datausage");
  Database db(lab.backup.scratch("datausage"));
  db.run(tables);
  const std::int64_t count = 120;
  std::int64_t last = count;
  {
    auto process_row = db.prepare("INSERT INTO ZPROCESS VALUES (?,7,1,?,?,?,?)");
    auto usage = db.prepare("INSERT INTO ZLIVEUSAGE VALUES (?,5,2,0,0,1,?,NULL,?,0,0,?,?)");
    const auto one = [&](std::int64_t id, const std::optional<std::string>& bundle, const std::string& name) {
      const double first = lab.ago(random, 300);
      process_row.run(id, first, lab.now() - random.real() * 80000, bundle, name);
      usage.run(id, id, first + 20, random.real() * 1e7, random.real() * 1e6);
    };
    for (std::int64_t i = 1; i <= count; ++i) {
      const std::string system = random.pick(system_processes);
      const std::string app = app_id(random) + std::to_string(i);
      if (i % 3 == 0)
        one(i, std::nullopt, system);
      else if (i % 3 == 1)
        one(i, app, random.uuid() + "/" + app);
      else
        one(i, app, system + "/" + app);
    }
    if (lab.plants()) {
      lab.planted.add("datausage-process", "ios.datausage", process, process.value(), "high", "a process by its name");
      one(++last, std::nullopt, process.value());
      const std::string cut = long_process.value().substr(0, 16);
      lab.planted.add("datausage-cut-name", "ios.datausage", long_process, cut, "medium",
                      "the kernel cuts names: 16 characters of a longer indicator, so graded lower");
      one(++last, std::nullopt, cut);
      lab.planted.decoy("datausage-decoy-prefix", "ios.datausage", "sglaunch",
                        "shorter than the indicator and not cut");
      one(++last, std::nullopt, "sglaunch");
      lab.planted.rule("datausage-missing-key", "ios.datausage", rule::missing_keys, std::to_string(last + 2), "low",
                       "the row behind a gap in ZPROCESS.Z_PK");
      usage.run(last + 1, last + 1, lab.now() - 70000, 2048.0, 123456.0);
      lab.planted.rule("datausage-process-gone", "ios.datausage", rule::process_gone, std::to_string(last + 1), "high",
                       "the key of a usage row whose process row is gone");
      one(last + 2, "com.garden-labs.after", "imagent/com.garden-labs.after");
      last += 2;
      lab.planted.rule("datausage-backup-agent", "ios.datausage", rule::agent_usage, "BackupAgent", "high",
                       "the name under which Operation Triangulation's implant ran");
      one(++last, std::nullopt, "BackupAgent");
      lab.planted.rule("datausage-nameless", "ios.datausage", rule::nameless_process, std::to_string(++last), "high",
                       "the key of a usage row that names no process");
      process_row.run(last, lab.now() - 9e6, lab.now() - 8e5, Null{}, "timed");
      usage.run(last, Null{}, lab.now() - 60000, 512.0, 4096.0);
    }
  }
  core_data_tables(db,
                   {{"CheckUpEvent", 0},
                    {"DemoLiveUsage", 0},
                    {"Event", 0},
                    {"EventScene", 0},
                    {"LiveUsage", last},
                    {"Peer", 0},
                    {"Process", last},
                    {"TshootingData", 0},
                    {"WiFiData", 0}},
                   random);
  lab.store("WirelessDomain", "Library/Databases/DataUsage.sqlite", db);
}

const Source source{"ios.datausage", write};

}  // namespace
}  // namespace testudo::lab
