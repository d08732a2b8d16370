// sms.db's tables: a column carries the first iOS that has it, and the last. Test tool.
#include "sms_schema.h"

#include <span>

namespace testudo::lab {
namespace {

struct Column {
  std::string_view ddl;
  int since = 0, until = 99;
};

constexpr Column message_columns[] = {
    {"ROWID INTEGER PRIMARY KEY AUTOINCREMENT"},
    {"guid TEXT UNIQUE NOT NULL"},
    {"text TEXT"},
    {"replace INTEGER DEFAULT 0"},
    {"service_center TEXT"},
    {"handle_id INTEGER DEFAULT 0"},
    {"subject TEXT"},
    {"country TEXT"},
    {"attributedBody BLOB"},
    {"version INTEGER DEFAULT 0"},
    {"type INTEGER DEFAULT 0"},
    {"service TEXT"},
    {"account TEXT"},
    {"account_guid TEXT"},
    {"error INTEGER DEFAULT 0"},
    {"date INTEGER"},
    {"date_read INTEGER"},
    {"date_delivered INTEGER"},
    {"is_delivered INTEGER DEFAULT 0"},
    {"is_finished INTEGER DEFAULT 0"},
    {"is_emote INTEGER DEFAULT 0"},
    {"is_from_me INTEGER DEFAULT 0"},
    {"is_empty INTEGER DEFAULT 0"},
    {"is_delayed INTEGER DEFAULT 0"},
    {"is_auto_reply INTEGER DEFAULT 0"},
    {"is_prepared INTEGER DEFAULT 0"},
    {"is_read INTEGER DEFAULT 0"},
    {"is_system_message INTEGER DEFAULT 0"},
    {"is_sent INTEGER DEFAULT 0"},
    {"has_dd_results INTEGER DEFAULT 0"},
    {"is_service_message INTEGER DEFAULT 0"},
    {"is_forward INTEGER DEFAULT 0"},
    {"was_downgraded INTEGER DEFAULT 0"},
    {"is_archive INTEGER DEFAULT 0"},
    {"cache_has_attachments INTEGER DEFAULT 0"},
    {"cache_roomnames TEXT"},
    {"was_data_detected INTEGER DEFAULT 0"},
    {"was_deduplicated INTEGER DEFAULT 0"},
    {"is_audio_message INTEGER DEFAULT 0"},
    {"is_played INTEGER DEFAULT 0"},
    {"date_played INTEGER"},
    {"item_type INTEGER DEFAULT 0"},
    {"other_handle INTEGER DEFAULT 0"},
    {"group_title TEXT"},
    {"group_action_type INTEGER DEFAULT 0"},
    {"share_status INTEGER DEFAULT 0"},
    {"share_direction INTEGER DEFAULT 0"},
    {"is_expirable INTEGER DEFAULT 0"},
    {"expire_state INTEGER DEFAULT 0"},
    {"message_action_type INTEGER DEFAULT 0"},
    {"message_source INTEGER DEFAULT 0"},
    {"associated_message_guid TEXT"},
    {"associated_message_type INTEGER DEFAULT 0"},
    {"balloon_bundle_id TEXT"},
    {"payload_data BLOB"},
    {"expressive_send_style_id TEXT"},
    {"associated_message_range_location INTEGER DEFAULT 0"},
    {"associated_message_range_length INTEGER DEFAULT 0"},
    {"time_expressive_send_played INTEGER"},
    {"message_summary_info BLOB"},
    {"ck_sync_state INTEGER DEFAULT 0"},
    {"ck_record_id TEXT"},
    {"ck_record_change_tag TEXT"},
    {"destination_caller_id TEXT"},
    {"sr_ck_sync_state INTEGER DEFAULT 0", 0, 16},
    {"sr_ck_record_id TEXT", 0, 16},
    {"sr_ck_record_change_tag TEXT", 0, 16},
    {"is_corrupt INTEGER DEFAULT 0", 13},
    {"reply_to_guid TEXT", 13},
    {"sort_id INTEGER", 13},
    {"is_spam INTEGER DEFAULT 0", 13},
    {"has_unseen_mention INTEGER DEFAULT 0", 14},
    {"thread_originator_guid TEXT", 14},
    {"thread_originator_part TEXT", 14},
    {"syndication_ranges TEXT", 15},
    {"synced_syndication_ranges TEXT", 16},
    {"was_delivered_quietly INTEGER DEFAULT 0", 15},
    {"did_notify_recipient INTEGER DEFAULT 0", 15},
    {"date_retracted INTEGER", 16},
    {"date_edited INTEGER", 16},
    {"was_detonated INTEGER DEFAULT 0", 16},
    {"part_count INTEGER", 16},
    {"is_stewie INTEGER DEFAULT 0", 16},
    {"is_sos INTEGER DEFAULT 0", 17},
    {"is_critical INTEGER DEFAULT 0", 17},
    {"bia_reference_id TEXT", 17},
    {"is_kt_verified INTEGER DEFAULT 0", 17},
    {"fallback_hash TEXT", 17},
    {"associated_message_emoji TEXT", 18},
    {"is_pending_satellite_send INTEGER DEFAULT 0", 18},
    {"needs_relay INTEGER DEFAULT 0", 18},
    {"schedule_type INTEGER DEFAULT 0", 18},
    {"schedule_state INTEGER DEFAULT 0", 18},
    {"sent_or_received_off_grid INTEGER DEFAULT 0", 18},
    {"date_recovered INTEGER", 18},
    {"is_time_sensitive INTEGER DEFAULT 0", 26},
    {"ck_chat_id TEXT", 26},
};

constexpr Column chat_columns[] = {
    {"ROWID INTEGER PRIMARY KEY AUTOINCREMENT"},
    {"guid TEXT UNIQUE NOT NULL"},
    {"style INTEGER"},
    {"state INTEGER"},
    {"account_id TEXT"},
    {"properties BLOB"},
    {"chat_identifier TEXT"},
    {"service_name TEXT"},
    {"room_name TEXT"},
    {"account_login TEXT"},
    {"is_archived INTEGER DEFAULT 0"},
    {"last_addressed_handle TEXT"},
    {"display_name TEXT"},
    {"group_id TEXT"},
    {"is_filtered INTEGER DEFAULT 0"},
    {"successful_query INTEGER"},
    {"engram_id TEXT"},
    {"server_change_token TEXT"},
    {"ck_sync_state INTEGER DEFAULT 0"},
    {"original_group_id TEXT"},
    {"last_read_message_timestamp INTEGER DEFAULT 0"},
    {"sr_server_change_token TEXT", 0, 16},
    {"sr_ck_sync_state INTEGER DEFAULT 0", 0, 16},
    {"cloudkit_record_id TEXT"},
    {"sr_cloudkit_record_id TEXT", 0, 16},
    {"last_addressed_sim_id TEXT", 13},
    {"is_blackholed INTEGER DEFAULT 0", 13},
    {"syndication_date INTEGER DEFAULT 0", 15},
    {"syndication_type INTEGER DEFAULT 0", 15},
    {"is_recovered INTEGER DEFAULT 0", 16},
    {"is_deleting_incoming_messages INTEGER DEFAULT 0", 17},
};

constexpr Column attachment_columns[] = {
    {"ROWID INTEGER PRIMARY KEY AUTOINCREMENT"},
    {"guid TEXT UNIQUE NOT NULL"},
    {"created_date INTEGER DEFAULT 0"},
    {"start_date INTEGER DEFAULT 0"},
    {"filename TEXT"},
    {"uti TEXT"},
    {"mime_type TEXT"},
    {"transfer_state INTEGER DEFAULT 0"},
    {"is_outgoing INTEGER DEFAULT 0"},
    {"user_info BLOB"},
    {"transfer_name TEXT"},
    {"total_bytes INTEGER DEFAULT 0"},
    {"is_sticker INTEGER DEFAULT 0"},
    {"sticker_user_info BLOB"},
    {"attribution_info BLOB"},
    {"hide_attachment INTEGER DEFAULT 0"},
    {"ck_sync_state INTEGER DEFAULT 0"},
    {"ck_server_change_token_blob BLOB"},
    {"ck_record_id TEXT"},
    {"original_guid TEXT"},
    {"sr_ck_record_id TEXT", 0, 16},
    {"sr_ck_sync_state INTEGER DEFAULT 0", 0, 16},
    {"sr_ck_server_change_token_blob BLOB", 0, 16},
    {"is_commsafety_sensitive INTEGER DEFAULT 0", 15},
    {"emoji_image_content_identifier TEXT", 18},
    {"emoji_image_short_description TEXT", 18},
    {"preview_generation_state INTEGER DEFAULT 0", 18},
};

std::string table(std::string_view name, std::span<const Column> columns, int ios) {
  std::string out = "CREATE TABLE " + std::string(name) + " (";
  bool first = true;
  for (const Column& c : columns) {
    if (ios < c.since || ios > c.until) continue;
    if (!first) out += ", ";
    first = false;
    out += c.ddl;
  }
  return out + ");\n";
}

constexpr std::string_view other_tables = R"(
CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
CREATE TABLE deleted_messages (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, guid TEXT NOT NULL);
CREATE TABLE chat_handle_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  handle_id INTEGER REFERENCES handle (ROWID) ON DELETE CASCADE, UNIQUE(chat_id, handle_id));
CREATE TABLE chat_message_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, message_date INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id));
CREATE TABLE message_attachment_join (message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE,
  attachment_id INTEGER REFERENCES attachment (ROWID) ON DELETE CASCADE, UNIQUE(message_id, attachment_id));
CREATE TABLE kvtable (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, key TEXT UNIQUE NOT NULL, value BLOB NOT NULL);
CREATE TABLE sync_deleted_messages (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, guid TEXT NOT NULL, recordID TEXT);
CREATE TABLE sync_deleted_chats (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, guid TEXT NOT NULL, recordID TEXT,
  timestamp INTEGER);
CREATE TABLE sync_deleted_attachments (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, guid TEXT NOT NULL,
  recordID TEXT);
CREATE TABLE message_processing_task (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, guid TEXT NOT NULL,
  task_flags INTEGER NOT NULL);
)";

constexpr std::string_view recoverable_tables = R"(
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, delete_date INTEGER, ck_sync_state INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id), CHECK (delete_date != 0));
CREATE TABLE recoverable_message_part (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, part_index INTEGER, delete_date INTEGER,
  part_text BLOB NOT NULL, ck_sync_state INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id, part_index),
  CHECK (delete_date != 0));
CREATE TABLE unsynced_removed_recoverable_messages (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE,
  chat_guid TEXT NOT NULL, message_guid TEXT NOT NULL, part_index INTEGER);
)";

constexpr std::string_view indexes = R"(
CREATE INDEX message_idx_date ON message(date);
CREATE INDEX message_idx_handle ON message(handle_id, date);
CREATE INDEX message_idx_handle_id ON message(handle_id);
CREATE INDEX message_idx_is_sent_is_from_me_error ON message(is_sent, is_from_me, error);
CREATE INDEX message_idx_associated_message ON message(associated_message_guid);
CREATE INDEX message_idx_cache_has_attachments ON message(cache_has_attachments);
CREATE INDEX message_idx_other_handle ON message(other_handle);
CREATE INDEX message_idx_was_downgraded ON message(was_downgraded);
CREATE INDEX message_idx_expire_state ON message(expire_state);
CREATE INDEX message_idx_is_read ON message(is_read, is_from_me, is_finished);
CREATE INDEX message_idx_isRead_isFromMe_itemType ON message(is_read, is_from_me, item_type);
CREATE INDEX message_idx_failed ON message(is_finished, is_from_me, error);
CREATE INDEX chat_idx_chat_identifier ON chat(chat_identifier);
CREATE INDEX chat_idx_is_archived ON chat(is_archived);
CREATE INDEX chat_message_join_idx_message_date_id_chat_id ON chat_message_join(chat_id, message_date, message_id);
CREATE INDEX chat_message_join_idx_message_id_only ON chat_message_join(message_id);
CREATE INDEX message_attachment_join_idx_message_id ON message_attachment_join(message_id);
CREATE TRIGGER after_delete_on_chat AFTER DELETE ON chat BEGIN
  DELETE FROM chat_message_join WHERE chat_id = OLD.ROWID; END;
CREATE TRIGGER add_to_deleted_messages AFTER DELETE ON message BEGIN
  INSERT INTO deleted_messages (guid) VALUES (OLD.guid); END;
)";

}  // namespace

std::string sms_tables(int ios) {
  std::string out = table("message", message_columns, ios);
  out += table("chat", chat_columns, ios);
  out += table("attachment", attachment_columns, ios);
  out += "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, ";
  out += "service TEXT NOT NULL, uncanonicalized_id TEXT, ";
  if (ios >= 13) out += "person_centric_id TEXT, ";
  out += "UNIQUE (id, service));\n";
  out += other_tables;
  if (ios >= 16) out += recoverable_tables;
  return out;
}

std::string_view sms_indexes() { return indexes; }

bool message_has(std::string_view column, int ios) {
  for (const Column& c : message_columns) {
    if (c.ddl.substr(0, c.ddl.find(' ')) == column) return ios >= c.since && ios <= c.until;
  }
  return false;
}

}  // namespace testudo::lab
