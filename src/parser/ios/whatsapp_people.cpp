// WhatsApp's identities: see whatsapp_people.h. Floor 4.
#include "parser/ios/whatsapp_people.h"

#include <algorithm>

namespace testudo {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Shorter and longer ones are no international numbers (ITU-T E.164 allows 15 digits).
bool may_be_number(std::string_view digits) { return digits.size() >= 6 && digits.size() <= 15 && all_digits(digits); }

}  // namespace

std::string_view whatsapp_user(std::string_view jid) {
  std::string_view user = jid.substr(0, jid.find('@'));
  return user.substr(0, user.find_first_of(".:_"));
}

bool is_lid(std::string_view jid) { return jid.ends_with("@lid"); }

void WhatsAppPeople::know(std::unordered_map<std::string, std::string>& map, std::string_view key,
                          std::string_view value, Sink& out) {
  if (key.empty() || value.empty()) return;
  constexpr std::size_t entry = 96;
  used_ += key.size() + value.size() + entry;
  if (used_ > most_octets) return out.anomaly("too_many_joins");
  map.emplace(key, value);
}

void WhatsAppPeople::learn(std::optional<std::string_view> jid, std::optional<std::string_view> other, Sink& out) {
  // Older versions kept the identifier of the phone's contact there.
  if (!jid || !other || !is_lid(*jid) || !other->ends_with("@s.whatsapp.net")) return;
  if (const auto number = whatsapp_user(*other); may_be_number(number))
    know(phone_by_lid_, whatsapp_user(*jid), number, out);
}

Result<void> WhatsAppPeople::read_pairs(const Database& db, Sink& out,
                                        const std::function<void(const LidPair&)>& each) {
  Result<void> outcome;
  const auto digits = [](std::string_view number) { return number.starts_with('+') ? number.substr(1) : number; };
  if (db.has_table("ZWAPHONENUMBERLIDPAIR"))
    outcome = db.each(
        "SELECT ROWID, {ZWAPHONENUMBERLIDPAIR.ZLID}, {ZWAPHONENUMBERLIDPAIR.ZPHONENUMBER},"
        " {?ZWAPHONENUMBERLIDPAIR.ZTIMESTAMP} FROM ZWAPHONENUMBERLIDPAIR",
        [&](const QueryRow& row) {
          const std::int64_t id = row.integer(0).value_or(0);
          const Columns c(row, out, id);
          const LidPair pair{id, c.text(1), c.text(2), c.mac_time(3)};
          const auto number = digits(whatsapp_user(pair.phone.value_or("")));
          if (pair.lid && may_be_number(number)) know(phone_by_lid_, whatsapp_user(*pair.lid), number, out);
          if (each) each(pair);
          return true;
        });
  if (!db.has_table("ZWAZACCOUNT")) return outcome;
  return worse_of(
      std::move(outcome),
      db.each("SELECT ROWID, {ZWAZACCOUNT.ZIDENTIFIER}, {ZWAZACCOUNT.ZPHONENUMBER}, {?ZWAZACCOUNT.ZDISPLAYNAME}"
              " FROM ZWAZACCOUNT",
              [&](const QueryRow& row) {
                const Columns c(row, out, row.integer(0).value_or(0));
                const auto lid = c.text(1), phone = c.text(2);
                const auto number = digits(whatsapp_user(phone.value_or("")));
                if (lid && may_be_number(number)) know(phone_by_lid_, whatsapp_user(*lid), number, out);
                if (const auto shown = c.text(3); lid && shown) know(name_by_user_, whatsapp_user(*lid), *shown, out);
                return true;
              }));
}

Result<void> WhatsAppPeople::read_contacts(const Database& db, Sink& out) {
  return db.each(
      "SELECT ROWID, {?ZWAADDRESSBOOKCONTACT.ZWHATSAPPID}, {?ZWAADDRESSBOOKCONTACT.ZLID},"
      " {?ZWAADDRESSBOOKCONTACT.ZFULLNAME} FROM ZWAADDRESSBOOKCONTACT",
      [&](const QueryRow& row) {
        const Columns c(row, out, row.integer(0).value_or(0));
        const auto user = whatsapp_user(c.text(1).value_or("")), lid = whatsapp_user(c.text(2).value_or(""));
        const auto name = c.text(3).value_or("");
        if (may_be_number(user)) know(phone_by_lid_, lid, user, out);
        know(name_by_user_, user, name, out);
        know(name_by_user_, lid, name, out);
        return true;
      });
}

Result<void> WhatsAppPeople::read_push_names(const Database& db, Sink& out,
                                             const std::function<void(const PushName&)>& each) {
  if (!db.has_table("ZWAPROFILEPUSHNAME")) return {};
  return db.each("SELECT ROWID, {ZWAPROFILEPUSHNAME.ZJID}, {ZWAPROFILEPUSHNAME.ZPUSHNAME} FROM ZWAPROFILEPUSHNAME",
                 [&](const QueryRow& row) {
                   const std::int64_t id = row.integer(0).value_or(0);
                   const Columns c(row, out, id);
                   const PushName push{id, c.text(1), c.text(2)};
                   know(name_by_user_, whatsapp_user(push.jid.value_or("")), push.name.value_or(""), out);
                   each(push);
                   return true;
                 });
}

void WhatsAppPeople::read_aids(const Input& in, Sink& out, std::string_view domain) {
  for (const InputFile& aid : in.aids()) {
    if (!domain.empty() && aid.domain != domain) continue;
    const auto db = in.database(aid);
    Result<void> outcome;
    if (!db)
      outcome = db.error();
    else if (aid.path.ends_with("ContactsV2.sqlite"))
      outcome = read_contacts(db.value(), out);
    else
      outcome = read_pairs(db.value(), out);
    if (!outcome) out.anomaly("aid_unreadable");
  }
}

std::optional<std::string> WhatsAppPeople::phone(std::string_view jid) const {
  const std::string_view user = whatsapp_user(jid);
  if (is_lid(jid)) {
    const auto it = phone_by_lid_.find(std::string(user));
    return it == phone_by_lid_.end() ? std::nullopt : std::optional("+" + it->second);
  }
  const bool person = jid.ends_with("@s.whatsapp.net") || jid.ends_with("@c.us") || jid.find('@') == std::string::npos;
  if (!person || !may_be_number(user)) return std::nullopt;
  return "+" + std::string(user);
}

std::optional<std::string> WhatsAppPeople::handle(std::optional<std::string_view> jid) const {
  if (!jid || jid->empty()) return std::nullopt;
  auto number = phone(*jid);
  return number ? std::move(number) : std::optional<std::string>(*jid);
}

std::optional<std::string_view> WhatsAppPeople::name(std::string_view jid) const {
  const auto it = name_by_user_.find(std::string(whatsapp_user(jid)));
  return it == name_by_user_.end() ? std::nullopt : std::optional<std::string_view>(it->second);
}

}  // namespace testudo
