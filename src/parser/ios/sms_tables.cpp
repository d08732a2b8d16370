// The small tables beside `message`: see sms_tables.h. Floor 4.
#include "parser/ios/sms_tables.h"

#include "codec/typedstream.h"

namespace testudo {
namespace {

void report_full(bool kept, Sink& out, std::int64_t id) {
  if (!kept) out.anomaly("too_many_joins", static_cast<std::uint64_t>(id));
}

}  // namespace

Result<void> MessageTables::read(const Database& db, Sink& out) {
  auto outcome = read_handles(db, out);
  outcome = worse_of(std::move(outcome), read_chats(db, out));
  outcome = worse_of(std::move(outcome), read_places(db, out));
  outcome = worse_of(std::move(outcome), read_deletions(db, out));
  outcome = worse_of(std::move(outcome), read_parts(db, out));
  // Without one of these tables the messages can still be read: say so, but not as an unknown generation.
  if (!outcome && outcome.error().fault == Fault::not_found) {
    out.anomaly("table_missing");
    return {};
  }
  return outcome;
}

Result<void> MessageTables::read_handles(const Database& db, Sink& out) {
  return db.each("SELECT ROWID, {handle.id}, {?handle.uncanonicalized_id} FROM handle", [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const Columns in(row, out, id);
    auto text = in.text(1);
    if (!text) text = in.text(2);
    report_full(handles_.add(id, text.value_or("")), out, id);
    return true;
  });
}

Result<void> MessageTables::read_chats(const Database& db, Sink& out) {
  constexpr std::size_t most_chats = 1'000'000;
  return db.each("SELECT ROWID, {chat.chat_identifier}, {?chat.display_name}, {?chat.room_name} FROM chat",
                 [&](const QueryRow& row) {
                   const std::int64_t id = row.integer(0).value_or(0);
                   if (chats_.size() == most_chats) return report_full(false, out, id), false;
                   const Columns in(row, out, id);
                   auto name = in.text(2);
                   auto identifier = in.text(1);
                   if (!identifier) identifier = in.text(3);
                   report_full(chats_by_id_.add(id, static_cast<std::uint32_t>(chats_.size())), out, id);
                   chats_.push_back({std::string(identifier.value_or("")), std::string(name.value_or(""))});
                   return true;
                 });
}

Result<void> MessageTables::read_places(const Database& db, Sink& out) {
  return db.each("SELECT {chat_message_join.message_id}, {chat_message_join.chat_id} FROM chat_message_join",
                 [&](const QueryRow& row) {
                   const std::int64_t message = row.integer(0).value_or(0);
                   const std::uint32_t chat = chats_by_id_.find(row.integer(1).value_or(0));
                   if (chat != IdMap::none) report_full(chat_by_message_.add(message, chat), out, message);
                   return true;
                 });
}

// Since iOS 16 a deleted message is moved here for 30 to 40 days.
Result<void> MessageTables::read_deletions(const Database& db, Sink& out) {
  if (!db.has_table("chat_recoverable_message_join")) return {};
  constexpr std::size_t most_deletions = 4'000'000;
  return db.each(
      "SELECT {chat_recoverable_message_join.message_id}, {chat_recoverable_message_join.chat_id},"
      " {chat_recoverable_message_join.delete_date} FROM chat_recoverable_message_join",
      [&](const QueryRow& row) {
        const std::int64_t message = row.integer(0).value_or(0);
        if (deletions_.size() == most_deletions) return report_full(false, out, message), false;
        const Columns in(row, out, message);
        report_full(deletion_by_message_.add(message, static_cast<std::uint32_t>(deletions_.size())), out, message);
        deletions_.push_back({chats_by_id_.find(row.integer(1).value_or(0)), in.messages_time(2)});
        return true;
      });
}

Result<void> MessageTables::read_parts(const Database& db, Sink& out) {
  if (!db.has_table("recoverable_message_part")) return {};
  return db.each(
      "SELECT {recoverable_message_part.message_id}, {recoverable_message_part.part_text}"
      " FROM recoverable_message_part",
      [&](const QueryRow& row) {
        const std::int64_t message = row.integer(0).value_or(0);
        const auto blob = Columns(row, out, message).blob(1);
        if (!blob || blob->empty()) return true;
        const auto part = parse_attributed_text(*blob);
        if (!part) return out.anomaly("body_unreadable", static_cast<std::uint64_t>(message)), true;
        report_full(parts_.add_line(message, part.value().text), out, message);
        for (const std::string& other : part.value().other_texts)
          report_full(parts_.add_line(message, other), out, message);
        return true;
      });
}

const MessageChat* MessageTables::chat_of(std::int64_t message) const {
  std::uint32_t at = chat_by_message_.find(message);
  if (at == IdMap::none)
    if (const DeletedMessage* deleted = deletion_of(message)) at = deleted->chat;
  return at == IdMap::none ? nullptr : &chats_[at];
}

const DeletedMessage* MessageTables::deletion_of(std::int64_t message) const {
  const std::uint32_t at = deletion_by_message_.find(message);
  return at == IdMap::none ? nullptr : &deletions_[at];
}

}  // namespace testudo
