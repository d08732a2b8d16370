// The body of a message: see sms_body.h. Floor 4.
#include "parser/ios/sms_body.h"

#include "base/text.h"

namespace testudo {
namespace {

bool holds(Bytes blob, std::string_view word) { return as_text(blob).find(word) != std::string_view::npos; }

// Text that says nothing by itself: U+FFFC stands for each attachment or preview.
bool is_placeholder(std::string_view text) {
  constexpr std::string_view object = "\xEF\xBF\xBC";
  while (text.starts_with(object)) text.remove_prefix(object.size());
  return trim(text).empty();
}

}  // namespace

bool attributes_may_hide(std::string_view text, Bytes attributed_body) {
  const auto at = as_text(attributed_body).find(text);
  if (at == std::string_view::npos) return true;
  const Bytes before = attributed_body.first(at), after = attributed_body.subspan(at + text.size());
  // The names of classes and attributes hold neither dots nor colons; the results of data detectors are lists.
  return may_hold_link(before) || may_hold_link(after) || holds(after, "bplist");
}

void MessageBody::read(const MessageColumns& columns, Sink& out, std::int64_t id) {
  const auto where = static_cast<std::uint64_t>(id);
  text_.reset();
  texts_.reset();
  embedded_.reset();
  from_ = "none";
  if (columns.text && !columns.text->empty()) {
    text_ = columns.text;
    from_ = "text";
  }
  if (columns.attributed_body && !columns.attributed_body->empty() &&
      (!text_ || is_placeholder(*text_) || attributes_may_hide(*text_, *columns.attributed_body)))
    read_attributed(*columns.attributed_body, out, where);
  if (columns.payload && !columns.payload->empty() && !more().add_blob(*columns.payload))
    out.anomaly("payload_unreadable", where);
  // Most summaries hold flags alone.
  if (columns.summary && (holds(*columns.summary, "streamtyped") || may_hold_link(*columns.summary)) &&
      !more().add_blob(*columns.summary))
    out.anomaly("summary_unreadable", where);
  if (columns.unsent_parts)
    for (const std::string_view line : split(*columns.unsent_parts, '\n')) more().add(line);
  if (!texts_) return;
  if (texts_->truncated()) out.anomaly("embedded_texts_truncated", where);
  embedded_ = texts_->take();
}

void MessageBody::read_attributed(Bytes blob, Sink& out, std::uint64_t where) {
  auto read = parse_attributed_text(blob);
  if (!read) {
    out.anomaly("body_unreadable", where);
    more().add_blob(blob);
    return;
  }
  decoded_ = std::move(read).value();
  if (!decoded_.anomaly.empty()) out.anomaly(decoded_.anomaly, where);
  if ((!text_ || is_placeholder(*text_)) && !decoded_.text.empty() && !is_placeholder(decoded_.text)) {
    text_ = decoded_.text;
    from_ = "attributedBody";
  } else if (text_ && !decoded_.text.empty() && decoded_.text != *text_) {
    more().add(decoded_.text);
  }
  for (const std::string& other : decoded_.other_texts) more().add(other);
}

EmbeddedTexts& MessageBody::more() {
  if (!texts_) {
    texts_.emplace();
    if (text_) texts_->known(*text_);
  }
  return *texts_;
}

}  // namespace testudo
