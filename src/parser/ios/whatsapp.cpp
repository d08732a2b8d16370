// ios.whatsapp: WhatsApp's and WhatsApp Business's messages, chats, groups and identities. Floor 4.
// Format and sources: docs/formats/ios-whatsapp.md.
#include <algorithm>
#include <cmath>

#include "parser/embedded_texts.h"
#include "parser/id_map.h"
#include "parser/ios/whatsapp_addresses.h"
#include "parser/ios/whatsapp_texts.h"

namespace testudo::whatsapp {
namespace {

const std::vector<std::string_view> message_columns{
    "Z_PK",  "ZMESSAGEDATE", "ZSENTDATE",       "ZISFROMME",      "ZFROMJID", "ZTOJID",   "ZPUSHNAME",
    "ZTEXT", "ZMESSAGETYPE", "ZGROUPEVENTTYPE", "ZMESSAGESTATUS", "ZSTARRED", "ZSTANZAID"};
const std::vector<std::string_view> media_columns{"Z_PK",      "ZMEDIAURL", "ZMEDIALOCALPATH", "ZTITLE",
                                                  "ZFILESIZE", "ZLATITUDE", "ZLONGITUDE"};
const std::vector<std::string_view> item_columns{"Z_PK",      "ZDATE",     "ZMESSAGE", "ZTYPE",   "ZMATCHEDTEXT",
                                                 "ZCONTENT1", "ZCONTENT2", "ZTITLE",   "ZSUMMARY"};
const std::vector<std::string_view> chat_columns{
    "Z_PK",     "ZCONTACTJID", "ZCONTACTIDENTIFIER", "ZPARTNERNAME",     "ZSESSIONTYPE", "ZARCHIVED",
    "ZREMOVED", "ZHIDDEN",     "ZMESSAGECOUNTER",    "ZLASTMESSAGEDATE", "ZSAVEDINPUT",  "ZLASTMESSAGETEXT"};
const std::vector<std::string_view> group_columns{"Z_PK", "ZCREATIONDATE", "ZCREATORJID", "ZOWNERJID"};
const std::vector<std::string_view> member_columns{"Z_PK",     "ZMEMBERJID", "ZCONTACTIDENTIFIER",
                                                   "ZISADMIN", "ZISACTIVE",  "ZCHATSESSION"};

constexpr std::string_view media_select =
    ", {?i=ZWAMEDIAITEM.ZMEDIAURL}, {?i=ZWAMEDIAITEM.ZMEDIALOCALPATH}, {?i=ZWAMEDIAITEM.ZTITLE},"
    " {?i=ZWAMEDIAITEM.ZFILESIZE}, {?i=ZWAMEDIAITEM.ZLATITUDE}, {?i=ZWAMEDIAITEM.ZLONGITUDE},"
    " {?i=ZWAMEDIAITEM.ZVCARDSTRING}, {?i=ZWAMEDIAITEM.ZVCARDNAME}, {?i=ZWAMEDIAITEM.ZAUTHORNAME},"
    " {?i=ZWAMEDIAITEM.ZCOLLECTIONNAME}, {?i=ZWAMEDIAITEM.ZMETADATA}";

std::optional<std::string_view> direction_of(std::optional<bool> from_me) {
  if (!from_me) return std::nullopt;
  return *from_me ? "outgoing" : "incoming";
}

// A picture or film keeps its width and height in the columns of a place.
bool is_place(std::optional<std::int64_t> message_type, double latitude, double longitude) {
  constexpr std::int64_t place = 5;
  if (latitude == 0 && longitude == 0) return false;
  const bool whole = std::trunc(latitude) == latitude && std::trunc(longitude) == longitude;
  return message_type == place || (!whole && std::abs(latitude) <= 90 && std::abs(longitude) <= 180);
}

// The party that a chat's last message named, looked up once: most chats have one.
struct Party {
  std::string jid;
  std::optional<std::string> handle;
  std::optional<std::string_view> name;
};

// A chat, known before its messages and counted with them.
struct Session {
  std::string jid, name;
  std::int64_t messages = 0;
  std::optional<Time> first, last;
  Party party;
};

class Reading {
 public:
  Reading(const Database& db, Input& in, Sink& out) : db_(db), in_(in), out_(out) {}

  Result<void> run() {
    people_.read_aids(in_, out_, in_.file().domain);
    auto outcome = read_sessions();
    outcome = worse_of(std::move(outcome), read_members());
    outcome = worse_of(std::move(outcome), read_lids());
    outcome = worse_of(std::move(outcome),
                       people_.read_push_names(db_, out_, [this](const PushName& push) { emit_profile(push); }));
    // Chats and groups may be missing from a damaged database; the messages decide whether the generation is known.
    if (!outcome && outcome.error().fault == Fault::not_found) out_.anomaly("table_missing"), outcome = {};
    outcome = worse_of(messages(), std::move(outcome));
    outcome = worse_of(std::move(outcome), data_items());
    outcome = worse_of(std::move(outcome), members());
    outcome = worse_of(std::move(outcome), read_addresses(db_, people_, in_, out_));
    return worse_of(std::move(outcome), chats());
  }

 private:
  // --- what messages refer to, held in memory

  Result<void> read_sessions() {
    constexpr std::size_t most = 1'000'000;
    return db_.each(
        "SELECT ROWID, {ZWACHATSESSION.ZCONTACTJID}, {?ZWACHATSESSION.ZPARTNERNAME},"
        " {?ZWACHATSESSION.ZCONTACTIDENTIFIER} FROM ZWACHATSESSION",
        [&](const QueryRow& row) {
          const std::int64_t id = row.integer(0).value_or(0);
          if (sessions_.size() == most) return out_.anomaly("too_many_joins"), false;
          const Columns c(row, out_, id);
          const auto jid = c.text(1), name = c.text(2);
          people_.learn(jid, c.text(3), out_);
          session_ids_.add(id, static_cast<std::uint32_t>(sessions_.size()));
          sessions_.push_back({std::string(jid.value_or("")), std::string(name.value_or("")), 0, {}, {}, {}});
          return true;
        });
  }

  Result<void> read_members() {
    if (!db_.has_table("ZWAGROUPMEMBER")) return {};
    return db_.each(
        "SELECT ROWID, {ZWAGROUPMEMBER.ZMEMBERJID}, {?ZWAGROUPMEMBER.ZCONTACTIDENTIFIER} FROM ZWAGROUPMEMBER",
        [&](const QueryRow& row) {
          const std::int64_t id = row.integer(0).value_or(0);
          const Columns c(row, out_, id);
          const auto jid = c.text(1);
          people_.learn(jid, c.text(2), out_);
          if (!member_jids_.add(id, jid.value_or(""))) out_.anomaly("too_many_joins");
          return true;
        });
  }

  void emit_lid(const LidPair& pair, Locator where) {
    Lid lid{.lid = pair.lid, .paired_at = pair.paired_at};
    if (pair.phone) lid.phone = people_.phone(pair.phone->starts_with('+') ? pair.phone->substr(1) : *pair.phone);
    if (pair.phone && !lid.phone) lid.phone = std::string(*pair.phone);
    out_.emit(lid, where);
  }

  void emit_profile(const PushName& push) {
    Profile profile{.jid = push.jid, .handle = people_.handle(push.jid), .push_name = push.name};
    out_.emit(profile, in_.row(push.rowid));
  }

  // Older databases hold the pairs themselves, newer ones beside them in LID.sqlite.
  Result<void> read_lids() {
    auto outcome = people_.read_pairs(db_, out_, [&](const LidPair& pair) { emit_lid(pair, in_.row(pair.rowid)); });
    for (const InputFile& aid : in_.aids()) {
      if (aid.domain != in_.file().domain || !aid.path.ends_with("LID.sqlite")) continue;
      const auto db = in_.database(aid);
      if (!db) continue;  // reported when the people were read
      static_cast<void>(people_.read_pairs(db.value(), out_, [&](const LidPair& pair) {
        Locator where = Locator::row(pair.rowid);
        where.file = aid.index;
        emit_lid(pair, where);
      }));
    }
    return outcome;
  }

  Session* session(std::optional<std::int64_t> id) {
    const std::uint32_t at = session_ids_.find(id.value_or(-1));
    return at == IdMap::none ? nullptr : &sessions_[at];
  }

  // --- records

  Result<void> messages() {
    const bool media = db_.has_table("ZWAMEDIAITEM"), info = db_.has_table("ZWAMESSAGEINFO");
    std::string sql =
        "m.ROWID, {m=ZWAMESSAGE.ZMESSAGEDATE}, {?m=ZWAMESSAGE.ZSENTDATE}, {m=ZWAMESSAGE.ZISFROMME},"
        " {m=ZWAMESSAGE.ZFROMJID}, {m=ZWAMESSAGE.ZTOJID}, {?m=ZWAMESSAGE.ZPUSHNAME}, {m=ZWAMESSAGE.ZTEXT},"
        " {m=ZWAMESSAGE.ZMESSAGETYPE}, {?m=ZWAMESSAGE.ZGROUPEVENTTYPE}, {?m=ZWAMESSAGE.ZMESSAGESTATUS},"
        " {?m=ZWAMESSAGE.ZSTARRED}, {?m=ZWAMESSAGE.ZSTANZAID}, {m=ZWAMESSAGE.ZCHATSESSION},"
        " {?m=ZWAMESSAGE.ZGROUPMEMBER}, {m=ZWAMESSAGE.ZMEDIAITEM}";
    if (media) sql += media_select;
    if (info) sql += ", {?r=ZWAMESSAGEINFO.ZRECEIPTINFO}";
    std::string from = "ZWAMESSAGE AS m";
    if (info) from += " LEFT JOIN ZWAMESSAGEINFO AS r ON r.ROWID = {?m=ZWAMESSAGE.ZMESSAGEINFO}";
    if (media) from += " LEFT JOIN ZWAMEDIAITEM AS i ON i.ROWID = {m=ZWAMESSAGE.ZMEDIAITEM}";
    const SplitQuery query{
        .head = sql, .details = {}, .from = from, .table = "ZWAMESSAGE", .alias = "m", .except = message_columns};
    TRY(db_.each(query, out_.keeps_all(), [&](const SplitRow& row) { return one_message(row, media, info), true; }));
    return media ? media_alone() : Result<void>();
  }

  // What came with a message that is gone: the row of a file, card or preview may outlive it.
  Result<void> media_alone() {
    std::ranges::sort(media_ids_);
    return db_.each("SELECT i.ROWID" + std::string(media_select) + " FROM ZWAMEDIAITEM AS i", [&](const QueryRow& row) {
      const std::int64_t id = row.integer(0).value_or(0);
      if (std::ranges::binary_search(media_ids_, id)) return true;
      const Columns c(row, out_, id);
      Message m;
      EmbeddedTexts texts;
      add_media(m, texts, c, id, 1);
      m.embedded_texts = texts.take(out_, static_cast<std::uint64_t>(id));
      out_.emit(m, in_.row(id),
                [&](Message& whole) { whole.media_extra = rest_of(db_, "ZWAMEDIAITEM", id, media_columns); });
      return true;
    });
  }

  void one_message(const SplitRow& row, bool media, bool info) {
    const std::int64_t id = row.head().integer(0).value_or(0);
    const Columns c(row.head(), out_, id);
    Message m{.sent_at = c.mac_time(1),
              .transmitted_at = c.mac_time(2),
              .direction = direction_of(c.boolean(3)),
              .from_jid = c.text(4),
              .to_jid = c.text(5),
              .push_name = c.text(6),
              .text = c.text(7),
              .message_type = c.integer(8),
              .group_event = c.integer(9),
              .message_status = c.integer(10),
              .starred = c.boolean(11),
              .stanza_id = c.text(12)};
    if (m.push_name) m.push_name = decoded_names_.of(*m.push_name);
    place(m, c);
    const auto item = c.integer(15);
    EmbeddedTexts texts;
    if (media && item) {
      media_ids_.push_back(*item);
      texts.known(m.text.value_or(""));
      add_media(m, texts, c, id, 16);
    }
    constexpr int media_columns_read = 11;
    // A message with words of its own has receipts and reactions there: nothing that somebody wrote.
    if (const auto receipts = info && !m.text ? c.blob(media ? 16 + media_columns_read : 16) : std::nullopt)
      if (!add_receipt_texts(texts, *receipts))
        out_.anomaly("embedded_texts_truncated", static_cast<std::uint64_t>(id));
    m.embedded_texts = texts.take(out_, static_cast<std::uint64_t>(id));
    out_.emit(m, in_.row(id), [&](Message& whole) {
      whole.extra = rest_of(row);
      if (media && item) whole.media_extra = rest_of(db_, "ZWAMEDIAITEM", *item, media_columns);
    });
  }

  void place(Message& m, const Columns& c) {
    Session* chat = session(c.integer(13));
    if (chat != nullptr) {
      if (!chat->jid.empty()) m.chat = chat->jid;
      if (!chat->name.empty()) m.chat_name = chat->name;
      ++chat->messages;
      if (m.sent_at && (!chat->first || *m.sent_at < *chat->first)) chat->first = m.sent_at;
      if (m.sent_at && (!chat->last || *m.sent_at > *chat->last)) chat->last = m.sent_at;
    }
    auto party = member_jids_.find(c.integer(14).value_or(-1));
    if (!party) party = m.direction == "outgoing" ? m.to_jid : m.from_jid;
    if (!party) party = m.chat;
    if (!party) return;
    Party& memo = chat != nullptr ? chat->party : loose_;
    if (memo.jid != *party) memo = {std::string(*party), people_.handle(party), people_.name(*party)};
    m.handle = memo.handle;
    m.contact_name = memo.name;
  }

  // The columns of media_select begin at `first`.
  void add_media(Message& m, EmbeddedTexts& texts, const Columns& c, std::int64_t id, int first) {
    m.media_url = c.text(first);
    m.media_path = c.text(first + 1);
    m.media_title = c.text(first + 2);
    m.media_bytes = c.integer(first + 3);
    const auto latitude = c.real(first + 4), longitude = c.real(first + 5);
    if (is_place(m.message_type, latitude.value_or(0), longitude.value_or(0)))
      m.latitude = latitude, m.longitude = longitude;
    for (const std::string_view line : split(c.text(first + 6).value_or(""), '\n')) texts.add(line);
    for (const int column : {first + 7, first + 8, first + 9})
      if (const auto text = c.text(column)) texts.add(*text);
    // Quoted messages, previews and the names of forwarded sources.
    if (const auto metadata = c.blob(first + 10); metadata && !texts.add_protobuf(*metadata))
      out_.anomaly("media_metadata_unreadable", static_cast<std::uint64_t>(id));
  }

  Result<void> data_items() {
    if (!db_.has_table("ZWAMESSAGEDATAITEM")) return {};
    return db_.each(
        "SELECT d.ROWID, {?d=ZWAMESSAGEDATAITEM.ZDATE}, {d=ZWAMESSAGEDATAITEM.ZMESSAGE},"
        " {?d=ZWAMESSAGEDATAITEM.ZTYPE}, {?d=ZWAMESSAGEDATAITEM.ZMATCHEDTEXT}, {?d=ZWAMESSAGEDATAITEM.ZCONTENT1},"
        " {?d=ZWAMESSAGEDATAITEM.ZCONTENT2}, {?d=ZWAMESSAGEDATAITEM.ZTITLE}, {?d=ZWAMESSAGEDATAITEM.ZSUMMARY},"
        " {?d=ZWAMESSAGEDATAITEM.ZSENDERJID}, {m=ZWAMESSAGE.ZMESSAGEDATE}, {m=ZWAMESSAGE.ZISFROMME},"
        " {m=ZWAMESSAGE.ZFROMJID}, {m=ZWAMESSAGE.ZTOJID} FROM ZWAMESSAGEDATAITEM AS d"
        " LEFT JOIN ZWAMESSAGE AS m ON m.ROWID = {d=ZWAMESSAGEDATAITEM.ZMESSAGE}",
        [&](const QueryRow& row) {
          const std::int64_t id = row.integer(0).value_or(0);
          const Columns c(row, out_, id);
          DataItem d{.added_at = c.mac_time(1),
                     .sent_at = c.mac_time(10),
                     .message_id = c.integer(2),
                     .item_type = c.integer(3),
                     .direction = direction_of(c.boolean(11)),
                     .link_text = c.text(4),
                     .content1 = c.text(5),
                     .content2 = c.text(6),
                     .title = c.text(7),
                     .summary = c.text(8)};
          auto party = c.text(9);
          if (!party) party = d.direction == "outgoing" ? c.text(13) : c.text(12);
          d.handle = people_.handle(party);
          out_.emit(d, in_.row(id),
                    [&](DataItem& whole) { whole.extra = rest_of(db_, "ZWAMESSAGEDATAITEM", id, item_columns); });
          return true;
        });
  }

  Result<void> members() {
    if (!db_.has_table("ZWAGROUPMEMBER")) return {};
    return db_.each(
        "SELECT ROWID, {ZWAGROUPMEMBER.ZMEMBERJID}, {?ZWAGROUPMEMBER.ZCONTACTNAME}, {?ZWAGROUPMEMBER.ZISADMIN},"
        " {?ZWAGROUPMEMBER.ZISACTIVE}, {ZWAGROUPMEMBER.ZCHATSESSION}, {?ZWAGROUPMEMBER.ZCONTACTIDENTIFIER} FROM "
        "ZWAGROUPMEMBER",
        [&](const QueryRow& row) {
          const std::int64_t id = row.integer(0).value_or(0);
          const Columns c(row, out_, id);
          Member m{
              .member_jid = c.text(1), .contact_name = c.text(2), .is_admin = c.boolean(3), .is_active = c.boolean(4)};
          if (const Session* chat = session(c.integer(5))) {
            m.chat = chat->jid;
            m.chat_name = chat->name;
          }
          m.contact_identifier = c.text(6);
          m.handle = people_.handle(m.member_jid);
          if (!m.contact_name && m.member_jid) m.contact_name = people_.name(*m.member_jid);
          out_.emit(m, in_.row(id),
                    [&](Member& whole) { whole.extra = rest_of(db_, "ZWAGROUPMEMBER", id, member_columns); });
          return true;
        });
  }

  // After the messages, because each chat says how many of them are there.
  Result<void> chats() {
    if (!db_.has_table("ZWACHATSESSION")) return {};
    const bool groups = db_.has_table("ZWAGROUPINFO");
    std::string sql =
        "SELECT s.ROWID, {s=ZWACHATSESSION.ZCONTACTJID}, {?s=ZWACHATSESSION.ZPARTNERNAME},"
        " {?s=ZWACHATSESSION.ZSESSIONTYPE}, {?s=ZWACHATSESSION.ZARCHIVED}, {?s=ZWACHATSESSION.ZREMOVED},"
        " {?s=ZWACHATSESSION.ZHIDDEN}, {?s=ZWACHATSESSION.ZMESSAGECOUNTER}, {?s=ZWACHATSESSION.ZLASTMESSAGEDATE},"
        " {?s=ZWACHATSESSION.ZGROUPINFO}, {?s=ZWACHATSESSION.ZLASTMESSAGETEXT}, {?s=ZWACHATSESSION.ZSAVEDINPUT}";
    sql += ", {?s=ZWACHATSESSION.ZCONTACTIDENTIFIER}";
    sql += groups ? ", {?g=ZWAGROUPINFO.ZCREATIONDATE}, {?g=ZWAGROUPINFO.ZCREATORJID},"
                    " {?g=ZWAGROUPINFO.ZOWNERJID} FROM ZWACHATSESSION AS s"
                    " LEFT JOIN ZWAGROUPINFO AS g ON g.ROWID = {?s=ZWACHATSESSION.ZGROUPINFO}"
                  : ", NULL, NULL, NULL FROM ZWACHATSESSION AS s";
    return db_.each(sql, [&](const QueryRow& row) { return one_chat(row), true; });
  }

  void one_chat(const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns c(row, out_, id);
    Chat chat{.chat = c.text(1),
              .chat_name = c.text(2),
              .session_type = c.integer(3),
              .archived = c.boolean(4),
              .removed = c.boolean(5),
              .hidden = c.boolean(6),
              .message_counter = c.integer(7),
              .last_message_at = c.mac_time(8),
              .group_created_at = c.mac_time(13),
              .last_message_text = c.text(10),
              .draft = c.text(11),
              .group_creator = people_.handle(c.text(14)),
              .group_owner = people_.handle(c.text(15))};
    chat.contact_identifier = c.text(12);
    const auto decoded_text = text_of_encoded(chat.last_message_text.value_or(""));
    if (decoded_text) chat.last_message_text = decoded_text;
    chat.handle = people_.handle(chat.chat);
    if (chat.chat) chat.contact_name = people_.name(*chat.chat);
    if (const Session* known = session(id)) {
      chat.messages_stored = known->messages;
      chat.first_stored_at = known->first;
      chat.last_stored_at = known->last;
    }
    const auto group = c.integer(9);
    out_.emit(chat, in_.row(id), [&](Chat& whole) {
      whole.extra = rest_of(db_, "ZWACHATSESSION", id, chat_columns);
      if (group) whole.group_extra = rest_of(db_, "ZWAGROUPINFO", *group, group_columns);
    });
  }

  const Database& db_;
  Input& in_;
  Sink& out_;
  WhatsAppPeople people_;
  IdMap session_ids_;
  std::vector<Session> sessions_;
  Party loose_;  // of messages without a chat
  TextMap member_jids_;
  DecodedNames decoded_names_;
  std::vector<std::int64_t> media_ids_;  // of the media that a message names
};

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  return Reading(db, in, out).run();
}

constexpr Want wants[]{{whatsapp_domains, "ChatStorage.sqlite"},
                       {whatsapp_domains, "LID.sqlite", FileRole::aid},
                       {whatsapp_domains, "ContactsV2.sqlite", FileRole::aid}};
const RecordType* const records[]{&record_type<Message>(), &record_type<DataItem>(), &record_type<Chat>(),
                                  &record_type<Member>(),  &record_type<Lid>(),      &record_type<Profile>(),
                                  &record_type<Address>()};
const Registration registration{{.name = "ios.whatsapp",
                                 .page = "ios-whatsapp.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo::whatsapp
