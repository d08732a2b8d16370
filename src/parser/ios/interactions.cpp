// ios.interactions: who the phone was in contact with through which app, as CoreDuet notes it for suggestions. Floor 4.
// Format and sources: docs/formats/ios-interactions.md.
#include <algorithm>

#include "parser/id_map.h"
#include "parser/ios/interactions_records.h"
#include "parser/ios/whatsapp_people.h"

namespace testudo::interactions {
namespace {

const std::vector<std::string_view> interaction_columns{"Z_PK",
                                                        "ZSTARTDATE",
                                                        "ZENDDATE",
                                                        "ZCREATIONDATE",
                                                        "ZUPDATEDATE",
                                                        "ZBUNDLEID",
                                                        "ZTARGETBUNDLEID",
                                                        "ZACCOUNT",
                                                        "ZRECIPIENTCOUNT",
                                                        "ZDOMAINIDENTIFIER",
                                                        "ZGROUPNAME",
                                                        "ZISRESPONSE",
                                                        "ZMECHANISM",
                                                        "ZCONTENTURL",
                                                        "ZLOCATIONUUID",
                                                        "ZDERIVEDINTENTIDENTIFIER",
                                                        "ZUUID"};
const std::vector<std::string_view> attachment_columns{
    "Z_PK",       "ZCONTENTTEXT", "ZUTI", "ZCONTENTURL", "ZSIZEINBYTES", "ZPHOTOLOCALIDENTIFIER", "ZCLOUDIDENTIFIER",
    "ZIDENTIFIER"};
const std::vector<std::string_view> contact_columns{"Z_PK",
                                                    "ZIDENTIFIER",
                                                    "ZDISPLAYNAME",
                                                    "ZPERSONID",
                                                    "ZCUSTOMIDENTIFIER",
                                                    "ZINCOMINGRECIPIENTCOUNT",
                                                    "ZINCOMINGSENDERCOUNT",
                                                    "ZOUTGOINGRECIPIENTCOUNT",
                                                    "ZCREATIONDATE",
                                                    "ZFIRSTINCOMINGRECIPIENTDATE",
                                                    "ZFIRSTINCOMINGSENDERDATE",
                                                    "ZFIRSTOUTGOINGRECIPIENTDATE",
                                                    "ZLASTINCOMINGRECIPIENTDATE",
                                                    "ZLASTINCOMINGSENDERDATE",
                                                    "ZLASTOUTGOINGRECIPIENTDATE"};

// A many-to-many table of Core Data. Its name and columns hold entity numbers that change with the model:
// Z_2INTERACTIONRECIPIENT (Z_2RECIPIENTS, Z_3INTERACTIONRECIPIENT), Z_1INTERACTIONS (Z_1ATTACHMENTS, Z_3INTERACTIONS).
struct Link {
  std::string table, interaction, other;
};

Result<std::optional<Link>> find_link(const Database& db, std::string_view table_ends, std::string_view other_ends) {
  std::vector<std::string> tables;
  TRY(
      db.each("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'Z_[0-9]*'"
              " AND name NOT GLOB '*[^A-Z0-9_]*' ORDER BY name LIMIT 1000",
              [&](const QueryRow& row) { return tables.emplace_back(row.text(0).value_or("")), true; }));
  for (const std::string& table : tables) {
    if (!table.ends_with(table_ends)) continue;
    Link link{table, {}, {}};
    for (const std::string& column : db.columns(table)) {
      if (column.ends_with(other_ends))
        link.other = column;
      else if (column.ends_with(table_ends))
        link.interaction = column;
    }
    if (!link.other.empty() && !link.interaction.empty()) return std::optional(std::move(link));
  }
  return std::optional<Link>();
}

std::optional<std::string_view> direction_of(std::optional<std::int64_t> stored) {
  if (!stored || *stored < 0 || *stored > 1) return std::nullopt;
  return *stored == 1 ? "outgoing" : "incoming";
}

std::optional<std::string_view> without_prefix(std::optional<std::string_view> account) {
  if (account && account->size() > 2 && (*account)[1] == ':') account->remove_prefix(2);
  return account;
}

class Reading {
 public:
  Reading(const Database& db, Input& in, Sink& out) : db_(db), in_(in), out_(out) {}

  Result<void> run() {
    people_.read_aids(in_, out_, {});
    auto side = contacts();
    if (!side && side.error().fault == Fault::not_found) out_.anomaly("table_missing"), side = {};
    auto outcome = worse_of(interactions(), std::move(side));
    return worse_of(std::move(outcome), attachments());
  }

 private:
  // Only WhatsApp's addresses are looked up: other apps' numbers mean something else.
  std::optional<std::string> phone(std::optional<std::string_view> id) const {
    const bool ours = id && (is_lid(*id) || id->ends_with("@s.whatsapp.net"));
    return ours ? people_.phone(*id) : std::nullopt;
  }
  std::optional<std::string_view> known_as(std::optional<std::string_view> id) const {
    const bool ours = id && (is_lid(*id) || id->ends_with("@s.whatsapp.net"));
    return ours ? people_.name(*id) : std::nullopt;
  }

  Result<void> contacts() {
    return db_.each(
        "SELECT ROWID, {ZCONTACTS.ZIDENTIFIER}, {ZCONTACTS.ZDISPLAYNAME}, {?ZCONTACTS.ZPERSONID},"
        " {?ZCONTACTS.ZCUSTOMIDENTIFIER}, {?ZCONTACTS.ZINCOMINGRECIPIENTCOUNT}, {?ZCONTACTS.ZINCOMINGSENDERCOUNT},"
        " {?ZCONTACTS.ZOUTGOINGRECIPIENTCOUNT}, {?ZCONTACTS.ZCREATIONDATE}, {?ZCONTACTS.ZFIRSTINCOMINGRECIPIENTDATE},"
        " {?ZCONTACTS.ZFIRSTINCOMINGSENDERDATE}, {?ZCONTACTS.ZFIRSTOUTGOINGRECIPIENTDATE},"
        " {?ZCONTACTS.ZLASTINCOMINGRECIPIENTDATE}, {?ZCONTACTS.ZLASTINCOMINGSENDERDATE},"
        " {?ZCONTACTS.ZLASTOUTGOINGRECIPIENTDATE} FROM ZCONTACTS",
        [this](const QueryRow& row) { return one_contact(row), true; });
  }

  // A date of 0 stands for none here: the counters begin with it.
  static std::optional<Time> date(const Columns& c, int column) {
    return c.real(column).value_or(0) == 0 ? std::nullopt : c.mac_time(column);
  }

  void one_contact(const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns c(row, out_, id);
    Contact contact{.identifier = c.text(1),
                    .full_name = c.text(2),
                    .person_id = c.text(3),
                    .custom_id = c.text(4),
                    .incoming_recipient_count = c.integer(5),
                    .incoming_sender_count = c.integer(6),
                    .outgoing_recipient_count = c.integer(7),
                    .first_logged_at = date(c, 8),
                    .first_incoming_recipient_at = date(c, 9),
                    .first_incoming_sender_at = date(c, 10),
                    .first_outgoing_recipient_at = date(c, 11),
                    .last_incoming_recipient_at = date(c, 12),
                    .last_incoming_sender_at = date(c, 13),
                    .last_outgoing_recipient_at = date(c, 14)};
    // Since iOS 13 some apps put the address into the custom identifier alone.
    const auto address = contact.identifier ? contact.identifier : contact.custom_id;
    contact.phone = phone(address);
    contact.known_as = known_as(address);
    const bool kept = identifiers_.add(id, address.value_or("")) && names_.add(id, contact.full_name.value_or("")) &&
                      persons_.add(id, contact.person_id.value_or(""));
    if (!kept) out_.anomaly("too_many_joins", static_cast<std::uint64_t>(id));
    out_.emit(contact, in_.row(id),
              [&](Contact& whole) { whole.extra = rest_of(db_, "ZCONTACTS", id, contact_columns); });
  }

  Result<void> interactions() {
    const auto link = TRY(find_link(db_, "INTERACTIONRECIPIENT", "RECIPIENTS"));
    std::string sql =
        "SELECT i.ROWID, {i=ZINTERACTIONS.ZSTARTDATE}, {i=ZINTERACTIONS.ZENDDATE}, {?i=ZINTERACTIONS.ZCREATIONDATE},"
        " {?i=ZINTERACTIONS.ZUPDATEDATE}, {i=ZINTERACTIONS.ZBUNDLEID}, {?i=ZINTERACTIONS.ZTARGETBUNDLEID},"
        " {?i=ZINTERACTIONS.ZACCOUNT}, {i=ZINTERACTIONS.ZDIRECTION}, {i=ZINTERACTIONS.ZSENDER},"
        " {?i=ZINTERACTIONS.ZRECIPIENTCOUNT}, {?i=ZINTERACTIONS.ZDOMAINIDENTIFIER}, {?i=ZINTERACTIONS.ZGROUPNAME},"
        " {?i=ZINTERACTIONS.ZISRESPONSE}, {?i=ZINTERACTIONS.ZMECHANISM}, {?i=ZINTERACTIONS.ZCONTENTURL},"
        " {?i=ZINTERACTIONS.ZLOCATIONUUID}, {?i=ZINTERACTIONS.ZDERIVEDINTENTIDENTIFIER}, {?i=ZINTERACTIONS.ZUUID}";
    if (link)
      sql += ", {j=" + link->table + "." + link->other + "} FROM ZINTERACTIONS AS i LEFT JOIN " + link->table +
             " AS j ON {j=" + link->table + "." + link->interaction + "} = i.ROWID";
    else
      sql += ", NULL FROM ZINTERACTIONS AS i";
    auto outcome = db_.each(sql, [this](const QueryRow& row) { return one_interaction(row), true; });
    // The first generation has neither recipients, nor attachments, nor names of groups: what has one of them and no
    // recipients has lost them. Reported after the query, which tells whether this is such a database at all.
    const auto columns = db_.columns("ZINTERACTIONS");
    const bool is_later = db_.has_table("ZATTACHMENT") || std::ranges::find(columns, "ZGROUPNAME") != columns.end();
    if (!link && outcome && is_later) out_.anomaly("recipients_missing");
    return outcome;
  }

  void one_interaction(const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns c(row, out_, id);
    Interaction i{.started_at = c.mac_time(1),
                  .ended_at = c.mac_time(2),
                  .logged_at = c.mac_time(3),
                  .updated_at = c.mac_time(4),
                  .app = c.text(5),
                  .target_app = c.text(6),
                  .own_account = without_prefix(c.text(7)),
                  .direction = direction_of(c.integer(8)),
                  .recipient_count = c.integer(10),
                  .conversation = c.text(11),
                  .group_name = c.text(12),
                  .is_response = c.boolean(13),
                  .mechanism = c.integer(14),
                  .content_url = c.text(15),
                  .location_uuid = c.text(16),
                  .intent_id = c.text(17),
                  .interaction_uuid = c.text(18)};
    const std::int64_t sender = c.integer(9).value_or(-1), recipient = c.integer(19).value_or(-1);
    i.sender = identifiers_.find(sender);
    i.sender_name = names_.find(sender);
    i.sender_person = persons_.find(sender);
    i.sender_phone = phone(i.sender);
    i.sender_known_as = known_as(i.sender);
    i.recipient = identifiers_.find(recipient);
    i.recipient_name = names_.find(recipient);
    i.recipient_person = persons_.find(recipient);
    i.recipient_phone = phone(i.recipient);
    i.recipient_known_as = known_as(i.recipient);
    i.conversation_phone = phone(i.conversation);
    i.conversation_known_as = known_as(i.conversation);
    out_.emit(i, in_.row(id),
              [&](Interaction& whole) { whole.extra = rest_of(db_, "ZINTERACTIONS", id, interaction_columns); });
  }

  Result<void> attachments() {
    if (!db_.has_table("ZATTACHMENT")) return {};
    const auto link = TRY(find_link(db_, "INTERACTIONS", "ATTACHMENTS"));
    std::string sql =
        "SELECT a.ROWID, {?a=ZATTACHMENT.ZCONTENTTEXT}, {?a=ZATTACHMENT.ZUTI}, {?a=ZATTACHMENT.ZCONTENTURL},"
        " {?a=ZATTACHMENT.ZSIZEINBYTES}, {?a=ZATTACHMENT.ZPHOTOLOCALIDENTIFIER}, {?a=ZATTACHMENT.ZCLOUDIDENTIFIER},"
        " {?a=ZATTACHMENT.ZIDENTIFIER}";
    if (link && db_.has_table("ZINTERACTIONS"))
      sql +=
          ", i.ROWID, {i=ZINTERACTIONS.ZSTARTDATE}, {i=ZINTERACTIONS.ZBUNDLEID}, {i=ZINTERACTIONS.ZDIRECTION},"
          " {i=ZINTERACTIONS.ZSENDER} FROM ZATTACHMENT AS a LEFT JOIN " +
          link->table + " AS j ON {j=" + link->table + "." + link->other +
          "} = a.ROWID LEFT JOIN ZINTERACTIONS AS i ON i.ROWID = {j=" + link->table + "." + link->interaction + "}";
    else
      sql += ", NULL, NULL, NULL, NULL, NULL FROM ZATTACHMENT AS a";
    return db_.each(sql, [this](const QueryRow& row) { return one_attachment(row), true; });
  }

  void one_attachment(const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns c(row, out_, id);
    Attachment a{.interaction_id = c.integer(8),
                 .started_at = c.mac_time(9),
                 .app = c.text(10),
                 .direction = direction_of(c.integer(11)),
                 .sender = identifiers_.find(c.integer(12).value_or(-1)),
                 .text = c.text(1),
                 .uti = c.text(2),
                 .content_url = c.text(3),
                 .total_bytes = c.integer(4),
                 .photo_local_id = c.text(5),
                 .cloud_id = c.text(6)};
    if (!row.is_null(7)) a.attachment_id = row.bytes(7);
    out_.emit(a, in_.row(id),
              [&](Attachment& whole) { whole.extra = rest_of(db_, "ZATTACHMENT", id, attachment_columns); });
  }

  const Database& db_;
  Input& in_;
  Sink& out_;
  WhatsAppPeople people_;
  TextMap identifiers_, names_, persons_;
};

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  return Reading(db, in, out).run();
}

constexpr Want wants[]{{"HomeDomain", "Library/CoreDuet/People/interactionC.db"},
                       {whatsapp_domains, "LID.sqlite", FileRole::aid},
                       {whatsapp_domains, "ContactsV2.sqlite", FileRole::aid}};
const RecordType* const records[]{&record_type<Interaction>(), &record_type<Attachment>(), &record_type<Contact>()};
const Registration registration{{.name = "ios.interactions",
                                 .page = "ios-interactions.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo::interactions
