// ios.whatsapp_contacts: the phone's contacts as WhatsApp keeps them, with what their owners say of themselves.
// Floor 4. Format and sources: docs/formats/ios-whatsapp.md.
#include "parser/ios/whatsapp_people.h"

namespace testudo {
namespace {

struct WhatsAppContact {
  std::optional<std::string_view> full_name, first_name, last_name, user_name, business_name;
  std::optional<std::string> phone;
  std::optional<std::string_view> phone_as_stored, phone_as_shown;
  std::optional<std::string_view> whatsapp_id, lid, about_text, about_emoji, note;
  std::optional<Time> about_at, about_expires_at, updated_at, disappearing_set_at;
  std::optional<Duration> disappearing_after;
  std::optional<std::int64_t> phone_status, sync_policy;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<WhatsAppContact> {
  using W = WhatsAppContact;
  static constexpr std::string_view name = "ios.whatsapp_contact";
  static constexpr std::string_view prose =
      "A contact of the phone as WhatsApp copied it, with its WhatsApp identity. It does not prove that the two ever "
      "wrote to each other.";
  static constexpr std::string_view line = "WhatsApp contact {full_name} {phone}: {about_text}";
  static constexpr std::array identity{"whatsapp_id", "phone"};
  static constexpr std::tuple fields{
      Field<&W::full_name>{"full_name", Kind::text, "name in the phone's contacts", Show::content},
      Field<&W::first_name>{"first_name", Kind::text, "given name", Show::content},
      Field<&W::last_name>{"last_name", Kind::text, "family name", Show::content},
      Field<&W::user_name>{"user_name", Kind::text, "user name that the person chose", Show::content},
      Field<&W::business_name>{"business_name", Kind::text, "name of a business account", Show::content},
      Field<&W::phone>{"phone", Kind::phone, "phone number, from the WhatsApp identifier where it has one",
                       Show::content},
      Field<&W::phone_as_stored>{"phone_as_stored", Kind::text, "phone number as the contacts spell it", Show::content},
      Field<&W::phone_as_shown>{"phone_as_shown", Kind::text, "phone number as WhatsApp shows it", Show::content},
      Field<&W::whatsapp_id>{"whatsapp_id", Kind::account, "WhatsApp address; missing if the number has no account",
                             Show::content},
      Field<&W::lid>{"lid", Kind::account, "private identifier", Show::content},
      Field<&W::about_text>{"about_text", Kind::text, "what the person says of itself", Show::content},
      Field<&W::about_emoji>{"about_emoji", Kind::text, "sign beside it", Show::content},
      Field<&W::note>{"note", Kind::text, "what the phone's user noted about the contact", Show::content},
      Field<&W::about_at>{"about_at", Kind::time, "when the person last changed it", Show::event},
      Field<&W::about_expires_at>{"about_expires_at", Kind::time, "when it is to vanish"},
      Field<&W::updated_at>{"updated_at", Kind::time, "when WhatsApp last refreshed the contact", Show::event},
      Field<&W::disappearing_set_at>{"disappearing_set_at", Kind::time, "when disappearing messages were set",
                                     Show::event},
      Field<&W::disappearing_after>{"disappearing_after", Kind::duration,
                                    "time after which messages vanish; 0 for never"},
      Field<&W::phone_status>{"phone_status", Kind::integer, "whether the number has an account, as stored"},
      Field<&W::sync_policy>{"sync_policy", Kind::integer, "how the contact is synced, as stored"},
      Field<&W::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

const std::vector<std::string_view> contact_columns{"Z_PK",
                                                    "ZFULLNAME",
                                                    "ZGIVENNAME",
                                                    "ZLASTNAME",
                                                    "ZUSERNAME",
                                                    "ZBUSINESSNAME",
                                                    "ZPHONENUMBER",
                                                    "ZLOCALIZEDPHONENUMBER",
                                                    "ZWHATSAPPID",
                                                    "ZLID",
                                                    "ZABOUTTEXT",
                                                    "ZABOUTEMOJI",
                                                    "ZNOTES",
                                                    "ZABOUTTIMESTAMP",
                                                    "ZABOUTEXPIRATIONTIMESTAMP",
                                                    "ZLASTUPDATED",
                                                    "ZDISAPPEARINGMODETIMESTAMP",
                                                    "ZDISAPPEARINGMODEDURATION",
                                                    "ZPHONESTATUS",
                                                    "ZPHONENUMBERSTATUS",
                                                    "ZSYNCPOLICY"};

// Columns come and go with WhatsApp's versions; only the name and the number are in all that are known.
constexpr std::string_view contact_query =
    "SELECT ROWID, {ZWAADDRESSBOOKCONTACT.ZFULLNAME}, {?ZWAADDRESSBOOKCONTACT.ZGIVENNAME},"
    " {?ZWAADDRESSBOOKCONTACT.ZLASTNAME}, {?ZWAADDRESSBOOKCONTACT.ZUSERNAME},"
    " {?ZWAADDRESSBOOKCONTACT.ZBUSINESSNAME}, {ZWAADDRESSBOOKCONTACT.ZPHONENUMBER},"
    " {?ZWAADDRESSBOOKCONTACT.ZLOCALIZEDPHONENUMBER}, {ZWAADDRESSBOOKCONTACT.ZWHATSAPPID},"
    " {?ZWAADDRESSBOOKCONTACT.ZLID}, {?ZWAADDRESSBOOKCONTACT.ZABOUTTEXT}, {?ZWAADDRESSBOOKCONTACT.ZABOUTEMOJI},"
    " {?ZWAADDRESSBOOKCONTACT.ZNOTES}, {?ZWAADDRESSBOOKCONTACT.ZABOUTTIMESTAMP},"
    " {?ZWAADDRESSBOOKCONTACT.ZABOUTEXPIRATIONTIMESTAMP}, {?ZWAADDRESSBOOKCONTACT.ZLASTUPDATED},"
    " {?ZWAADDRESSBOOKCONTACT.ZDISAPPEARINGMODETIMESTAMP}, {?ZWAADDRESSBOOKCONTACT.ZDISAPPEARINGMODEDURATION},"
    " {?ZWAADDRESSBOOKCONTACT.ZPHONESTATUS}, {?ZWAADDRESSBOOKCONTACT.ZPHONENUMBERSTATUS},"
    " {?ZWAADDRESSBOOKCONTACT.ZSYNCPOLICY} FROM ZWAADDRESSBOOKCONTACT";

WhatsAppContact read_contact(const WhatsAppPeople& people, const Columns& c) {
  WhatsAppContact contact{.full_name = c.text(1),
                          .first_name = c.text(2),
                          .last_name = c.text(3),
                          .user_name = c.text(4),
                          .business_name = c.text(5),
                          .phone_as_stored = c.text(6),
                          .phone_as_shown = c.text(7),
                          .whatsapp_id = c.text(8),
                          .lid = c.text(9),
                          .about_text = c.text(10),
                          .about_emoji = c.text(11),
                          .note = c.text(12),
                          .about_at = c.mac_time(13),
                          .about_expires_at = c.mac_time(14),
                          .updated_at = c.mac_time(15),
                          .disappearing_set_at = c.mac_time(16),
                          .disappearing_after = c.seconds(17),
                          .phone_status = c.integer(18),
                          .sync_policy = c.integer(20)};
  if (!contact.phone_status) contact.phone_status = c.integer(19);
  if (contact.whatsapp_id) contact.phone = people.phone(*contact.whatsapp_id);
  if (!contact.phone && contact.phone_as_stored) contact.phone = std::string(*contact.phone_as_stored);
  return contact;
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  const WhatsAppPeople people;
  return db.each(contact_query, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    WhatsAppContact contact = read_contact(people, Columns(row, out, id));
    out.emit(contact, in.row(id),
             [&](WhatsAppContact& whole) { whole.extra = rest_of(db, "ZWAADDRESSBOOKCONTACT", id, contact_columns); });
    return true;
  });
}

constexpr Want wants[]{{whatsapp_domains, "ContactsV2.sqlite"}};
const RecordType* const records[]{&record_type<WhatsAppContact>()};
const Registration registration{{.name = "ios.whatsapp_contacts",
                                 .page = "ios-whatsapp.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
