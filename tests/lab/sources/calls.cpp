// CallHistory.storedata: HomeDomain-Library/CallHistoryDB/ (id 5a4935c78a5255723f707230a451d79c540d2741). Test tool.
// Columns: published Core Data dumps; ZADDRESS was a BLOB until iOS 12, junk and trust columns came with iOS 14 and 18.
#include "lab.h"

namespace testudo::lab {
namespace {

const Indicator caller("email", "caller@facetime-lure.test");

std::string tables(int ios) {
  std::string out =
      "CREATE TABLE ZCALLRECORD ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZANSWERED INTEGER, "
      "ZCALL_CATEGORY INTEGER, ZCALLTYPE INTEGER, ZDISCONNECTED_CAUSE INTEGER, ZFACE_TIME_DATA INTEGER, "
      "ZHANDLE_TYPE INTEGER, ZNUMBER_AVAILABILITY INTEGER, ZORIGINATED INTEGER, ZREAD INTEGER, ";
  if (ios >= 14)
    out +=
        "ZFILTERED_OUT_REASON INTEGER, ZJUNKCONFIDENCE INTEGER, ZVERIFICATIONSTATUS INTEGER, ZWASEMERGENCYCALL "
        "INTEGER, ";
  if (ios >= 17) out += "ZHASMESSAGE INTEGER, ZUSEDEMERGENCYVIDEOSTREAMING INTEGER, ";
  if (ios >= 18) out += "ZAUTOANSWEREDREASON INTEGER, ZCOMMUNICATIONTRUSTSCORE INTEGER, ";
  out +=
      std::string("ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS ") + (ios <= 12 ? "BLOB" : "VARCHAR") +
      ", ZDEVICE_ID VARCHAR, ZISO_COUNTRY_CODE VARCHAR, ZLOCATION VARCHAR, ZNAME VARCHAR, ZSERVICE_PROVIDER VARCHAR, "
      "ZUNIQUE_ID VARCHAR";
  if (ios >= 14) out += ", ZBLOCKEDBYEXTENSION VARCHAR, ZJUNKIDENTIFICATIONCATEGORY VARCHAR";
  if (ios >= 13) out += ", ZLOCALPARTICIPANTUUID BLOB, ZOUTGOINGLOCALPARTICIPANTUUID BLOB";
  out +=
      " );CREATE TABLE ZCALLDBPROPERTIES ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, "
      "ZTIMER_ALL FLOAT, ZTIMER_INCOMING FLOAT, ZTIMER_LAST FLOAT, ZTIMER_LAST_RESET FLOAT, ZTIMER_LIFETIME FLOAT, "
      "ZTIMER_OUTGOING FLOAT );"
      "CREATE TABLE ZHANDLE ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTYPE INTEGER, "
      "ZNORMALIZEDVALUE VARCHAR, ZVALUE VARCHAR );"
      "CREATE TABLE Z_2REMOTEPARTICIPANTHANDLES ( Z_2REMOTEPARTICIPANTCALLS INTEGER, Z_4REMOTEPARTICIPANTHANDLES "
      "INTEGER,"
      " PRIMARY KEY (Z_2REMOTEPARTICIPANTCALLS, Z_4REMOTEPARTICIPANTHANDLES) );"
      "CREATE INDEX ZCALLRECORD_ZDATE_INDEX ON ZCALLRECORD (ZDATE);";
  return out;
}

void write(Lab& lab) {
  Random random = lab.random("calls");
  Database db(lab.backup.scratch("calls"));
  db.run(tables(lab.ios()));
  const std::int64_t count = std::max<std::int64_t>(20, lab.options.messages / 20);
  {
    auto handle = db.prepare("INSERT INTO ZHANDLE VALUES (?,4,1,2,?,?)");
    for (std::size_t i = 0; i < people().size(); ++i)
      handle.run(static_cast<std::int64_t>(i + 1), people()[i].phone, people()[i].phone);
    auto call = db.prepare(
        "INSERT INTO ZCALLRECORD (Z_ENT,Z_OPT,ZANSWERED,ZCALL_CATEGORY,ZCALLTYPE,ZDISCONNECTED_CAUSE,ZHANDLE_TYPE,"
        "ZNUMBER_AVAILABILITY,ZORIGINATED,ZREAD,ZDATE,ZDURATION,ZADDRESS,ZISO_COUNTRY_CODE,ZLOCATION,ZSERVICE_PROVIDER,"
        "ZUNIQUE_ID) VALUES (2,1,?,1,?,0,?,0,?,1,?,?,?,'us',?,?,?)");
    auto join = db.prepare("INSERT OR IGNORE INTO Z_2REMOTEPARTICIPANTHANDLES VALUES (?,?)");
    for (std::int64_t i = 0; i < count; ++i) {
      const auto who = static_cast<std::size_t>(random.below(people().size()));
      const Person& p = people()[who];
      const bool facetime = random.below(5) == 0;
      const bool answered = random.below(4) != 0;
      const std::string& address = facetime ? p.email : p.phone;
      const double when = lab.ago(random, 300);
      const double length = answered ? random.real() * 900 : 0;
      const std::string id = random.uuid();
      const bool out = random.below(2) == 0;
      const char* provider = facetime ? "com.apple.FaceTime" : "com.apple.Telephony";
      if (lab.ios() <= 12)
        call.run(answered, facetime ? 8 : 1, facetime ? 3 : 2, out, when, length, Blob{address}, "Springfield",
                 provider, id);
      else
        call.run(answered, facetime ? 8 : 1, facetime ? 3 : 2, out, when, length, address, "Springfield", provider, id);
      join.run(db.last_rowid(), static_cast<std::int64_t>(who + 1));
    }
    if (lab.plants()) {
      lab.planted.add("call-from", "ios.calls", caller, caller.value(), "medium", "a FaceTime call from an address",
                      true);
      call.run(false, 8, 3, false, lab.now() - 200000, 0.0, caller.value(), "", "com.apple.FaceTime", random.uuid());
    }
  }
  core_data_tables(db, {{"CallDBProperties", 1}, {"CallRecord", count + 1}, {"EmergencyMediaItem", 0}, {"Handle", 60}},
                   random);
  lab.store("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata", db);
}

const Source source{"ios.calls", write};

}  // namespace
}  // namespace testudo::lab
