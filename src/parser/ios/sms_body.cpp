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

using namespace std::string_view_literals;

// The two forms of the plainest archive, which holds a text and says that it is one part: by far the most messages.
// Their octets are constant but for the text and its length, so that no archive with anything else in it is taken for
// one (docs/formats/typedstream.md).
struct PlainArchive {
  std::string_view head, tail;
};
constexpr PlainArchive plain_archives[] = {
    {"\x04\x0Bstreamtyped\x81\xE8\x03\x84\x01@"
     "\x84\x84\x84\x12NSAttributedString\0\x84\x84\x08NSObject\0\x85\x92\x84\x84\x84\x08"
     "NSString\x01\x94\x84\x01+"sv,
     "\x92\x84\x84\x84\x0CNSDictionary\0\x94\x84\x01i\x01\x92\x84\x96\x96\x1D__"
     "kIMMessagePartAttributeName\x86\x92\x84\x84\x84\x08"
     "NSNumber\0\x84\x84\x07NSValue\0\x94\x84\x01*\x84\x99\x99\0\x86\x86\x86"sv},
    {"\x04\x0Bstreamtyped\x81\xE8\x03\x84\x01@"
     "\x84\x84\x84\x19NSMutableAttributedString\0\x84\x84\x12NSAttributedString\0\x84\x84\x08"
     "NSObject\0\x85\x92\x84\x84\x84\x0FNSMutableString\x01\x84\x84\x08NSString\x01\x95\x84\x01+"sv,
     "\x92\x84\x84\x84\x0CNSDictionary\0\x95\x84\x01i\x01\x92\x84\x98\x98\x1D__"
     "kIMMessagePartAttributeName\x86\x92\x84\x84\x84\x08"
     "NSNumber\0\x84\x84\x07NSValue\0\x95\x84\x01*\x84\x9B\x9B\0\x86\x86\x86"sv}};

// The text between head and tail; nothing if anything else stands there.
std::optional<std::string_view> plain_text_of(std::string_view rest) {
  constexpr std::string_view run = "\x86\x84\x02iI\x01"sv;
  if (rest.empty()) return std::nullopt;
  // Numbers are one octet, or 0x81 and two.
  std::size_t size = static_cast<unsigned char>(rest[0]), skip = 1;
  if (size == 0x81 && rest.size() > 2) {
    size = static_cast<unsigned char>(rest[1]) | static_cast<std::size_t>(static_cast<unsigned char>(rest[2])) << 8;
    skip = 3;
  } else if (size >= 0x80) {
    return std::nullopt;
  }
  if (rest.size() < skip + size + run.size() + 1) return std::nullopt;
  const std::string_view text = rest.substr(skip, size);
  rest.remove_prefix(skip + size);
  if (!rest.starts_with(run) || text.empty() || !is_utf8(text)) return std::nullopt;
  rest.remove_prefix(run.size());
  const bool one_number = rest.size() == 1 || (rest.size() == 3 && rest[0] == '\x81');
  return one_number ? std::optional(text) : std::nullopt;
}

std::optional<std::string_view> plain_text_of(Bytes archive) {
  const std::string_view whole = as_text(archive);
  for (const auto& [head, tail] : plain_archives)
    if (whole.size() > head.size() + tail.size() && whole.starts_with(head) && whole.ends_with(tail))
      return plain_text_of(whole.substr(head.size(), whole.size() - head.size() - tail.size()));
  return std::nullopt;
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
  if (columns.payload && !columns.payload->empty() && !more().add_payload(*columns.payload))
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
  if (const auto plain = plain_text_of(blob); plain && !text_ && !is_placeholder(*plain)) {
    text_ = plain;
    from_ = "attributedBody";
    return;
  }
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
  if (!decoded_.other_texts.empty() || !decoded_.anomaly.empty()) more().add_others(decoded_, blob);
}

EmbeddedTexts& MessageBody::more() {
  if (!texts_) {
    texts_.emplace();
    if (text_) texts_->known(*text_);
  }
  return *texts_;
}

}  // namespace testudo
