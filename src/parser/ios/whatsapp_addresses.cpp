// Addresses apart from messages: see whatsapp_addresses.h. Floor 4.
#include "parser/ios/whatsapp_addresses.h"

#include <string>

namespace testudo::whatsapp {
namespace {

// Columns of a query: row, address, who sent it, when.
Result<void> read(const Database& db, const std::string& sql, std::string_view noted_as, const WhatsAppPeople& people,
                  const Input& in, Sink& out) {
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns c(row, out, id);
    Address address{.noted_at = c.mac_time(3), .noted_as = noted_as, .jid = c.text(1)};
    address.handle = people.handle(address.jid);
    address.sender = people.handle(c.text(2));
    if (address.jid) address.contact_name = people.name(*address.jid);
    if (address.jid || address.sender) out.emit(address, in.row(id));
    return true;
  });
}

}  // namespace

Result<void> read_addresses(const Database& db, const WhatsAppPeople& people, const Input& in, Sink& out) {
  Result<void> outcome;
  if (db.has_table("ZWABLACKLISTITEM"))
    outcome =
        read(db, "SELECT ROWID, {ZWABLACKLISTITEM.ZJID}, NULL, NULL FROM ZWABLACKLISTITEM", "blocked", people, in, out);
  if (db.has_table("ZWAVCARDMENTION")) {
    const bool dated = db.has_column("ZWAMEDIAITEM", "ZMESSAGE") && db.has_column("ZWAMESSAGE", "ZMESSAGEDATE");
    const std::string sql =
        std::string("SELECT v.ROWID, {?v=ZWAVCARDMENTION.ZWHATSAPPID}, {?v=ZWAVCARDMENTION.ZSENDERJID}, ") +
        (dated ? "m.ZMESSAGEDATE FROM ZWAVCARDMENTION AS v"
                 " LEFT JOIN ZWAMEDIAITEM AS i ON i.ROWID = {?v=ZWAVCARDMENTION.ZMEDIAITEM}"
                 " LEFT JOIN ZWAMESSAGE AS m ON m.ROWID = i.ZMESSAGE"
               : "NULL FROM ZWAVCARDMENTION AS v");
    outcome = worse_of(std::move(outcome), read(db, sql, "contact card", people, in, out));
  }
  if (db.has_table("ZWAPROFILEPICTUREITEM"))
    outcome = worse_of(std::move(outcome), read(db,
                                                "SELECT ROWID, {ZWAPROFILEPICTUREITEM.ZJID}, NULL,"
                                                " {?ZWAPROFILEPICTUREITEM.ZREQUESTDATE} FROM ZWAPROFILEPICTUREITEM",
                                                "profile picture", people, in, out));
  return outcome;
}

}  // namespace testudo::whatsapp
