// XML property lists: a pull parser for the few elements of PropertyList-1.0.dtd. Floor 1.
// Declarations of entities are skipped and never expanded, nothing is fetched; so neither a "billion laughs" list nor
// an external entity can act. What stands before the damage is kept.
#include <charconv>

#include "base/text.h"
#include "codec/plist_xml.h"

namespace testudo::plist_detail {
namespace {

Tag tag_of(std::string_view name) {
  constexpr std::pair<std::string_view, Tag> tags[] = {
      {"plist", Tag::plist},   {"dict", Tag::dict}, {"array", Tag::array}, {"key", Tag::key},
      {"string", Tag::string}, {"data", Tag::data}, {"date", Tag::date},   {"integer", Tag::integer},
      {"real", Tag::real},     {"true", Tag::yes},  {"false", Tag::no}};
  for (const auto& [text, tag] : tags)
    if (text == name) return tag;
  return Tag::unknown;
}

// An open element: its children wait in `waiting` from `first` on; the object of a dictionary or array is `object`.
struct Frame {
  Tag tag;
  std::uint32_t object;
  std::size_t first;
};

class XmlReader {
 public:
  XmlReader(List& list, const PlistLimits& limits) : list_(list), limits_(limits), text_(as_text(list.input)) {}
  void read();

 private:
  bool starts(std::string_view prefix) const { return text_.substr(at_).starts_with(prefix); }
  // Moves behind the next `end`; to the end of the text, with an anomaly, if there is none.
  void skip_behind(std::string_view end);
  void skip_doctype();
  void skip_tag_rest(bool& closed);
  void markup();
  void close(std::string_view name);
  void close_frame();
  void open(Tag tag, std::size_t at, bool closed);
  void leaf(Tag tag, std::size_t at, bool closed);
  std::string_view content(Tag tag);
  void append_entity(std::string& out);
  std::optional<std::uint32_t> add(Node::Type type, std::size_t at);
  void pair_up(const Frame& frame);
  void turn_into_uid(Object& dict);

  List& list_;
  const PlistLimits& limits_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> waiting_;
  std::vector<bool> keys_;  // beside list_.objects: whether the object came from <key>
  std::string buffer_;
  bool full_ = false;
};

void XmlReader::skip_behind(std::string_view end) {
  const std::size_t found = text_.find(end, at_);
  if (found == std::string_view::npos) list_.anomaly("plist_truncated", at_);
  at_ = found == std::string_view::npos ? text_.size() : found + end.size();
}

// Of a document type only the name is allowed; an internal subset could declare entities.
void XmlReader::skip_doctype() {
  const std::size_t stop = text_.find_first_of("[>", at_);
  if (stop != std::string_view::npos && text_[stop] == '[') {
    list_.anomaly("plist_entity_declaration", stop);
    skip_behind("]");
  }
  skip_behind(">");
}

// Behind the name of a tag: attributes are ignored. `closed` tells <true/> from <true>.
void XmlReader::skip_tag_rest(bool& closed) {
  char quote = 0;
  for (std::size_t i = at_; i < text_.size(); ++i) {
    const char c = text_[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      closed = i > 0 && text_[i - 1] == '/';
      at_ = i + 1;
      return;
    } else if (c == '<') {
      break;
    }
  }
  closed = false;
  list_.anomaly("plist_bad_markup", at_);
  const std::size_t stop = text_.find_first_of("<>", at_);
  at_ = stop == std::string_view::npos ? text_.size() : stop + (text_[stop] == '>');
}

std::optional<std::uint32_t> XmlReader::add(Node::Type type, std::size_t at) {
  if (list_.objects.size() >= limits_.objects) {
    if (!full_) list_.anomaly("plist_too_many_objects", at);
    full_ = true;
    return std::nullopt;
  }
  Object object;
  object.at = static_cast<std::uint32_t>(at);
  object.type = type;
  list_.objects.push_back(object);
  keys_.push_back(false);
  return static_cast<std::uint32_t>(list_.objects.size() - 1);
}

void XmlReader::read() {
  while (at_ < text_.size() && !full_) {
    const std::size_t next = text_.find('<', at_);
    const std::string_view between = trim(text_.substr(at_, next == std::string_view::npos ? next : next - at_));
    if (!between.empty()) list_.anomaly("plist_bad_markup", at_);
    if (next == std::string_view::npos) break;
    at_ = next;
    markup();
    if (frames_.empty() && !waiting_.empty()) break;
  }
  if (!frames_.empty()) list_.anomaly("plist_truncated", text_.size());
  while (!frames_.empty()) close_frame();
  if (!waiting_.empty()) list_.root = waiting_.front();
}

void XmlReader::markup() {
  if (starts("<!--")) return skip_behind("-->");
  if (starts("<?")) return skip_behind("?>");
  if (starts("<!DOCTYPE")) return skip_doctype();
  const std::size_t begin = at_++;
  const bool closing = at_ < text_.size() && text_[at_] == '/';
  if (closing) ++at_;
  const std::size_t stop = std::min(text_.find_first_of(" \t\r\n/<>", at_), text_.size());
  const std::string_view name = text_.substr(at_, stop - at_);
  at_ = stop;
  bool closed = false;
  skip_tag_rest(closed);
  if (closing) return close(name);
  open(tag_of(name), begin, closed);
}

void XmlReader::open(Tag tag, std::size_t at, bool closed) {
  if (tag == Tag::unknown) list_.anomaly("plist_unknown_element", at);
  const bool container = tag == Tag::dict || tag == Tag::array;
  if (!container && tag != Tag::plist && tag != Tag::unknown) return leaf(tag, at, closed);
  Frame frame{tag, no_object, waiting_.size()};
  if (container) {
    const auto index = add(tag == Tag::dict ? Node::Type::dict : Node::Type::array, at);
    if (!index) return;
    list_.objects[*index].span = {0, 0};
    frame.object = *index;
  }
  frames_.push_back(frame);
  if (closed) close_frame();
}

void XmlReader::close(std::string_view name) {
  const Tag tag = tag_of(name);
  if (!frames_.empty() && frames_.back().tag == tag) return close_frame();
  list_.anomaly("plist_bad_markup", at_);
  // A tag that was never closed: everything up to the element that this one closes. The search is short, so that a
  // list of unclosed and wrongly closed tags costs no square.
  constexpr std::size_t look_back = 16;
  for (std::size_t i = 1; i < std::min(frames_.size(), look_back); ++i) {
    if (frames_[frames_.size() - 1 - i].tag != tag) continue;
    for (std::size_t n = 0; n <= i; ++n) close_frame();
    return;
  }
}

void XmlReader::close_frame() {
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.tag == Tag::plist) return;
  if (frame.object == no_object) return waiting_.resize(frame.first);
  Object& object = list_.objects[frame.object];
  object.span.start = static_cast<std::uint32_t>(list_.refs.size());
  if (frame.tag == Tag::dict) {
    pair_up(frame);
    turn_into_uid(object);
  } else {
    list_.refs.insert(list_.refs.end(), waiting_.begin() + static_cast<std::ptrdiff_t>(frame.first), waiting_.end());
    object.span.count = static_cast<std::uint32_t>(waiting_.size() - frame.first);
  }
  waiting_.resize(frame.first);
  waiting_.push_back(frame.object);
}

// The children of a dictionary are keys and values in turn; a key without value or a value without key is dropped.
void XmlReader::pair_up(const Frame& frame) {
  Object& dict = list_.objects[frame.object];
  std::vector<std::uint32_t> values;
  for (std::size_t i = frame.first; i < waiting_.size(); ++i) {
    const bool pair = keys_[waiting_[i]] && i + 1 < waiting_.size() && !keys_[waiting_[i + 1]];
    if (!pair) {
      list_.anomaly("plist_unpaired", list_.objects[waiting_[i]].at);
      continue;
    }
    list_.refs.push_back(waiting_[i]);
    values.push_back(waiting_[++i]);
  }
  dict.span.count = static_cast<std::uint32_t>(values.size());
  list_.refs.insert(list_.refs.end(), values.begin(), values.end());
}

// <dict><key>CF$UID</key><integer>1</integer></dict> is how a reference inside a keyed archive is written in XML.
void XmlReader::turn_into_uid(Object& dict) {
  if (dict.span.count != 1 || list_.text_of(list_.refs[dict.span.start]) != "CF$UID") return;
  const Object& value = list_.objects[list_.refs[dict.span.start + 1]];
  if (value.type != Node::Type::integer || value.form != Form::plain || value.integer < 0) return;
  dict.type = Node::Type::uid;
  dict.uid = static_cast<std::uint64_t>(value.integer);
}

void XmlReader::leaf(Tag tag, std::size_t at, bool closed) {
  constexpr auto type_of = [](Tag t) {
    switch (t) {
      case Tag::yes:
      case Tag::no:
        return Node::Type::boolean;
      case Tag::data:
        return Node::Type::data;
      case Tag::date:
        return Node::Type::date;
      case Tag::integer:
        return Node::Type::integer;
      case Tag::real:
        return Node::Type::real;
      default:
        return Node::Type::text;
    }
  };
  const auto index = add(type_of(tag), at);
  if (!index) return;
  keys_[*index] = tag == Tag::key;
  const std::string_view text = closed ? std::string_view() : content(tag);
  set_xml_value(list_, list_.objects[*index], tag, text);
  if (list_.objects[*index].type != Node::Type::none) waiting_.push_back(*index);
}

// The text between a tag and its end: a part of the input where it holds no markup, or else of buffer_.
std::string_view XmlReader::content(Tag tag) {
  const std::size_t begin = at_;
  const std::size_t stop = std::min(text_.find_first_of("<&", at_), text_.size());
  buffer_.assign(text_.substr(begin, stop - begin));
  bool plain = true;
  at_ = stop;
  while (at_ < text_.size()) {
    if (text_[at_] == '&') {
      append_entity(buffer_);
    } else if (starts("<![CDATA[")) {
      at_ += 9;
      const std::size_t from = at_;
      const std::size_t end = text_.find("]]>", at_);
      skip_behind("]]>");
      buffer_.append(text_.substr(from, end == std::string_view::npos ? end : end - from));
    } else if (starts("<!--")) {
      skip_behind("-->");
    } else {
      break;
    }
    plain = false;
    const std::size_t next = std::min(text_.find_first_of("<&", at_), text_.size());
    buffer_.append(text_.substr(at_, next - at_));
    at_ = next;
  }
  if (at_ == text_.size()) {
    list_.anomaly("plist_truncated", at_);
  } else if (starts("</")) {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n<>", at_ + 2), text_.size());
    if (tag_of(text_.substr(at_ + 2, end - at_ - 2)) == tag) {
      at_ = end;
      bool closed = false;
      skip_tag_rest(closed);
    } else {
      list_.anomaly("plist_bad_markup", at_);
    }
  } else {
    list_.anomaly("plist_bad_markup", at_);
  }
  return plain ? text_.substr(begin, stop - begin) : std::string_view(buffer_);
}

// At '&'. The five entities of XML and character numbers; any other is left as it stands, because nothing declares it.
void XmlReader::append_entity(std::string& out) {
  constexpr std::pair<std::string_view, char> known[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (const auto& [name, character] : known) {
    if (!starts(name)) continue;
    out.push_back(character);
    at_ += name.size();
    return;
  }
  if (starts("&#")) {
    const bool hex = text_.substr(at_).starts_with("&#x") || text_.substr(at_).starts_with("&#X");
    const char* from = text_.data() + at_ + (hex ? 3 : 2);
    std::uint32_t number = 0;
    const auto [end, problem] = std::from_chars(from, text_.data() + text_.size(), number, hex ? 16 : 10);
    if (problem == std::errc() && end < text_.data() + text_.size() && *end == ';') {
      append_utf8(out, number);
      at_ = static_cast<std::size_t>(end - text_.data()) + 1;
      return;
    }
  }
  list_.anomaly("plist_bad_entity", at_);
  out.push_back(text_[at_++]);
}

}  // namespace

Result<void> read_xml(List& list, const PlistLimits& limits) {
  const std::string_view start = as_text(list.input.first(std::min<std::size_t>(list.input.size(), 3)));
  const bool little = start.starts_with("\xff\xfe");
  if (little || start.starts_with("\xfe\xff")) {
    list.converted = little ? utf16le_to_utf8(list.input.subspan(2)) : utf16be_to_utf8(list.input.subspan(2));
    list.input = as_bytes(list.converted);
  } else if (start == "\xef\xbb\xbf") {
    list.input = list.input.subspan(3);
  }
  const std::string_view text = trim(as_text(list.input));
  if (text.empty()) return error(Fault::truncated, "property list is empty", 0);
  if (text.front() != '<') return error(Fault::malformed, "not a property list", 0);
  XmlReader(list, limits).read();
  if (list.root == no_object) return error(Fault::malformed, "XML without a property list", 0);
  cut_cycles(list, limits.depth);
  return {};
}

}  // namespace testudo::plist_detail
