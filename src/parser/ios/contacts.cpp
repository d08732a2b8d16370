// ios.contacts: the address book, persons and each of their numbers, addresses and accounts. Floor 4.
// Format and sources: docs/formats/ios-contacts.md.
#include "parser/columns.h"
#include "parser/embedded_texts.h"
#include "parser/id_map.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Contact {
  std::optional<std::string_view> first_name, middle_name, last_name, organization, department, job_title, nickname;
  std::optional<std::string_view> note;
  std::optional<Time> birthday, created_at, modified_at;
  std::optional<std::int64_t> account_store;
  std::optional<std::string_view> unique_id, image_url;
  std::optional<std::string> embedded_texts, extra;
};

struct ContactValue {
  std::optional<std::int64_t> contact_id;
  std::optional<std::string_view> first_name, middle_name, last_name, organization;
  std::string_view value_kind;
  std::optional<std::string_view> label, phone, email, url, value;
  std::optional<std::string> entries, extra;
};

}  // namespace

template <>
struct Schema<Contact> {
  static constexpr std::string_view name = "ios.contact";
  static constexpr std::string_view prose =
      "A person or company in the phone's address book. It does not prove acquaintance: accounts and apps add "
      "contacts, "
      "and an attacker who holds the account can.";
  static constexpr std::string_view line = "contact {first_name} {last_name} {organization}";
  static constexpr std::array identity{"unique_id", "created_at"};
  static constexpr std::tuple fields{
      Field<&Contact::first_name>{"first_name", Kind::text, "given name", Show::content},
      Field<&Contact::middle_name>{"middle_name", Kind::text, "middle name", Show::content},
      Field<&Contact::last_name>{"last_name", Kind::text, "family name", Show::content},
      Field<&Contact::organization>{"organization", Kind::text, "company", Show::content},
      Field<&Contact::department>{"department", Kind::text, "department", Show::content},
      Field<&Contact::job_title>{"job_title", Kind::text, "job title", Show::content},
      Field<&Contact::nickname>{"nickname", Kind::text, "nickname", Show::content},
      Field<&Contact::note>{"note", Kind::text, "what the phone's user noted about the contact", Show::content},
      Field<&Contact::birthday>{"birthday", Kind::time, "birthday, if it was entered", Show::content},
      Field<&Contact::created_at>{"created_at", Kind::time, "when the contact was made on this phone or synced to it",
                                  Show::event},
      Field<&Contact::modified_at>{"modified_at", Kind::time, "when the contact was last changed", Show::event},
      Field<&Contact::account_store>{"account_store", Kind::integer, "row of the account (ABStore) that it belongs to"},
      Field<&Contact::unique_id>{"unique_id", Kind::text, "the contact's identifier in the address book"},
      Field<&Contact::image_url>{"image_url", Kind::url, "address of the contact's picture, from an account",
                                 Show::content},
      Field<&Contact::embedded_texts>{"embedded_texts", Kind::text,
                                      "addresses inside the card as the account's server sent it, one a line",
                                      Show::content},
      Field<&Contact::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<ContactValue> {
  static constexpr std::string_view name = "ios.contact_value";
  static constexpr std::string_view prose =
      "A phone number, e-mail address, web address or other detail of a contact. It does not prove that the number was "
      "ever used.";
  static constexpr std::string_view line = "contact {first_name} {last_name} {organization}: {value}";
  static constexpr std::array identity{"contact_id", "value_kind", "phone", "email", "url", "value"};
  static constexpr std::tuple fields{
      Field<&ContactValue::contact_id>{"contact_id", Kind::integer, "row of the contact"},
      Field<&ContactValue::first_name>{"first_name", Kind::text, "given name", Show::content},
      Field<&ContactValue::middle_name>{"middle_name", Kind::text, "middle name", Show::content},
      Field<&ContactValue::last_name>{"last_name", Kind::text, "family name", Show::content},
      Field<&ContactValue::organization>{"organization", Kind::text, "company", Show::content},
      Field<&ContactValue::value_kind>{"value_kind", Kind::text,
                                       "phone, email, address, date, instant_message, url, related_name, "
                                       "social_profile or other"},
      Field<&ContactValue::label>{"label", Kind::text, "label such as home or work; Apple's own without their brackets",
                                  Show::content},
      Field<&ContactValue::phone>{"phone", Kind::phone, "the value, where it is a phone number", Show::content},
      Field<&ContactValue::email>{"email", Kind::email, "the value, where it is an e-mail address", Show::content},
      Field<&ContactValue::url>{"url", Kind::url, "the value, where it is a web address", Show::content},
      Field<&ContactValue::value>{"value", Kind::text, "the value as stored", Show::content},
      Field<&ContactValue::entries>{"entries", Kind::text,
                                    "parts of an address, profile or messaging account, `key: value`, one a line",
                                    Show::content},
      Field<&ContactValue::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

const std::vector<std::string_view> contact_columns{"ROWID",        "First",      "Middle",       "Last",
                                                    "Organization", "Department", "JobTitle",     "Nickname",
                                                    "Note",         "Birthday",   "CreationDate", "ModificationDate",
                                                    "StoreID",      "guid",       "ImageURI"};
const std::vector<std::string_view> value_columns{"UID", "record_id", "property", "label", "value"};

// ABMultiValue.property: numbers of ABPerson's multi-value properties.
std::string_view kind_of(std::optional<std::int64_t> property) {
  switch (property.value_or(-1)) {
    case 3:
      return "phone";
    case 4:
      return "email";
    case 5:
      return "address";
    case 12:
      return "date";
    case 13:
      return "instant_message";
    case 22:
      return "url";
    case 23:
      return "related_name";
    case 46:
      return "social_profile";
    default:
      return "other";
  }
}

// Names of persons, labels and parts of values: small tables beside ABMultiValue, held in memory.
struct Person {
  std::string first, middle, last, organization;
};

class AddressBook {
 public:
  Result<void> read_labels(const Database& db, Sink& out) {
    if (!db.has_table("ABMultiValueLabel")) return {};
    return db.each("SELECT ROWID, {ABMultiValueLabel.value} FROM ABMultiValueLabel", [&](const QueryRow& row) {
      const std::int64_t id = row.integer(0).value_or(0);
      report(labels_.add(id, plain_label(Columns(row, out, id).text(1).value_or(""))), out, id);
      return true;
    });
  }

  Result<void> read_entries(const Database& db, Sink& out) {
    if (!db.has_table("ABMultiValueEntry")) return {};
    if (db.has_table("ABMultiValueEntryKey"))
      TRY(db.each("SELECT ROWID, {ABMultiValueEntryKey.value} FROM ABMultiValueEntryKey", [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        report(keys_.add(id, Columns(row, out, id).text(1).value_or("")), out, id);
        return true;
      }));
    return db.each(
        "SELECT {ABMultiValueEntry.parent_id}, {ABMultiValueEntry.key}, {ABMultiValueEntry.value} FROM "
        "ABMultiValueEntry",
        [&](const QueryRow& row) {
          const std::int64_t parent = row.integer(0).value_or(0);
          const Columns in(row, out, parent);
          std::string line(keys_.find(in.integer(1).value_or(-1)).value_or("?"));
          line.append(": ").append(in.text(2).value_or(""));
          report(entries_.add_line(parent, line), out, parent);
          return true;
        });
  }

  void add_person(std::int64_t id, const Contact& contact) {
    if (!persons_.add(id, static_cast<std::uint32_t>(people_.size()))) return;
    people_.push_back({std::string(contact.first_name.value_or("")), std::string(contact.middle_name.value_or("")),
                       std::string(contact.last_name.value_or("")), std::string(contact.organization.value_or(""))});
  }
  const Person* person(std::int64_t id) const {
    const std::uint32_t at = persons_.find(id);
    return at == IdMap::none ? nullptr : &people_[at];
  }
  std::optional<std::string_view> label(std::int64_t id) const { return labels_.find(id); }
  std::optional<std::string_view> entries(std::int64_t id) const { return entries_.find(id); }

 private:
  // Apple's own labels are stored as "_$!<Mobile>!$_".
  static std::string_view plain_label(std::string_view label) {
    if (label.starts_with("_$!<") && label.ends_with(">!$_") && label.size() >= 8)
      return label.substr(4, label.size() - 8);
    return label;
  }
  static void report(bool kept, Sink& out, std::int64_t id) {
    if (!kept) out.anomaly("too_many_labels", static_cast<std::uint64_t>(id));
  }

  IdMap persons_;
  std::vector<Person> people_;
  TextMap labels_, keys_, entries_;
};

std::optional<std::string_view> some(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

// Birthdays are stored as text with a number in older generations and as a number in newer ones.
std::optional<Time> birthday(const QueryRow& row, int column) {
  const auto seconds = row.is_null(column) ? std::nullopt : row.real(column);
  return seconds ? from_mac_seconds(*seconds) : std::nullopt;
}

Result<void> read_contacts(const Database& db, AddressBook& book, Input& in, Sink& out) {
  return db.each(
      "SELECT ROWID, {ABPerson.First}, {ABPerson.Middle}, {ABPerson.Last}, {ABPerson.Organization},"
      " {?ABPerson.Department}, {?ABPerson.JobTitle}, {?ABPerson.Nickname}, {?ABPerson.Note}, {?ABPerson.Birthday},"
      " {?ABPerson.CreationDate}, {?ABPerson.ModificationDate}, {?ABPerson.StoreID}, {?ABPerson.guid},"
      " {?ABPerson.ImageURI}, {?ABPerson.ExternalRepresentation} FROM ABPerson",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        const Columns c(row, out, id);
        Contact contact{.first_name = c.text(1),
                        .middle_name = c.text(2),
                        .last_name = c.text(3),
                        .organization = c.text(4),
                        .department = c.text(5),
                        .job_title = c.text(6),
                        .nickname = c.text(7),
                        .note = c.text(8),
                        .birthday = birthday(row, 9),
                        .created_at = c.mac_time(10),
                        .modified_at = c.mac_time(11),
                        .account_store = c.integer(12),
                        .unique_id = c.text(13),
                        .image_url = c.text(14)};
        EmbeddedTexts card;
        if (const auto sent = row.bytes(15)) card.add_blob(*sent);
        contact.embedded_texts = card.take(out, static_cast<std::uint64_t>(id));
        book.add_person(id, contact);
        out.emit(contact, in.row(id),
                 [&](Contact& whole) { whole.extra = rest_of(db, "ABPerson", id, contact_columns); });
        return true;
      });
}

ContactValue read_value(const AddressBook& book, const Columns& c, std::int64_t id) {
  ContactValue value{.contact_id = c.integer(1),
                     .value_kind = kind_of(c.integer(2)),
                     .label = book.label(c.integer(3).value_or(-1)),
                     .value = c.text(4)};
  if (const Person* person = book.person(value.contact_id.value_or(-1))) {
    value.first_name = some(person->first);
    value.middle_name = some(person->middle);
    value.last_name = some(person->last);
    value.organization = some(person->organization);
  }
  if (value.value_kind == "phone") value.phone = value.value;
  if (value.value_kind == "email") value.email = value.value;
  if (value.value_kind == "url") value.url = value.value;
  if (const auto entries = book.entries(id)) value.entries = std::string(*entries);
  return value;
}

Result<void> read_values(const Database& db, const AddressBook& book, Input& in, Sink& out) {
  return db.each(
      "SELECT ROWID, {ABMultiValue.record_id}, {ABMultiValue.property}, {?ABMultiValue.label}, {ABMultiValue.value}"
      " FROM ABMultiValue",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        ContactValue value = read_value(book, Columns(row, out, id), id);
        out.emit(value, in.row(id),
                 [&](ContactValue& whole) { whole.extra = rest_of(db, "ABMultiValue", id, value_columns); });
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  AddressBook book;
  auto outcome = book.read_labels(db, out);
  outcome = worse_of(std::move(outcome), book.read_entries(db, out));
  outcome = worse_of(std::move(outcome), read_contacts(db, book, in, out));
  return worse_of(std::move(outcome), read_values(db, book, in, out));
}

constexpr Want wants[]{{"HomeDomain", "Library/AddressBook/AddressBook.sqlitedb"}};
const RecordType* const records[]{&record_type<Contact>(), &record_type<ContactValue>()};
const Registration registration{{.name = "ios.contacts",
                                 .page = "ios-contacts.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
