// Attachment and AttachmentFile of Calendar.sqlitedb. Floor 4.
#include "parser/ios/calendar_attachments.h"

#include <array>

#include "parser/columns.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

using Text = std::optional<std::string_view>;

struct CalendarAttachment {
  std::optional<std::int64_t> item_key;
  Text summary, url, file_name, local_path, mime_type, attachment_uuid;
};

}  // namespace

template <>
struct Schema<CalendarAttachment> {
  using R = CalendarAttachment;
  static constexpr std::string_view name = "ios.calendar_attachment";
  static constexpr std::string_view prose =
      "Something attached to a calendar item, as a file or as an address; who wrote the invitation chose it. It does "
      "not prove that it was fetched or opened.";
  static constexpr std::string_view line = "attached to {summary}: {file_name} {url}";
  static constexpr std::array identity{"attachment_uuid", "url", "file_name"};
  static constexpr std::tuple fields{
      Field<&R::item_key>{"item_key", Kind::integer, "CalendarItem.ROWID"},
      Field<&R::summary>{"summary", Kind::text, "title of the item", Show::content},
      Field<&R::url>{"url", Kind::url, "address that it is fetched from"},
      Field<&R::file_name>{"file_name", Kind::file_name, "name that the sender gave it", Show::content},
      Field<&R::local_path>{"local_path", Kind::path, "where the calendar keeps the file", Show::content},
      Field<&R::mime_type>{"mime_type", Kind::text, "media type that the sender stated"},
      Field<&R::attachment_uuid>{"attachment_uuid", Kind::text, "identifier on this device"}};
};

const RecordType& calendar_attachment_type() { return record_type<CalendarAttachment>(); }

namespace {

// Files whose attachment is gone.
Result<void> read_files_alone(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT f.ROWID, {?f=AttachmentFile.url}, {?f=AttachmentFile.filename}, {?f=AttachmentFile.local_path}, "
      "{?f=AttachmentFile.format}, {?f=AttachmentFile.UUID} FROM AttachmentFile AS f WHERE f.ROWID NOT IN (SELECT "
      "{?Attachment.file_id} FROM Attachment WHERE {?Attachment.file_id} IS NOT NULL)",
      [&](const QueryRow& row) {
        out.emit(CalendarAttachment{.url = non_empty(row.text(1)),
                                    .file_name = non_empty(row.text(2)),
                                    .local_path = non_empty(row.text(3)),
                                    .mime_type = non_empty(row.text(4)),
                                    .attachment_uuid = non_empty(row.text(5))},
                 in.row(row.integer(0).value_or(0)));
        return true;
      });
}

}  // namespace

Result<void> read_calendar_attachments(const Input& in, const Database& db, Sink& out) {
  if (!db.has_table("Attachment")) return {};
  // Older generations keep address and name in Attachment itself.
  const bool files = db.has_table("AttachmentFile");
  std::string sql =
      "SELECT a.ROWID, {?a=Attachment.owner_id}, {?i=CalendarItem.summary}, {?a=Attachment.url}, "
      "{?a=Attachment.filename}, {?a=Attachment.local_path}, {?a=Attachment.format}, {?a=Attachment.UUID}";
  if (files)
    sql +=
        ", {?f=AttachmentFile.url}, {?f=AttachmentFile.filename}, {?f=AttachmentFile.local_path}, "
        "{?f=AttachmentFile.format}";
  sql += " FROM Attachment AS a LEFT JOIN CalendarItem AS i ON i.ROWID = {?a=Attachment.owner_id}";
  if (files) sql += " LEFT JOIN AttachmentFile AS f ON f.ROWID = {?a=Attachment.file_id}";
  auto attached = db.each(sql + " ORDER BY a.ROWID", [&](const QueryRow& row) {
    const auto either = [&](int own, int file) {
      const Text text = files ? non_empty(row.text(file)) : std::nullopt;
      return text ? text : non_empty(row.text(own));
    };
    out.emit(CalendarAttachment{.item_key = row.integer(1),
                                .summary = non_empty(row.text(2)),
                                .url = either(3, 8),
                                .file_name = either(4, 9),
                                .local_path = either(5, 10),
                                .mime_type = either(6, 11),
                                .attachment_uuid = non_empty(row.text(7))},
             in.row(row.integer(0).value_or(0)));
    return true;
  });
  return files ? worse_of(std::move(attached), read_files_alone(in, db, out)) : attached;
}

}  // namespace testudo
