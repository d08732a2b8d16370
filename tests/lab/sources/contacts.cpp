// AddressBook.sqlitedb: HomeDomain-Library/AddressBook/ (id 31bb7ba8914766d4ba40d6dfb6113c8b614be442). Test tool.
// property 3 is a telephone number, 4 an e-mail address, 22 a web address (published schemas of AddressBook).
#include "lab.h"

namespace testudo::lab {
namespace {

const Indicator card_mail("email", "desk@contact-lure.test");
const Indicator card_url("host", "contact-url-lure.test");

std::string tables(int ios) {
  std::string out =
      "CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, "
      "FirstPhonetic "
      "TEXT, MiddlePhonetic TEXT, LastPhonetic TEXT, Organization TEXT, Department TEXT, Note TEXT, Kind INTEGER, "
      "Birthday "
      "TEXT, JobTitle TEXT, Nickname TEXT, Prefix TEXT, Suffix TEXT, FirstSort TEXT, LastSort TEXT, CreationDate "
      "INTEGER, "
      "ModificationDate INTEGER, CompositeNameFallback TEXT, ExternalIdentifier TEXT, ExternalModificationTag TEXT, "
      "ExternalUUID TEXT, StoreID INTEGER, DisplayName TEXT, ExternalRepresentation BLOB, FirstSortSection TEXT, "
      "LastSortSection TEXT, FirstSortLanguageIndex INTEGER DEFAULT 2147483647, LastSortLanguageIndex INTEGER DEFAULT "
      "2147483647, PersonLink INTEGER DEFAULT -1, ImageURI TEXT, IsPreferredName INTEGER DEFAULT 1, guid TEXT DEFAULT "
      "NULL, "
      "PhonemeData TEXT, AlternateBirthday TEXT, MapsData TEXT, FirstPronunciation TEXT, MiddlePronunciation TEXT, "
      "LastPronunciation TEXT, OrganizationPhonetic TEXT";
  if (ios >= 17)
    out += ", PreferredLikenessSource TEXT, PreferredPersonaIdentifier TEXT, SensitiveContentConfiguration BLOB";
  out +=
      ", UNIQUE(guid));"
      "CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER, "
      "label "
      "INTEGER, value TEXT, guid TEXT DEFAULT NULL, UNIQUE(guid));"
      "CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT, UNIQUE(parent_id, key));"
      "CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));"
      "CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));"
      "CREATE TABLE ABStore (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, ExternalIdentifier TEXT, Type "
      "INTEGER, "
      "ConstraintsPath TEXT, ExternalModificationTag TEXT, ExternalSyncTag TEXT, AccountID INTEGER, Enabled INTEGER, "
      "SyncData BLOB, MeIdentifier INTEGER, Capabilities INTEGER, guid TEXT DEFAULT NULL, LastSyncDate INTEGER);"
      "CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));"
      "CREATE INDEX ABMultiValue_record_id ON ABMultiValue (record_id, property, identifier);";
  return out;
}

void write(Lab& lab) {
  Random random = lab.random("contacts");
  Database db(lab.backup.scratch("contacts"));
  db.run(tables(lab.ios()));
  db.run(
      "INSERT INTO ABMultiValueLabel VALUES ('_$!<Mobile>!$_'),('_$!<Home>!$_'),('_$!<Work>!$_'),('_$!<HomePage>!$_');"
      "INSERT INTO ABMultiValueEntryKey VALUES ('Street'),('ZIP'),('City'),('CountryCode'),('State'),('Country');"
      "INSERT INTO ABStore (Name,Type,Enabled,MeIdentifier) VALUES ('',0,1,1)");
  {
    auto person = db.prepare(
        "INSERT INTO ABPerson (First,Last,Organization,Note,Kind,CreationDate,ModificationDate,StoreID,guid)"
        " VALUES (?,?,?,NULL,0,?,?,1,?)");
    auto value =
        db.prepare("INSERT INTO ABMultiValue (record_id,property,identifier,label,value,guid) VALUES (?,?,?,?,?,?)");
    auto part = db.prepare("INSERT INTO ABMultiValueEntry VALUES (?,?,?)");
    for (std::size_t i = 0; i < people().size(); ++i) {
      const Person& p = people()[i];
      const auto made = static_cast<std::int64_t>(lab.ago(random, 900));
      const std::optional<std::string_view> organization =
          i % 6 == 0 ? std::optional<std::string_view>("Garden Society") : std::nullopt;
      person.run(p.first, p.last, organization, made, made + 1000, random.uuid());
      const std::int64_t id = db.last_rowid();
      value.run(id, 3, 0, 1, p.phone, random.uuid());
      value.run(id, 4, 0, 2, p.email, random.uuid());
      if (i % 10 != 0) continue;
      value.run(id, 5, 0, 2, Null{}, random.uuid());
      const std::int64_t address = db.last_rowid();
      part.run(address, 1, "1 Example Street");
      part.run(address, 3, "Springfield");
    }
    if (lab.plants()) {
      person.run("Press", "Desk", Null{}, static_cast<std::int64_t>(lab.now() - 5e6),
                 static_cast<std::int64_t>(lab.now() - 4e6), random.uuid());
      const std::int64_t id = db.last_rowid();
      lab.planted.add("contact-email", "ios.contacts", card_mail, card_mail.value(), "low", "an address in a contact",
                      true);
      value.run(id, 4, 0, 3, card_mail.value(), random.uuid());
      const std::string link = "https://" + card_url.value() + "/me";
      lab.planted.add("contact-url", "ios.contacts", card_url, link, "low", "a web address in a contact", true);
      value.run(id, 22, 1, 4, link, random.uuid());
    }
  }
  lab.store("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb", db);
}

const Source source{"ios.contacts", write};

}  // namespace
}  // namespace testudo::lab
