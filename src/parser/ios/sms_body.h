// The body of a message in Messages' database: its text, wherever it is kept, and what hides in its archives. Floor 4.
// Facts: docs/formats/ios-sms.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "codec/typedstream.h"
#include "parser/embedded_texts.h"
#include "record/sink.h"

namespace testudo {

// The columns that hold it, as stored; borrowed from the row.
struct MessageColumns {
  std::optional<std::string_view> text;
  std::optional<Bytes> attributed_body;  // typed stream: the text with its attributes
  std::optional<Bytes> payload;          // keyed archive or protocol buffer: a link's preview, or what an app sent
  std::optional<Bytes> summary;          // property list: edits ("ec"), unsent parts, tapback summaries ("ams")
  std::optional<std::string_view> unsent_parts;  // texts of parts that were unsent, one a line
};

class MessageBody {
 public:
  // Decodes only what can add something: a plain message costs one scan of its blobs. Reports `body_unreadable`,
  // `payload_unreadable`, `summary_unreadable` and the archives' own anomalies at `id`.
  void read(const MessageColumns& columns, Sink& out, std::int64_t id);

  // Valid until the next read, or as long as the row's columns.
  std::optional<std::string_view> text() const { return text_; }
  // "text", "attributedBody" or "none": the column that the text was read from.
  std::string_view from() const { return from_; }
  std::optional<std::string_view> embedded() const {
    return embedded_ ? std::optional<std::string_view>(*embedded_) : std::nullopt;
  }

 private:
  void read_attributed(Bytes blob, Sink& out, std::uint64_t where);
  EmbeddedTexts& more();

  std::optional<std::string_view> text_;
  std::string_view from_;
  AttributedText decoded_;
  std::optional<EmbeddedTexts> texts_;
  std::optional<std::string> embedded_;
};

// Whether attributes around the text may hold something that the text does not: a link behind other words, say.
bool attributes_may_hide(std::string_view text, Bytes attributed_body);

}  // namespace testudo
