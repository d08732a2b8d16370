// ios.sms: Messages' database: SMS, MMS, iMessage and RCS, with the texts that are not in the column `text`. Floor 4.
// Format and sources: docs/formats/ios-sms.md.
#include "parser/columns.h"
#include "parser/embedded_texts.h"
#include "parser/ios/sms_body.h"
#include "parser/ios/sms_tables.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Message {
  std::optional<Time> sent_at, read_at, delivered_at, edited_at, retracted_at, deleted_at;
  std::optional<std::string_view> direction, handle, chat, chat_name;
  std::optional<std::string_view> subject, text;
  std::string_view body_from;
  std::optional<std::string_view> embedded_texts;
  std::optional<std::string_view> service, own_account, own_address;
  bool recently_deleted = false;
  std::optional<bool> is_read, is_spam, has_attachments;
  std::optional<std::string_view> message_app, group_title;
  std::optional<std::int64_t> item_type, error_code, associated_type;
  std::optional<std::string_view> guid, associated_guid, thread_guid, reply_to_guid;
  std::optional<std::string> extra;
};

struct ChatMember {
  std::optional<std::string_view> chat, chat_name, handle, own_account, own_address, service, guid, country;
  std::optional<std::string> embedded_texts, extra;
};

}  // namespace

template <>
struct Schema<Message> {
  static constexpr std::string_view name = "ios.sms_message";
  static constexpr std::string_view prose =
      "A message in the Messages app: SMS, MMS, iMessage or RCS. It does not prove that anybody read it or opened a "
      "link "
      "in it; SMS senders can be forged, and messages of other devices of the account are synced in.";
  static constexpr std::string_view line = "{service} {direction} {handle}: {text}";
  static constexpr std::array identity{"guid", "sent_at"};
  static constexpr std::tuple fields{
      Field<&Message::sent_at>{"sent_at", Kind::time, "when it was sent, or received here", Show::event},
      Field<&Message::read_at>{"read_at", Kind::time, "when it was read; missing if it was not", Show::event},
      Field<&Message::delivered_at>{"delivered_at", Kind::time, "when the other party's device had it", Show::event},
      Field<&Message::edited_at>{"edited_at", Kind::time, "when it was last edited (iOS 16 and later)", Show::event},
      Field<&Message::retracted_at>{"retracted_at", Kind::time, "when it was unsent (iOS 16 and later)", Show::event},
      Field<&Message::deleted_at>{"deleted_at", Kind::time, "when it was moved to Recently Deleted", Show::event},
      Field<&Message::direction>{"direction", Kind::text, "incoming or outgoing"},
      Field<&Message::handle>{
          "handle", Kind::account,
          "number or address of the other party; missing in group events and where the row names none", Show::content},
      Field<&Message::chat>{"chat", Kind::account,
                            "the chat's identifier: the other party, or chat and digits for a group", Show::content},
      Field<&Message::chat_name>{"chat_name", Kind::text, "name that was given to a group", Show::content},
      Field<&Message::subject>{"subject", Kind::text, "subject line, if any", Show::content},
      Field<&Message::text>{"text", Kind::text, "what was written, wherever the row keeps it", Show::content},
      Field<&Message::body_from>{"body_from", Kind::text,
                                 "column that the text was read from: text, attributedBody or none"},
      Field<&Message::embedded_texts>{"embedded_texts", Kind::text,
                                      "links behind words, previews, earlier versions and unsent parts, one a line",
                                      Show::content},
      Field<&Message::service>{"service", Kind::text, "iMessage, SMS or RCS"},
      Field<&Message::own_account>{"own_account", Kind::account, "account of the phone that sent or received it",
                                   Show::content},
      Field<&Message::own_address>{"own_address", Kind::account, "own number or address that it was sent to or from",
                                   Show::content},
      Field<&Message::recently_deleted>{"recently_deleted", Kind::boolean, "whether it lies in Recently Deleted"},
      Field<&Message::is_read>{"is_read", Kind::boolean, "whether it is marked as read"},
      Field<&Message::is_spam>{"is_spam", Kind::boolean, "whether it was filtered as junk"},
      Field<&Message::has_attachments>{"has_attachments", Kind::boolean, "whether files came with it"},
      Field<&Message::message_app>{"message_app", Kind::app_id,
                                   "iMessage app or Apple's own extension that made it (balloon_bundle_id)"},
      Field<&Message::group_title>{"group_title", Kind::text, "new name of the group, in an event that changed it",
                                   Show::content},
      Field<&Message::item_type>{"item_type", Kind::integer,
                                 "0 message, 1 to 6 events of a group or a location sharing"},
      Field<&Message::error_code>{"error_code", Kind::integer, "error of sending or receiving; 0 for none"},
      Field<&Message::associated_type>{"associated_type", Kind::integer,
                                       "2000 to 2006 reactions, 3000 to 3006 their removal, 2 and 3 app messages"},
      Field<&Message::guid>{"guid", Kind::text, "the row's identifier, the same on all devices of the account"},
      Field<&Message::associated_guid>{"associated_guid", Kind::text, "message that a reaction belongs to"},
      Field<&Message::thread_guid>{"thread_guid", Kind::text, "message that began the thread of replies"},
      Field<&Message::reply_to_guid>{"reply_to_guid", Kind::text, "message before it in the chat"},
      Field<&Message::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<ChatMember> {
  static constexpr std::string_view name = "ios.sms_chat_member";
  static constexpr std::string_view prose =
      "A party of a chat in Messages, also of chats without messages. It does not prove that the party ever wrote.";
  static constexpr std::string_view line = "chat {chat} {chat_name} with {handle}";
  static constexpr std::array identity{"chat", "handle", "service"};
  static constexpr std::tuple fields{
      Field<&ChatMember::chat>{"chat", Kind::account, "the chat's identifier", Show::content},
      Field<&ChatMember::chat_name>{"chat_name", Kind::text, "name that was given to a group", Show::content},
      Field<&ChatMember::handle>{"handle", Kind::account, "number or address of the party; missing if none is left",
                                 Show::content},
      Field<&ChatMember::own_account>{"own_account", Kind::account, "account of the phone that the chat is in",
                                      Show::content},
      Field<&ChatMember::own_address>{"own_address", Kind::account, "own number or address last used in it",
                                      Show::content},
      Field<&ChatMember::service>{"service", Kind::text, "iMessage, SMS or RCS"},
      Field<&ChatMember::guid>{"guid", Kind::text, "the chat's full identifier", Show::content},
      Field<&ChatMember::country>{"country", Kind::text, "ISO country code of the number"},
      Field<&ChatMember::embedded_texts>{"embedded_texts", Kind::text, "texts of the chat's properties, one a line",
                                         Show::content},
      Field<&ChatMember::extra>{"extra", Kind::text, "the remaining columns of the chat, as JSON", Show::rest}};
};

namespace {

// message_summary_info and the other blobs are decoded into fields; the rest of a row goes into `extra`.
const std::vector<std::string_view> message_columns{"ROWID",
                                                    "date",
                                                    "date_read",
                                                    "date_delivered",
                                                    "date_edited",
                                                    "date_retracted",
                                                    "is_from_me",
                                                    "subject",
                                                    "text",
                                                    "service",
                                                    "account",
                                                    "destination_caller_id",
                                                    "is_read",
                                                    "is_spam",
                                                    "cache_has_attachments",
                                                    "balloon_bundle_id",
                                                    "group_title",
                                                    "item_type",
                                                    "error",
                                                    "associated_message_type",
                                                    "guid",
                                                    "associated_message_guid",
                                                    "thread_originator_guid",
                                                    "reply_to_guid"};
const std::vector<std::string_view> chat_columns{"ROWID", "chat_identifier", "display_name",         "service_name",
                                                 "guid",  "account_login",   "last_addressed_handle"};

const SplitQuery message_query{
    .head =
        "ROWID, {message.date}, {message.date_read}, {message.date_delivered}, {?message.date_edited},"
        " {?message.date_retracted}, {message.is_from_me}, {message.handle_id}, {message.subject}, {message.text},"
        " {?message.attributedBody}, {?message.payload_data}, {?message.message_summary_info}, {message.service},"
        " {message.account}, {?message.destination_caller_id}, {?message.balloon_bundle_id},"
        " {?message.group_title}, {?message.other_handle}",
    .details = {"{message.is_read}", "{?message.is_spam}", "{?message.cache_has_attachments}", "{?message.item_type}",
                "{message.error}", "{?message.associated_message_type}", "{message.guid}",
                "{?message.associated_message_guid}", "{?message.thread_originator_guid}", "{?message.reply_to_guid}"},
    .from = "message",
    .table = "message",
    .alias = "message",
    .except = message_columns};

// An account is stored as "P:+15550100" or "e:somebody@mail.example".
std::optional<std::string_view> without_prefix(std::optional<std::string_view> account) {
  if (account && account->size() >= 2 && (*account)[1] == ':') account->remove_prefix(2);
  return account && !account->empty() ? account : std::nullopt;
}

std::optional<std::string_view> some(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

class Reading {
 public:
  Reading(const Database& db, const MessageTables& tables, Input& in, Sink& out)
      : db_(db), tables_(tables), in_(in), out_(out) {}

  Result<void> messages() {
    return db_.each(message_query, out_.keeps_all(), [this](const SplitRow& row) { return one(row), true; });
  }

 private:
  void one(const SplitRow& row) {
    const std::int64_t id = row.head().integer(0).value_or(0);
    const Columns c(row.head(), out_, id);
    Message m{.sent_at = c.messages_time(1),
              .read_at = c.messages_time(2),
              .delivered_at = c.messages_time(3),
              .edited_at = c.messages_time(4),
              .retracted_at = c.messages_time(5),
              .subject = c.text(8),
              .service = c.text(13),
              .own_account = without_prefix(c.text(14)),
              .own_address = without_prefix(c.text(15)),
              .message_app = c.text(16),
              .group_title = c.text(17)};
    if (const auto from_me = c.boolean(6)) m.direction = *from_me ? "outgoing" : "incoming";
    place(m, c, id);
    body_.read({.text = c.text(9),
                .attributed_body = c.blob(10),
                .payload = c.blob(11),
                .summary = c.blob(12),
                .unsent_parts = tables_.unsent_parts_of(id)},
               out_, id);
    m.text = body_.text();
    m.body_from = body_.from();
    m.embedded_texts = body_.embedded();
    out_.emit(m, in_.row(id), [&](Message& whole) { complete(whole, row, id); });
  }

  // What no indicator or rule looks at is read only for messages that are kept.
  void complete(Message& m, const SplitRow& row, std::int64_t id) {
    const QueryRow details = row.details();
    const Columns c(details, out_, id);
    m.is_read = c.boolean(0);
    m.is_spam = c.boolean(1);
    m.has_attachments = c.boolean(2);
    m.item_type = c.integer(3);
    m.error_code = c.integer(4);
    m.associated_type = c.integer(5);
    m.guid = c.text(6);
    m.associated_guid = c.text(7);
    m.thread_guid = c.text(8);
    m.reply_to_guid = c.text(9);
    m.extra = rest_of(row);
  }

  // Who and where: a handle_id of 0 is no broken row, but a message of the phone's owner or of the system.
  void place(Message& m, const Columns& c, std::int64_t id) {
    const std::int64_t handle = c.integer(7).value_or(0);
    m.handle = tables_.handle(handle);
    if (!m.handle && handle == 0) m.handle = tables_.handle(c.integer(18).value_or(0));
    if (!m.handle && handle != 0) out_.anomaly("handle_missing", static_cast<std::uint64_t>(id));
    if (const MessageChat* chat = tables_.chat_of(id)) {
      m.chat = some(chat->identifier);
      m.chat_name = some(chat->name);
    }
    if (const DeletedMessage* deleted = tables_.deletion_of(id)) {
      m.recently_deleted = true;
      m.deleted_at = deleted->at;
    }
  }

  const Database& db_;
  const MessageTables& tables_;
  Input& in_;
  Sink& out_;
  MessageBody body_;
};

Result<void> read_members(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("chat") || !db.has_table("chat_handle_join") || !db.has_table("handle")) return {};
  return db.each(
      "SELECT c.ROWID, {c=chat.chat_identifier}, {?c=chat.display_name}, {h=handle.id}, {?c=chat.service_name},"
      " {?c=chat.guid}, {?h=handle.country}, {?c=chat.properties}, {?c=chat.account_login},"
      " {?c=chat.last_addressed_handle} FROM chat AS c"
      " LEFT JOIN chat_handle_join AS j ON {j=chat_handle_join.chat_id} = c.ROWID"
      " LEFT JOIN handle AS h ON h.ROWID = {j=chat_handle_join.handle_id}",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        const Columns c(row, out, id);
        ChatMember member{.chat = c.text(1),
                          .chat_name = c.text(2),
                          .handle = c.text(3),
                          .own_account = without_prefix(c.text(8)),
                          .own_address = without_prefix(c.text(9)),
                          .service = c.text(4),
                          .guid = c.text(5),
                          .country = c.text(6)};
        EmbeddedTexts properties;
        if (const auto stored = row.bytes(7)) properties.add_blob(*stored);
        member.embedded_texts = properties.take(out, static_cast<std::uint64_t>(id));
        out.emit(member, in.row(id), [&](ChatMember& whole) { whole.extra = rest_of(db, "chat", id, chat_columns); });
        return true;
      });
}

// Parties without a chat: their messages were deleted, the party stays. An attacker's address may be all that is left.
Result<void> read_lone_handles(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("handle")) return {};
  std::string sql = "SELECT ROWID, {handle.id}, {?handle.service}, {?handle.country} FROM handle";
  if (db.has_column("chat_handle_join", "handle_id"))
    sql += " WHERE ROWID NOT IN (SELECT handle_id FROM chat_handle_join WHERE handle_id IS NOT NULL)";
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns c(row, out, id);
    const ChatMember member{.handle = c.text(1), .service = c.text(2), .country = c.text(3)};
    if (member.handle) out.emit(member, in.row(id));
    return true;
  });
}

// Parts in Recently Deleted whose message is gone.
Result<void> read_parts_alone(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("recoverable_message_part") || !db.has_table("message")) return {};
  return db.each(
      "SELECT ROWID, {recoverable_message_part.part_text}, {recoverable_message_part.delete_date}"
      " FROM recoverable_message_part WHERE {recoverable_message_part.message_id} NOT IN (SELECT ROWID FROM message)",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        const Columns c(row, out, id);
        EmbeddedTexts texts;
        if (const auto part = c.blob(1)) texts.add_blob(*part);
        const auto lines = texts.take(out, static_cast<std::uint64_t>(id));
        if (!lines) return true;
        Message message;
        message.deleted_at = c.messages_time(2);
        message.recently_deleted = true;
        message.embedded_texts = *lines;
        out.emit(message, in.row(id));
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  MessageTables tables;
  auto outcome = tables.read(db, out);
  outcome = worse_of(Reading(db, tables, in, out).messages(), std::move(outcome));
  outcome = worse_of(std::move(outcome), read_parts_alone(db, in, out));
  outcome = worse_of(std::move(outcome), read_members(db, in, out));
  return worse_of(std::move(outcome), read_lone_handles(db, in, out));
}

constexpr Want wants[]{{"HomeDomain", "Library/SMS/sms.db"}};
const RecordType* const records[]{&record_type<Message>(), &record_type<ChatMember>()};
const Registration registration{{.name = "ios.sms",
                                 .page = "ios-sms.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
