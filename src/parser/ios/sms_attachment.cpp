// ios.sms_attachment: the files that came or went with messages, as Messages' database lists them. Floor 4.
// Format and sources: docs/formats/ios-sms-attachments.md.
#include "parser/columns.h"
#include "parser/embedded_texts.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Attachment {
  std::optional<Time> created_at, transfer_started_at, sent_at;
  std::optional<std::string_view> direction, handle, service, message_guid;
  std::optional<std::int64_t> message_id;
  std::optional<std::string_view> file_path, transfer_name, uti, mime_type;
  std::optional<std::int64_t> total_bytes, transfer_state;
  std::optional<bool> is_sticker, is_hidden, is_sensitive;
  bool has_user_info = false;
  std::optional<std::string> embedded_texts;
  std::optional<std::string_view> guid;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<Attachment> {
  static constexpr std::string_view name = "ios.sms_attachment";
  static constexpr std::string_view prose =
      "A file that Messages received or sent, as its database lists it. It does not prove that the file was opened, "
      "nor "
      "that it is still there: received files are listed before they are downloaded.";
  static constexpr std::string_view line = "{service} attachment {direction} {handle}: {transfer_name} {file_path}";
  static constexpr std::array identity{"guid", "message_guid", "created_at"};
  static constexpr std::tuple fields{
      Field<&Attachment::created_at>{"created_at", Kind::time, "when the row was made", Show::event},
      Field<&Attachment::transfer_started_at>{"transfer_started_at", Kind::time, "when the transfer began",
                                              Show::event},
      Field<&Attachment::sent_at>{"sent_at", Kind::time, "when its message was sent, or received here"},
      Field<&Attachment::direction>{"direction", Kind::text, "incoming or outgoing"},
      Field<&Attachment::handle>{"handle", Kind::account, "number or address of the message's other party",
                                 Show::content},
      Field<&Attachment::service>{"service", Kind::text, "iMessage, SMS or RCS"},
      Field<&Attachment::message_guid>{"message_guid", Kind::text,
                                       "identifier of its message; missing if none is left"},
      Field<&Attachment::message_id>{"message_id", Kind::integer, "row of its message"},
      Field<&Attachment::file_path>{"file_path", Kind::path, "where the file lies on the phone, ~ being /var/mobile",
                                    Show::content},
      Field<&Attachment::transfer_name>{"transfer_name", Kind::file_name, "name that the sender gave the file",
                                        Show::content},
      Field<&Attachment::uti>{"uti", Kind::text, "uniform type identifier that was stated"},
      Field<&Attachment::mime_type>{"mime_type", Kind::text, "MIME type that was stated; the content may be another"},
      Field<&Attachment::total_bytes>{"total_bytes", Kind::integer, "size in octets that was stated"},
      Field<&Attachment::transfer_state>{"transfer_state", Kind::integer, "0 not transferred, 5 finished, 6 failed"},
      Field<&Attachment::is_sticker>{"is_sticker", Kind::boolean, "whether it is a sticker"},
      Field<&Attachment::is_hidden>{"is_hidden", Kind::boolean, "whether the chat does not show it"},
      Field<&Attachment::is_sensitive>{"is_sensitive", Kind::boolean,
                                       "whether the phone took it for sensitive content"},
      Field<&Attachment::has_user_info>{"has_user_info", Kind::boolean, "whether the sender's transfer data are kept"},
      Field<&Attachment::embedded_texts>{"embedded_texts", Kind::text,
                                         "texts of the transfer data and of the app it came from, one a line",
                                         Show::content},
      Field<&Attachment::guid>{"guid", Kind::text, "the attachment's identifier"},
      Field<&Attachment::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

const std::vector<std::string_view> attachment_columns{
    "ROWID",       "created_date",   "start_date", "filename",        "transfer_name",           "uti", "mime_type",
    "total_bytes", "transfer_state", "is_sticker", "hide_attachment", "is_commsafety_sensitive", "guid"};

constexpr std::string_view own_columns =
    "SELECT a.ROWID, {a=attachment.created_date}, {?a=attachment.start_date}, {a=attachment.filename},"
    " {a=attachment.transfer_name}, {?a=attachment.uti}, {a=attachment.mime_type}, {a=attachment.total_bytes},"
    " {?a=attachment.transfer_state}, {?a=attachment.is_sticker}, {?a=attachment.hide_attachment},"
    " {?a=attachment.is_commsafety_sensitive}, {?a=attachment.user_info}, {?a=attachment.attribution_info},"
    " {?a=attachment.sticker_user_info}, {a=attachment.guid}, {?a=attachment.is_outgoing}";

// The message and its handle, where their tables are there.
std::string query(const Database& db) {
  std::string sql(own_columns);
  if (!db.has_table("message_attachment_join") || !db.has_table("message"))
    return sql + ", NULL, NULL, NULL, NULL, NULL, NULL FROM attachment AS a";
  const bool handles = db.has_table("handle");
  sql += ", m.ROWID, {m=message.guid}, {m=message.date}, {m=message.service}, {m=message.is_from_me}";
  sql += handles ? ", {h=handle.id}" : ", NULL";
  sql +=
      " FROM attachment AS a LEFT JOIN message_attachment_join AS j ON {j=message_attachment_join.attachment_id} ="
      " a.ROWID LEFT JOIN message AS m ON m.ROWID = {j=message_attachment_join.message_id}";
  if (handles) sql += " LEFT JOIN handle AS h ON h.ROWID = {m=message.handle_id}";
  return sql;
}

// Property lists of the sender (addresses and keys of the transfer), of the app, and of a sticker.
std::optional<std::string> blob_texts(const Columns& c, Sink& out, std::int64_t id) {
  EmbeddedTexts texts;
  for (const int column : {12, 13, 14}) {
    const auto blob = c.blob(column);
    if (blob && !texts.add_blob(*blob)) out.anomaly("user_info_unreadable", static_cast<std::uint64_t>(id));
  }
  return texts.take(out, static_cast<std::uint64_t>(id));
}

Attachment read_attachment(const QueryRow& row, const Columns& c, Sink& out, std::int64_t id) {
  Attachment a{.created_at = c.messages_time(1),
               .transfer_started_at = c.messages_time(2),
               .sent_at = c.messages_time(19),
               .handle = c.text(22),
               .service = c.text(20),
               .message_guid = c.text(18),
               .message_id = c.integer(17),
               .file_path = c.text(3),
               .transfer_name = c.text(4),
               .uti = c.text(5),
               .mime_type = c.text(6),
               .total_bytes = c.integer(7),
               .transfer_state = c.integer(8),
               .is_sticker = c.boolean(9),
               .is_hidden = c.boolean(10),
               .is_sensitive = c.boolean(11),
               .has_user_info = !row.is_null(12),
               .embedded_texts = blob_texts(c, out, id),
               .guid = c.text(15)};
  auto outgoing = c.boolean(21);
  if (!outgoing) outgoing = c.boolean(16);
  if (outgoing) a.direction = *outgoing ? "outgoing" : "incoming";
  return a;
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  return db.each(query(db), [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    Attachment attachment = read_attachment(row, Columns(row, out, id), out, id);
    out.emit(attachment, in.row(id),
             [&](Attachment& whole) { whole.extra = rest_of(db, "attachment", id, attachment_columns); });
    return true;
  });
}

constexpr Want wants[]{{"HomeDomain", "Library/SMS/sms.db"}};
const RecordType* const records[]{&record_type<Attachment>()};
const Registration registration{{.name = "ios.sms_attachment",
                                 .page = "ios-sms-attachments.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
