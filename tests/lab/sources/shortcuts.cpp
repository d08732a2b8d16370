// Shortcuts.sqlite: HomeDomain-Library/Shortcuts/ (id 5b4d0b44b5990f62b9f4d34ad8dc382bf0b01094). Test tool.
// ZSHORTCUTACTIONS.ZDATA is a property list: an array of WFWorkflowActionIdentifier and WFWorkflowActionParameters.
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

const Indicator fetched("host", "shortcut-lure.test");

constexpr std::string_view tables =
    "CREATE TABLE ZSHORTCUT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZACTIONCOUNT INTEGER, "
    "ZDELETED INTEGER, ZHASOUTPUTFALLBACK INTEGER, ZHASSHORTCUTINPUTVARIABLES INTEGER, ZHIDDENFROMLIBRARYANDSYNC "
    "INTEGER, "
    "ZHIDDENINCOMPLETE INTEGER, ZREMOTEQUOTAIDENTIFIER INTEGER, ZRUNEVENTSCOUNT INTEGER, ZSYNCHASH INTEGER, "
    "ZTOMBSTONED INTEGER, ZTRIGGERCOUNT INTEGER, ZWANTEDENCRYPTEDSCHEMAVERSION INTEGER, ZACTIONS INTEGER, ZICON "
    "INTEGER, "
    "ZCREATIONDATE TIMESTAMP, ZLASTRUNEVENTDATE TIMESTAMP, ZLASTSYNCEDHASH INTEGER, ZMODIFICATIONDATE TIMESTAMP, "
    "ZACTIONSDESCRIPTION VARCHAR, ZASSOCIATEDAPPBUNDLEIDENTIFIER VARCHAR, ZGALLERYIDENTIFIER VARCHAR, "
    "ZMINIMUMCLIENTVERSION VARCHAR, ZNAME VARCHAR, ZPHRASE VARCHAR, ZSOURCE VARCHAR, ZWORKFLOWID VARCHAR, "
    "ZWORKFLOWSUBTITLE VARCHAR, ZIMPORTQUESTIONSDATA BLOB, ZINPUTCLASSESDATA BLOB );"
    "CREATE TABLE ZSHORTCUTACTIONS ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZSHORTCUT INTEGER, ZDATA "
    "BLOB );"
    "CREATE TABLE ZSHORTCUTRUNEVENT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZOUTCOME INTEGER, "
    "ZSHORTCUT INTEGER, ZTRIGGER INTEGER, ZDATE TIMESTAMP, ZIDENTIFIER VARCHAR, ZSOURCE VARCHAR, ZTRIGGERID VARCHAR );"
    "CREATE TABLE ZTRIGGER ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZENABLED INTEGER, ZSHOULDNOTIFY "
    "INTEGER, ZSHOULDPROMPT INTEGER, ZSHOULDRECUR INTEGER, ZSHORTCUT INTEGER, ZTRIGGERID VARCHAR, ZDATA BLOB );"
    "CREATE TABLE ZCOLLECTION ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZDELETED INTEGER, ZIDENTIFIER "
    "VARCHAR, ZNAME VARCHAR );"
    "CREATE INDEX ZSHORTCUTACTIONS_ZSHORTCUT_INDEX ON ZSHORTCUTACTIONS (ZSHORTCUT);";

// ZTRIGGER.ZDATA is a keyed archive of the trigger's class.
void automation(Lab& lab, Database& db, Random& random) {
  Archive archive;
  const Uid root = archive.reserve();
  const Uid app = archive.add(Plist("com.apple.mobilesafari"));
  archive.set(root, Dict{{"selectedBundleIdentifiers", archive.array({app})},
                         {"onFocus", true},
                         {"onBlur", false},
                         {"$class", archive.class_of("WFAppInFocusTrigger", {"WFTrigger", "NSObject"})}});
  const std::string data = archive.finish(root);
  lab.planted.rule("shortcut-automation", "ios.shortcuts", rule::automation_opens, "com.apple.mobilesafari", "medium",
                   "an automation loads an address whenever an application opens");
  db.prepare(
        "INSERT INTO ZTRIGGER "
        "(Z_PK,Z_ENT,Z_OPT,ZENABLED,ZSHOULDNOTIFY,ZSHOULDPROMPT,ZSHOULDRECUR,ZSHORTCUT,ZTRIGGERID,ZDATA)"
        " VALUES (1,14,1,1,0,0,0,5,?,?)")
      .run(random.uuid(), Blob{data});
}

void write(Lab& lab) {
  if (lab.ios() < 13) return;  // the store in HomeDomain came with iOS 13
  Random random = lab.random("shortcuts");
  Database db(lab.backup.scratch("shortcuts"));
  db.run(tables);
  const int count = 12;
  {
    auto shortcut = db.prepare(
        "INSERT INTO ZSHORTCUT "
        "(Z_PK,Z_ENT,Z_OPT,ZACTIONCOUNT,ZDELETED,ZHIDDENFROMLIBRARYANDSYNC,ZRUNEVENTSCOUNT,ZTOMBSTONED,"
        "ZACTIONS,ZCREATIONDATE,ZMODIFICATIONDATE,ZACTIONSDESCRIPTION,ZNAME,ZSOURCE,ZWORKFLOWID) "
        "VALUES (?,9,3,2,0,0,1,0,?,?,?,?,?,'ShortcutSourceEditor',?)");
    auto actions = db.prepare("INSERT INTO ZSHORTCUTACTIONS VALUES (?,10,1,?,?)");
    auto run = db.prepare(
        "INSERT INTO ZSHORTCUTRUNEVENT (Z_PK,Z_ENT,Z_OPT,ZOUTCOME,ZSHORTCUT,ZDATE,ZSOURCE) "
        "VALUES (?,11,1,0,?,?,'ShortcutSourceHomeScreen')");
    for (std::int64_t i = 1; i <= count; ++i) {
      std::string url = web_address(random);
      if (lab.plants() && i == 5) {
        url = "https://" + fetched.value() + "/collect";
        lab.planted.add("shortcut-url", "ios.shortcuts", fetched, url, "high", "an action that fetches it");
      }
      const double made = lab.ago(random, 300);
      shortcut.run(i, i, made, made + 500, "Get contents of URL", title(random), random.uuid());
      const std::string data = binary_plist(
          Array{Dict{{"WFWorkflowActionIdentifier", "is.workflow.actions.url"},
                     {"WFWorkflowActionParameters", Dict{{"WFURLActionURL", url}, {"UUID", random.uuid()}}}},
                Dict{{"WFWorkflowActionIdentifier", "is.workflow.actions.downloadurl"},
                     {"WFWorkflowActionParameters", Dict{{"WFHTTPMethod", "GET"}, {"ShowHeaders", false}}}}});
      actions.run(i, i, Blob{data});
      run.run(i, i, made + 600);
    }
  }
  if (lab.plants()) automation(lab, db, random);
  core_data_tables(db, {{"Collection", 0}, {"Shortcut", count}, {"ShortcutActions", count}}, random);
  lab.store("HomeDomain", "Library/Shortcuts/Shortcuts.sqlite", db);
}

const Source source{"ios.shortcuts", write};

}  // namespace
}  // namespace testudo::lab
