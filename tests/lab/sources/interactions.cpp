// interactionC.db: HomeDomain-Library/CoreDuet/People/ (id 1f5a521220a3ad80ebfdc196978df8e7a2e49dee). Test tool.
// Generations as public queries of it differ: iOS 13 on with recipients, attachments, group names (14 on) and photo ids
// (15 on); before, interactions and contacts alone, without custom ids in the oldest.
#include "lab.h"

namespace testudo::lab {
namespace {

const Indicator sender("email", "scout@interaction-lure.test");
const Indicator content("host", "interaction-url-lure.test");

std::string tables(int ios) {
  std::string out =
      "CREATE TABLE ZCONTACTS ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZIDENTIFIERTYPE INTEGER, "
      "ZINCOMINGRECIPIENTCOUNT INTEGER, ZINCOMINGSENDERCOUNT INTEGER, ZOUTGOINGRECIPIENTCOUNT INTEGER, ZPERSONIDTYPE "
      "INTEGER, ZTYPE INTEGER, ZCREATIONDATE TIMESTAMP, ZFIRSTINCOMINGRECIPIENTDATE TIMESTAMP, "
      "ZFIRSTINCOMINGSENDERDATE "
      "TIMESTAMP, ZFIRSTOUTGOINGRECIPIENTDATE TIMESTAMP, ZLASTINCOMINGRECIPIENTDATE TIMESTAMP, ZLASTINCOMINGSENDERDATE "
      "TIMESTAMP, ZLASTOUTGOINGRECIPIENTDATE TIMESTAMP, ZDISPLAYNAME VARCHAR, ZIDENTIFIER VARCHAR, ZPERSONID VARCHAR";
  if (ios >= 13) out += ", ZCUSTOMIDENTIFIER VARCHAR";
  out +=
      " );CREATE TABLE ZINTERACTIONS ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZDIRECTION INTEGER, "
      "ZISRESPONSE INTEGER, ZMECHANISM INTEGER, ZRECIPIENTCOUNT INTEGER, ZSENDER INTEGER, ZCREATIONDATE TIMESTAMP, "
      "ZENDDATE TIMESTAMP, ZSTARTDATE TIMESTAMP, ZACCOUNT VARCHAR, ZBUNDLEID VARCHAR, ZCONTENTURL VARCHAR, "
      "ZDOMAINIDENTIFIER VARCHAR, ZLOCATIONUUID VARCHAR, ZTARGETBUNDLEID VARCHAR, ZUUID VARCHAR";
  if (ios >= 14) out += ", ZGROUPNAME VARCHAR, ZDERIVEDINTENTIDENTIFIER VARCHAR";
  if (ios >= 15) out += ", ZNSUSERNAME VARCHAR, ZUPDATEDATE TIMESTAMP";
  out += " );";
  if (ios >= 13) {
    out +=
        "CREATE TABLE ZATTACHMENT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZSIZEINBYTES INTEGER, "
        "ZCLOUDIDENTIFIER VARCHAR, ZCONTENTTEXT VARCHAR, ZCONTENTURL VARCHAR, ZUTI VARCHAR, ZIDENTIFIER BLOB";
    if (ios >= 14) out += ", ZPHOTOLOCALIDENTIFIER VARCHAR";
    out +=
        " );CREATE TABLE Z_1INTERACTIONS ( Z_1ATTACHMENTS INTEGER, Z_3INTERACTIONS INTEGER, PRIMARY KEY "
        "(Z_1ATTACHMENTS, "
        "Z_3INTERACTIONS) );"
        "CREATE TABLE Z_2INTERACTIONRECIPIENT ( Z_2RECIPIENTS INTEGER, Z_3INTERACTIONRECIPIENT INTEGER, PRIMARY KEY "
        "(Z_2RECIPIENTS, Z_3INTERACTIONRECIPIENT) );"
        "CREATE TABLE ZKEYWORD ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZKEYWORD VARCHAR );";
  }
  return out +
         "CREATE INDEX ZINTERACTIONS_ZSENDER_INDEX ON ZINTERACTIONS (ZSENDER);"
         "CREATE INDEX ZINTERACTIONS_ZSTARTDATE_INDEX ON ZINTERACTIONS (ZSTARTDATE);";
}

constexpr const char* bundles[] = {"com.apple.MobileSMS", "com.apple.mobilemail", "net.whatsapp.WhatsApp",
                                   "com.apple.InCallService"};

void write(Lab& lab) {
  Random random = lab.random("interactions");
  Database db(lab.backup.scratch("interactions"));
  db.run(tables(lab.ios()));
  const bool recipients = lab.ios() >= 13;
  const std::int64_t count = std::max<std::int64_t>(30, lab.options.messages / 10);
  const std::int64_t contacts = static_cast<std::int64_t>(people().size());
  {
    auto contact = db.prepare(
        "INSERT INTO ZCONTACTS (Z_ENT,Z_OPT,ZIDENTIFIERTYPE,ZINCOMINGRECIPIENTCOUNT,ZINCOMINGSENDERCOUNT,"
        "ZOUTGOINGRECIPIENTCOUNT,ZPERSONIDTYPE,ZTYPE,ZCREATIONDATE,ZFIRSTINCOMINGSENDERDATE,"
        "ZFIRSTOUTGOINGRECIPIENTDATE,"
        "ZLASTINCOMINGSENDERDATE,ZLASTOUTGOINGRECIPIENTDATE,ZDISPLAYNAME,ZIDENTIFIER,ZPERSONID) "
        "VALUES (2,1,2,0,?,?,1,0,?,?,?,?,?,?,?,?)");
    auto interaction = db.prepare(
        "INSERT INTO ZINTERACTIONS "
        "(Z_ENT,Z_OPT,ZDIRECTION,ZISRESPONSE,ZMECHANISM,ZRECIPIENTCOUNT,ZSENDER,ZCREATIONDATE,"
        "ZENDDATE,ZSTARTDATE,ZACCOUNT,ZBUNDLEID,ZCONTENTURL,ZDOMAINIDENTIFIER,ZUUID) VALUES "
        "(3,1,?,0,4,1,?,?,?,?,?,?,?,?,?)");
    std::optional<Statement> join;
    if (recipients) join.emplace(db.prepare("INSERT OR IGNORE INTO Z_2INTERACTIONRECIPIENT VALUES (?,?)"));
    for (std::int64_t i = 0; i < contacts; ++i) {
      const Person& p = people()[static_cast<std::size_t>(i)];
      const double first = lab.ago(random, 300);
      contact.run(random.between(0, 90), random.between(0, 90), first, first, first + 5000, lab.now() - 4e5,
                  lab.now() - 3e5, p.first + " " + p.last, i % 4 == 0 ? p.email : p.phone, random.uuid() + ":ABPerson");
    }
    const auto one = [&](std::int64_t who, double when, std::string_view bundle,
                         const std::optional<std::string>& url) {
      const bool out = random.below(2) == 0;
      interaction.run(out, who, when + 1, when, when, "E:owner@mail.example", bundle, url, random.uuid(),
                      random.uuid());
      if (join) join->run(random.between(1, contacts), db.last_rowid());
    };
    for (std::int64_t i = 0; i < count; ++i)
      one(random.between(1, contacts), lab.ago(random, 60), random.pick(bundles), std::nullopt);
    if (lab.plants()) {
      const double when = lab.now() - 1e6;
      lab.planted.add("interaction-sender", "ios.interactions", sender, sender.value(), "low",
                      "the sender of an interaction: the peer matches nothing here", true);
      contact.run(1, 0, when, when, Null{}, when, Null{}, "Scout", sender.value(), Null{});
      const std::int64_t who = db.last_rowid();
      const std::string link = "https://" + content.value() + "/i";
      lab.planted.add("interaction-url", "ios.interactions", content, link, "medium",
                      "an interaction's content address", true);
      one(who, when, "com.apple.mobilemail", link);
    }
  }
  core_data_tables(db, {{"Attachment", 0}, {"Contacts", contacts + 1}, {"Interactions", count + 1}, {"Keyword", 0}},
                   random);
  lab.store("HomeDomain", "Library/CoreDuet/People/interactionC.db", db);
}

const Source source{"ios.interactions", write};

}  // namespace
}  // namespace testudo::lab
