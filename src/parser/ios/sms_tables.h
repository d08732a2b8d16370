// The small tables beside Messages' `message`: handles, chats, and which message lies in which chat. Floor 4.
#pragma once

#include <string>
#include <vector>

#include "parser/columns.h"
#include "parser/id_map.h"

namespace testudo {

struct MessageChat {
  std::string identifier;  // number or address of the other party, "chat…" for a group
  std::string name;        // that somebody gave a group
};

struct DeletedMessage {
  std::uint32_t chat = IdMap::none;
  std::optional<Time> at;
};

// Read into memory once. What cannot be read of one table costs the fields that it gives, not the messages.
class MessageTables {
 public:
  // Some 4 octets a message and a few dozen a handle or chat; beyond IdMap's bounds reports `too_many_joins`.
  Result<void> read(const Database& db, Sink& out);

  std::optional<std::string_view> handle(std::int64_t id) const { return handles_.find(id); }
  // Of a message, also of one that lies in Recently Deleted alone.
  const MessageChat* chat_of(std::int64_t message) const;
  const DeletedMessage* deletion_of(std::int64_t message) const;
  // The texts of parts that were unsent or deleted, one a line.
  std::optional<std::string_view> unsent_parts_of(std::int64_t message) const { return parts_.find(message); }

 private:
  Result<void> read_handles(const Database& db, Sink& out);
  Result<void> read_chats(const Database& db, Sink& out);
  Result<void> read_places(const Database& db, Sink& out);
  Result<void> read_deletions(const Database& db, Sink& out);
  Result<void> read_parts(const Database& db, Sink& out);

  TextMap handles_, parts_;
  IdMap chats_by_id_, chat_by_message_, deletion_by_message_;
  std::vector<MessageChat> chats_;
  std::vector<DeletedMessage> deletions_;
};

}  // namespace testudo
