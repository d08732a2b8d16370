// WhatsApp: ChatStorage.sqlite (7c7fba66680ef796b916b067077cc246adacf01d), ContactsV2.sqlite (b8548dc3...) and
// LID.sqlite (e794f6ff...) of AppDomainGroup-group.net.whatsapp.WhatsApp.shared. Test tool. Columns: published
// descriptions of the Core Data stores; a session or member may be known by a LID instead of a number.
#include "known_ids.h"
#include "lab.h"

namespace testudo::lab {
namespace {

constexpr std::string_view parser = "ios.whatsapp";

const Indicator in_text("host", "wa-text-lure.test");
const Indicator in_match("host", "wa-matched-lure.test");
const Indicator in_media("host", "wa-media-lure.test");
const Indicator in_content1("host", "wa-content-lure.test");
const Indicator in_content2("host", "wa-content-two-lure.test");

constexpr std::string_view tables =
    "CREATE TABLE ZWAMESSAGE ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCHILDMESSAGESDELIVEREDCOUNT "
    "INTEGER, "
    "ZCHILDMESSAGESPLAYEDCOUNT INTEGER, ZCHILDMESSAGESREADCOUNT INTEGER, ZDATAITEMVERSION INTEGER, ZDOCID INTEGER, "
    "ZENCRETRYCOUNT INTEGER, ZFILTEREDRECIPIENTCOUNT INTEGER, ZFLAGS INTEGER, ZGROUPEVENTTYPE INTEGER, ZISFROMME "
    "INTEGER, "
    "ZMESSAGEERRORSTATUS INTEGER, ZMESSAGESTATUS INTEGER, ZMESSAGETYPE INTEGER, ZSORT INTEGER, ZSPOTLIGHTSTATUS "
    "INTEGER, "
    "ZSTARRED INTEGER, ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZLASTSESSION INTEGER, ZMEDIAITEM INTEGER, "
    "ZMESSAGEINFO "
    "INTEGER, ZPARENTMESSAGE INTEGER, ZMESSAGEDATE TIMESTAMP, ZSENTDATE TIMESTAMP, ZFROMJID VARCHAR, ZMEDIASECTIONID "
    "VARCHAR, ZPHASH VARCHAR, ZPUSHNAME VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR, ZTOJID VARCHAR );"
    "CREATE TABLE ZWAMEDIAITEM ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCLOUDSTATUS INTEGER, "
    "ZFILESIZE "
    "INTEGER, ZMEDIAORIGIN INTEGER, ZMOVIEDURATION INTEGER, ZMESSAGE INTEGER, ZASPECTRATIO FLOAT, ZHACCURACY FLOAT, "
    "ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZMEDIAURLDATE TIMESTAMP, ZAUTHORNAME VARCHAR, ZCOLLECTIONNAME VARCHAR, "
    "ZMEDIALOCALPATH VARCHAR, ZMEDIAURL VARCHAR, ZTHUMBNAILLOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR, "
    "ZVCARDSTRING VARCHAR, ZXMPPTHUMBPATH VARCHAR, ZMEDIAKEY BLOB, ZMETADATA BLOB );"
    "CREATE TABLE ZWAMESSAGEDATAITEM ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZINDEX INTEGER, "
    "ZOWNSTHUMBNAIL "
    "INTEGER, ZTYPE INTEGER, ZMESSAGE INTEGER, ZDATE TIMESTAMP, ZCONTENT1 VARCHAR, ZCONTENT2 VARCHAR, ZMATCHEDTEXT "
    "VARCHAR, "
    "ZSECTIONID VARCHAR, ZSENDERJID VARCHAR, ZSUMMARY VARCHAR, ZTHUMBNAILPATH VARCHAR, ZTITLE VARCHAR, ZCHATJID "
    "VARCHAR );"
    "CREATE TABLE ZWACHATSESSION ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZARCHIVED INTEGER, "
    "ZCONTACTABID "
    "INTEGER, ZFLAGS INTEGER, ZHIDDEN INTEGER, ZIDENTITYVERIFICATIONEPOCH INTEGER, ZIDENTITYVERIFICATIONSTATE INTEGER, "
    "ZMESSAGECOUNTER INTEGER, ZREMOVED INTEGER, ZSESSIONTYPE INTEGER, ZSPOTLIGHTSTATUS INTEGER, ZUNREADCOUNT INTEGER, "
    "ZGROUPINFO INTEGER, ZLASTMESSAGE INTEGER, ZPROPERTIES INTEGER, ZLASTMESSAGEDATE TIMESTAMP, "
    "ZLOCATIONSHARINGENDDATE "
    "TIMESTAMP, ZCONTACTIDENTIFIER VARCHAR, ZCONTACTJID VARCHAR, ZETAG VARCHAR, ZLASTMESSAGETEXT VARCHAR, ZPARTNERNAME "
    "VARCHAR, ZSAVEDINPUT VARCHAR );"
    "CREATE TABLE ZWAGROUPINFO ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZSTATE INTEGER, ZCHATSESSION "
    "INTEGER, "
    "ZLASTMESSAGEOWNER INTEGER, ZCREATIONDATE TIMESTAMP, ZSUBJECTTIMESTAMP TIMESTAMP, ZCREATORJID VARCHAR, ZOWNERJID "
    "VARCHAR, "
    "ZPICTUREID VARCHAR, ZPICTUREPATH VARCHAR, ZSOURCEJID VARCHAR, ZSUBJECTOWNERJID VARCHAR );"
    "CREATE TABLE ZWAGROUPMEMBER ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCONTACTABID INTEGER, "
    "ZISACTIVE "
    "INTEGER, ZISADMIN INTEGER, ZSENDERKEYSENT INTEGER, ZCHATSESSION INTEGER, ZRECENTGROUPCHAT INTEGER, "
    "ZCONTACTIDENTIFIER "
    "VARCHAR, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR );"
    "CREATE TABLE ZWAMESSAGEINFO ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZMESSAGE INTEGER, "
    "ZRECEIPTINFO BLOB );"
    "CREATE TABLE ZWAPROFILEPUSHNAME ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZJID VARCHAR, ZPUSHNAME "
    "VARCHAR );";

constexpr std::string_view indexes =
    "CREATE INDEX ZWAMESSAGE_ZCHATSESSION_INDEX ON ZWAMESSAGE (ZCHATSESSION);"
    "CREATE INDEX ZWAMESSAGE_ZSTANZAID_INDEX ON ZWAMESSAGE (ZSTANZAID);"
    "CREATE INDEX ZWAMESSAGE_ZMESSAGEDATE_INDEX ON ZWAMESSAGE (ZMESSAGEDATE);"
    "CREATE INDEX ZWAMEDIAITEM_ZMESSAGE_INDEX ON ZWAMEDIAITEM (ZMESSAGE);"
    "CREATE INDEX ZWAMESSAGEDATAITEM_ZMESSAGE_INDEX ON ZWAMESSAGEDATAITEM (ZMESSAGE);";

std::string jid(const Person& p) { return p.phone.substr(1) + "@s.whatsapp.net"; }
std::string lid_of(std::size_t i) { return std::to_string(180000000000000 + 7919 * i); }

struct Item {  // of ZWAMESSAGEDATAITEM
  std::optional<std::string> content1, content2, matched;
};

class Chats {
 public:
  Chats(Lab& lab, Database& db)
      : db_(db),
        random_(lab.random("whatsapp")),
        message_(
            db.prepare("INSERT INTO ZWAMESSAGE "
                       "(Z_ENT,Z_OPT,ZCHILDMESSAGESDELIVEREDCOUNT,ZCHILDMESSAGESPLAYEDCOUNT,ZCHILDMESSAGESREADCOUNT,"
                       "ZDATAITEMVERSION,ZDOCID,ZENCRETRYCOUNT,ZFILTEREDRECIPIENTCOUNT,ZFLAGS,ZGROUPEVENTTYPE,"
                       "ZISFROMME,ZMESSAGEERRORSTATUS,"
                       "ZMESSAGESTATUS,ZMESSAGETYPE,ZSORT,ZSPOTLIGHTSTATUS,ZSTARRED,ZCHATSESSION,ZGROUPMEMBER,"
                       "ZMEDIAITEM,ZMESSAGEDATE,ZSENTDATE,"
                       "ZFROMJID,ZPUSHNAME,ZSTANZAID,ZTEXT,ZTOJID) VALUES "
                       "(9,2,0,0,0,3,?,0,0,16777216,0,?,0,8,?,?,-32768,0,?,?,?,?,?,?,?,?,?,?)")),
        media_(db.prepare(
            "INSERT INTO ZWAMEDIAITEM (Z_PK,Z_ENT,Z_OPT,ZCLOUDSTATUS,ZFILESIZE,ZMEDIAORIGIN,ZMOVIEDURATION,ZMESSAGE,"
            "ZASPECTRATIO,ZMEDIALOCALPATH,ZMEDIAURL,ZMEDIAURLDATE,ZMEDIAKEY,ZMETADATA) "
            "VALUES (?,8,1,4,?,0,0,?,1.33,?,?,?,?,?)")),
        item_(db.prepare(
            "INSERT INTO ZWAMESSAGEDATAITEM (Z_ENT,Z_OPT,ZINDEX,ZTYPE,ZMESSAGE,ZDATE,ZCONTENT1,ZCONTENT2,ZMATCHEDTEXT,"
            "ZSENDERJID,ZSUMMARY,ZTITLE) VALUES (10,1,0,0,?,?,?,?,?,?,?,?)")) {
    sessions(lab);
  }

  std::int64_t message(const std::optional<std::string>& text, double when, bool from_me, std::int64_t session,
                       int type = 0, const std::optional<std::string>& media_url = std::nullopt) {
    const bool group = session > static_cast<std::int64_t>(people().size());
    const Person& p = people()[static_cast<std::size_t>(session - 1) % people().size()];
    const std::string address = group ? group_jid(session) : jid(p);
    const std::optional<std::string> from = from_me ? std::nullopt : std::optional<std::string>(address);
    const std::optional<std::string> to = from_me ? std::optional<std::string>(address) : std::nullopt;
    std::optional<std::int64_t> member;
    if (group && !from_me) member = random_.between(1, 40);
    std::optional<std::int64_t> media;
    if (media_url) media = ++media_count_;
    ++count_;
    message_.run(count_, from_me, type, count_, session, member, media, when, when - 1, from,
                 from_me ? std::nullopt : std::optional<std::string>(p.first), "3EB0" + random_.hex(16), text, to);
    if (media_url) {
      const std::string key = random_.bytes(32);
      const std::string metadata =
          "\x0a\x20" + random_.hex(32) + "\x10\x01";  // a protocol buffer: field 1 text, 2 a number
      media_.run(media_count_, random_.between(2000, 900000), count_,
                 "Media/" + address + "/" + random_.hex(2) + "/" + random_.uuid() + ".jpg", *media_url, when, Blob{key},
                 Blob{metadata});
    }
    return count_;
  }
  void item(std::int64_t message, double when, const Item& item) {
    item_.run(message, when, item.content1, item.content2, item.matched, jid(people()[0]), "A page", "A title");
  }
  void ordinary(double when) {
    text_.clear();
    append_sentence(text_, random_);
    const bool from_me = random_.below(2) == 0;
    const std::int64_t session = random_.between(1, sessions_);
    const auto kind = random_.below(30);
    if (kind == 0) {
      const std::string link = web_address(random_);
      item(message(text_ + " " + link, when, from_me, session, 7), when, {link, std::nullopt, link});
    } else if (kind < 4) {
      message(std::nullopt, when, from_me, session, 1,
              "https://mmg.whatsapp.net/o1/v/t62.7118-24/f1/m238/up-oil-image-" + random_.hex(40));
    } else {
      message(text_, when, from_me, session);
    }
  }
  std::int64_t count() const { return count_; }

 private:
  static std::string group_jid(std::int64_t session) {
    return "12036300000000" + std::to_string(1000 + session) + "@g.us";
  }
  void sessions(Lab& lab) {
    auto session = db_.prepare(
        "INSERT INTO ZWACHATSESSION "
        "(Z_ENT,Z_OPT,ZARCHIVED,ZCONTACTABID,ZFLAGS,ZHIDDEN,ZMESSAGECOUNTER,ZREMOVED,ZSESSIONTYPE,"
        "ZUNREADCOUNT,ZGROUPINFO,ZLASTMESSAGEDATE,ZCONTACTIDENTIFIER,ZCONTACTJID,ZPARTNERNAME) VALUES "
        "(4,3,0,0,256,0,?,0,?,0,?,?,?,?,?)");
    for (std::size_t i = 0; i < people().size(); ++i) {
      const Person& p = people()[i];
      const bool by_lid = i % 12 == 5;
      session.run(random_.between(5, 900), 0, Null{}, lab.now() - 5000, by_lid ? jid(p) : random_.uuid() + ":ABPerson",
                  by_lid ? lid_of(i) + "@lid" : jid(p), p.first + " " + p.last);
      ++sessions_;
    }
    auto group = db_.prepare(
        "INSERT INTO ZWAGROUPINFO (Z_ENT,Z_OPT,ZSTATE,ZCHATSESSION,ZCREATIONDATE,ZCREATORJID,ZOWNERJID) VALUES "
        "(6,1,0,?,?,?,?)");
    auto member = db_.prepare(
        "INSERT INTO ZWAGROUPMEMBER (Z_ENT,Z_OPT,ZCONTACTABID,ZISACTIVE,ZISADMIN,ZCHATSESSION,ZCONTACTNAME,"
        "ZFIRSTNAME,ZMEMBERJID) VALUES (7,1,0,1,0,?,?,?,?)");
    for (int g = 1; g <= 5; ++g) {
      ++sessions_;
      group.run(sessions_, lab.now() - 4e7, jid(people()[0]), jid(people()[0]));
      session.run(random_.between(5, 900), 1, g, lab.now() - 5000, Null{}, group_jid(sessions_), title(random_));
      for (int m = 0; m < 8; ++m) {
        const Person& p = people()[static_cast<std::size_t>(g * 8 + m)];
        member.run(sessions_, p.first + " " + p.last, p.first, jid(p));
      }
    }
    auto push = db_.prepare("INSERT INTO ZWAPROFILEPUSHNAME (Z_ENT,Z_OPT,ZJID,ZPUSHNAME) VALUES (12,1,?,?)");
    for (const Person& p : people()) push.run(jid(p), p.first);
  }

  Database& db_;
  Random random_;
  Statement message_, media_, item_;
  std::string text_;
  std::int64_t count_ = 0, media_count_ = 0, sessions_ = 0;
};

void plant(Lab& lab, Chats& chats) {
  const double when = lab.now() - 700000;
  const auto link = [](const Indicator& i) { return "https://" + i.value() + "/w"; };
  lab.planted.add("whatsapp-text", parser, in_text, link(in_text), "high", "in ZTEXT");
  chats.message("Read this: " + link(in_text), when, false, 3);
  lab.planted.add("whatsapp-matched", parser, in_match, link(in_match), "high", "only in ZMATCHEDTEXT");
  chats.item(chats.message("Read this", when + 100, false, 3, 7), when + 100,
             {std::nullopt, std::nullopt, link(in_match)});
  lab.planted.add("whatsapp-content1", parser, in_content1, link(in_content1), "high", "only in ZCONTENT1");
  chats.item(chats.message("And this", when + 200, false, 4, 7), when + 200,
             {link(in_content1), std::nullopt, std::nullopt});
  lab.planted.add("whatsapp-content2", parser, in_content2, link(in_content2), "high", "only in ZCONTENT2");
  chats.item(chats.message("And that", when + 300, false, 4, 7), when + 300,
             {std::nullopt, link(in_content2), std::nullopt});
  lab.planted.add("whatsapp-media", parser, in_media, link(in_media), "high", "only in ZMEDIAURL");
  chats.message(std::nullopt, when + 400, false, 5, 1, link(in_media));
}

void contacts(Lab& lab) {
  Random random = lab.random("whatsapp contacts");
  Database db(lab.backup.scratch("wa-contacts"));
  db.run(
      "CREATE TABLE ZWAADDRESSBOOKCONTACT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, "
      "ZDISAPPEARINGMODEDURATION "
      "INTEGER, ZSORT INTEGER, ZSYNCPOLICY INTEGER, ZABOUTTIMESTAMP TIMESTAMP, ZDISAPPEARINGMODETIMESTAMP TIMESTAMP, "
      "ZLASTUPDATED TIMESTAMP, ZABOUTTEXT VARCHAR, ZBUSINESSNAME VARCHAR, ZFULLNAME VARCHAR, ZGIVENNAME VARCHAR, "
      "ZHIGHLIGHTEDNAME VARCHAR, ZIDENTIFIER VARCHAR, ZLASTNAME VARCHAR, ZLID VARCHAR, ZLOCALIZEDPHONENUMBER VARCHAR, "
      "ZPHONENUMBER VARCHAR, ZPHONENUMBERLABEL VARCHAR, ZUSERNAME VARCHAR, ZWHATSAPPID VARCHAR );");
  {
    auto contact = db.prepare(
        "INSERT INTO ZWAADDRESSBOOKCONTACT "
        "(Z_ENT,Z_OPT,ZDISAPPEARINGMODEDURATION,ZSORT,ZABOUTTIMESTAMP,ZLASTUPDATED,ZABOUTTEXT,"
        "ZFULLNAME,ZGIVENNAME,ZHIGHLIGHTEDNAME,ZIDENTIFIER,ZLASTNAME,ZLID,ZLOCALIZEDPHONENUMBER,ZPHONENUMBER,"
        "ZPHONENUMBERLABEL,"
        "ZWHATSAPPID) VALUES (1,2,0,?,?,?,?,?,?,?,?,?,?,?,?,'_$!<Mobile>!$_',?)");
    for (std::size_t i = 0; i < people().size(); ++i) {
      const Person& p = people()[i];
      contact.run(static_cast<std::int64_t>(i), lab.now() - 9e6, lab.now() - 4e4, sentence(random),
                  p.first + " " + p.last, p.first, p.first, random.uuid() + ":ABPerson", p.last, lid_of(i) + "@lid",
                  p.phone, p.phone, jid(p));
    }
  }
  core_data_tables(db, {{"WAAddressBookContact", 60}}, random);
  lab.store(whatsapp_domain, "ContactsV2.sqlite", db);
}

void lids(Lab& lab) {
  Random random = lab.random("whatsapp lids");
  Database db(lab.backup.scratch("wa-lid"));
  db.run(
      "CREATE TABLE ZWAPHONENUMBERLIDPAIR ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTIMESTAMP "
      "TIMESTAMP, "
      "ZLID VARCHAR, ZPHONENUMBER VARCHAR );");
  {
    auto pair =
        db.prepare("INSERT INTO ZWAPHONENUMBERLIDPAIR (Z_ENT,Z_OPT,ZTIMESTAMP,ZLID,ZPHONENUMBER) VALUES (1,1,?,?,?)");
    for (std::size_t i = 0; i < people().size(); ++i) pair.run(lab.now() - 8e6, lid_of(i), people()[i].phone.substr(1));
  }
  core_data_tables(db, {{"WAPhoneNumberLIDPair", 60}}, random);
  lab.store(whatsapp_domain, "LID.sqlite", db);
}

void write(Lab& lab) {
  Random random = lab.random("whatsapp metadata");
  Database db(lab.backup.scratch("ChatStorage"));
  db.run(tables);
  std::int64_t count = 0;
  {
    Chats chats(lab, db);
    const double first = lab.now() - 2 * 365.0 * 86400;
    const double step = (lab.now() - 86400 - first) / static_cast<double>(lab.options.whatsapp + 1);
    for (std::int64_t i = 0; i < lab.options.whatsapp; ++i) {
      if (lab.plants() && i == lab.options.whatsapp / 2) plant(lab, chats);
      chats.ordinary(first + step * static_cast<double>(i));
    }
    count = chats.count();
  }
  db.run(indexes);
  core_data_tables(db,
                   {{"WAAbstract", 0},
                    {"WABlacklistItem", 0},
                    {"WAChatProperties", 0},
                    {"WAChatSession", 65},
                    {"WAChatPush", 0},
                    {"WAGroupInfo", 5},
                    {"WAGroupMember", 40},
                    {"WAMediaItem", count / 10},
                    {"WAMessage", count},
                    {"WAMessageDataItem", count / 30}},
                   random);
  lab.store(whatsapp_domain, "ChatStorage.sqlite", db);
  contacts(lab);
  lids(lab);
}

const Source source{"ios.whatsapp", write};

}  // namespace
}  // namespace testudo::lab
