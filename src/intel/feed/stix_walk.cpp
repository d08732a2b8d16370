// The walk over a feed's text: roots, lists of objects, objects; and what to do where they break.
#include "intel/feed/stix_walk.h"

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/json_parse.h"
#include "intel/feed/stix_markings.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t object_limit = std::size_t{16} << 20;
constexpr std::size_t depth_limit = 1000;
constexpr std::size_t pending_limit = 1000;
constexpr std::size_t release_step = std::size_t{4} << 20;
constexpr int nesting_limit = 8;
constexpr int cut_limit = 16;

std::string place(std::size_t at) { return "octet " + std::to_string(at); }

// The string behind the first `"id":` of a text that is no JSON, to name it by.
std::string_view guessed_id(std::string_view text) {
  constexpr std::string_view key = "\"id\"";
  std::size_t at = text.find(key);
  if (at == std::string_view::npos) return {};
  at = skip_json_space(text, at + key.size());
  if (at >= text.size() || text[at] != ':') return {};
  at = skip_json_space(text, at + 1);
  if (at >= text.size() || text[at] != '"') return {};
  const std::size_t end = OctetSet("\"\\\n").find_in(text, at + 1);
  return end == text.size() || text[end] != '"' ? std::string_view{} : text.substr(at + 1, end - at - 1);
}

// The last place of a key that holds an underscore, which is rare in JSON: std::string_view::rfind compares the key at
// every octet.
std::size_t last_place(std::string_view text, std::string_view key) {
  const std::size_t mark = key.rfind('_');
  for (std::size_t size = text.size();;) {
    const void* found = ::memrchr(text.data(), '_', size);
    if (found == nullptr) return std::string_view::npos;
    size = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
    if (size >= mark && text.substr(size - mark).starts_with(key)) return size - mark;
  }
}

}  // namespace

Result<void> StixWalk::run() {
  intake_.set_look_ahead([this] {
    find_objects(text_, reading_, "marking-definition",
                 [this](const StixObject& marking) { intake_.foresee(marking); });
  });
  if (text_.find("\"sighting\"") != std::string_view::npos)
    find_objects(text_, 0, "sighting", [this](const StixObject& sighting) { intake_.foresee_sighting(sighting); });
  while (!given_up_) {
    at_ = skip_json_space(text_, at_);
    if (at_end()) break;
    TRY(root());
    release();
  }
  if (!accepted_) return first_error_ ? *first_error_ : error(Fault::unsupported, "JSON, but not STIX");
  if (!readable_ && first_error_) return *first_error_;
  return {};
}

// One text of JSON after the other: bundles, lists, objects line by line.
Result<void> StixWalk::root() {
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with("\xEF\xBB\xBF")) {
    at_ += 3;
    return {};
  }
  if (rest[0] == '\x1E') {  // between the texts of a JSON sequence (RFC 7464)
    ++at_;
    return {};
  }
  if (rest[0] == '{') {
    object(true);
  } else if (rest[0] == '[') {
    elements();
    if (accepted_) intake_.note_once("not_a_bundle", "objects without a bundle around them");
  } else if (!any_root_) {
    return error(Fault::malformed, "not JSON", at_);
  } else {
    wrong(Fault::malformed, "not_json", place(at_), at_, at_);
    resume(at_ + 1);
  }
  any_root_ = true;
  return {};
}

void StixWalk::object(bool is_root) {
  JsonSpan span = scan_json(text_, at_, "objects");
  if (span.end == JsonSpan::End::list) {
    if ((is_root || span.type == "bundle") && nesting_ < nesting_limit) return container(span);
    span = scan_json(text_, at_);
  }
  if (span.end != JsonSpan::End::whole) return broken(span);
  const std::string_view whole = text_.substr(at_, span.until - at_);
  at_ = span.until;
  if (span.type == "bundle") {
    accept();
    wrong(Fault::malformed, "bundle_without_objects", "", at_ - whole.size(), at_);
    return;
  }
  keep(whole, span.depth);
  if (is_root && accepted_) intake_.note_once("not_a_bundle", "objects without a bundle around them");
}

void StixWalk::container(const JsonSpan& span) {
  const bool bundle = span.type == "bundle";
  reading_ = at_;
  at_ = span.until;
  if (bundle) accept();
  const std::optional<Tlp> outer = enter(text_.substr(reading_, at_ - reading_));
  ++nesting_;
  elements();
  rest_of_container(bundle);
  --nesting_;
  intake_.leave_container(outer);
}

// The end of the feed from the container's markings on, where it has any behind its objects: the objects need them.
std::string_view StixWalk::markings_behind() {
  constexpr std::size_t looked_at = std::size_t{64} << 10;
  const std::string_view tail = text_.substr(text_.size() - std::min(text_.size(), looked_at));
  dom::element parsed;
  std::string_view spelled;
  for (const std::string_view key : {"\"object_marking_refs\"", "\"granular_markings\""}) {
    const std::size_t at = last_place(tail, key);
    // Members of the container alone end with its brace; those of an object in it have more behind them.
    if (at != std::string_view::npos && parse("{" + std::string(tail.substr(at)), parsed, spelled))
      return tail.substr(at);
  }
  return {};
}

// Of the members around the list of objects only markings count; STIX knows none there, but they would be meant.
std::optional<Tlp> StixWalk::enter(std::string_view head) {
  dom::element parsed;
  std::string_view spelled;
  dom::object members;
  const std::string_view behind = nesting_ == 0 ? markings_behind() : std::string_view{};
  marked_behind_ |= !behind.empty();
  const bool marked =
      !behind.empty() || (head.find("_marking") != std::string_view::npos && head.size() < object_limit);
  const std::string whole = std::string(head) + (behind.empty() ? "[]}" : "[]," + std::string(behind));
  if (!marked || !parse(whole, parsed, spelled) || parsed.get(members) != simdjson::SUCCESS)
    return intake_.enter_container({});
  return intake_.enter_container(stix_object(members));
}

// The members behind the list of objects, up to the brace that ends the container.
void StixWalk::rest_of_container(bool bundle) {
  while (!given_up_) {
    at_ = skip_json_space(text_, at_);
    if (at_end()) {
      cut();
      break;
    }
    if (text_[at_] == '}') {
      ++at_;
      break;
    }
    if (text_[at_] != ',') {
      wrong(Fault::malformed, "broken_container", place(at_), at_, at_);
      break;
    }
    ++at_;
    const std::optional<bool> says_bundle = member_of_container();
    if (!says_bundle) break;
    if (*says_bundle && !bundle) accept();
    bundle |= *says_bundle;
  }
  if (!bundle && accepted_) intake_.note_once("not_a_bundle", "objects without a bundle around them");
}

// Whether the member says that this is a bundle; nothing if there is no member here.
std::optional<bool> StixWalk::member_of_container() {
  const std::size_t key = skip_json_space(text_, at_);
  const JsonSpan name = scan_json(text_, key);
  const std::size_t colon = name.end == JsonSpan::End::whole ? skip_json_space(text_, name.until) : text_.size();
  if (colon >= text_.size() || text_[colon] != ':' || text_[key] != '"') {
    colon >= text_.size() ? cut() : wrong(Fault::malformed, "broken_container", place(key), key, key);
    return std::nullopt;
  }
  at_ = skip_json_space(text_, colon + 1);
  const std::string_view word = text_.substr(key, name.until - key);
  if (word == "\"objects\"" && !at_end() && text_[at_] == '[') {
    elements();
    return false;
  }
  const JsonSpan value = scan_json(text_, at_);
  if (value.end != JsonSpan::End::whole) {
    broken(value);
    return std::nullopt;
  }
  if (!marked_behind_ && (word == "\"object_marking_refs\"" || word == "\"granular_markings\""))
    intake_.note_once("unknown_marking", "of a bundle, behind its objects");
  const bool says_bundle = word == "\"type\"" && text_.substr(at_, value.until - at_) == "\"bundle\"";
  at_ = value.until;
  return says_bundle;
}

// From the '[' to behind the ']'. A missing or doubled comma costs nothing.
void StixWalk::elements() {
  ++at_;
  bool comma = true;
  while (!given_up_) {
    at_ = skip_json_space(text_, at_);
    if (at_end()) return lost_ ? void() : cut();
    const char c = text_[at_];
    if (c == ']') {
      ++at_;
      return;
    }
    if (c == ',') {
      if (comma && !resumed_) intake_.note_once("misplaced_comma", "");
      comma = true;
      resumed_ = false;
      ++at_;
      continue;
    }
    if (!comma && !resumed_) intake_.note_once("missing_comma", "");
    comma = resumed_ = false;
    element();
    release();
  }
}

void StixWalk::element() {
  if (text_[at_] == '{') return object(false);
  const JsonSpan span = scan_json(text_, at_);
  if (span.end != JsonSpan::End::whole) return broken(span);
  const std::string_view whole = text_.substr(at_, span.until - at_);
  at_ = span.until;
  keep(whole, span.depth);
}

void StixWalk::cut() {
  if (!lost_) wrong(Fault::truncated, "truncated", place(text_.size()), at_, text_.size());
  lost_ = true;
  at_ = text_.size();
}

void StixWalk::broken(const JsonSpan& span) {
  if (span.end == JsonSpan::End::truncated) {
    // The end of the feed may be far behind the object that lacks its own: what it seems to hold may stand by itself.
    if (cuts_++ >= cut_limit) return cut();
    wrong(Fault::truncated, "truncated", place(text_.size()), at_, text_.size());
    return resume(at_ + 1);
  }
  wrong(Fault::malformed, "broken_object", place(span.until), at_, span.until);
  resume(std::max(at_ + 1, std::min(span.string, span.until)));
  // Behind it comes no other object, nor the end of the list: zeros, for one, in place of the second half.
  const std::size_t last = text_.find_last_not_of(" \t\r\n");
  if (lost_ && nesting_ > 0 && text_[last] != '}' && text_[last] != ']')
    wrong(Fault::truncated, "truncated", place(text_.size()), text_.size(), text_.size());
}

// Goes on with the next text that is an object of STIX or a bundle. Every text that is tried is left behind, so that
// the whole search is linear.
void StixWalk::resume(std::size_t from) {
  resumed_ = true;
  while ((at_ = find_json_object(text_, from)) != std::string_view::npos) {
    const JsonSpan span = scan_json(text_, at_, "objects");
    if (span.end == JsonSpan::End::list && span.type == "bundle") return;
    if (span.end == JsonSpan::End::whole && looks_like_stix(text_.substr(at_, span.until - at_))) return;
    if (span.end == JsonSpan::End::truncated) break;
    from = span.end == JsonSpan::End::broken ? std::max(at_ + 1, std::min(span.string, span.until)) : span.until;
  }
  lost_ = true;
  at_ = text_.size();
}

void StixWalk::wrong(Fault fault, std::string_view defect, std::string_view value, std::size_t begin, std::size_t end) {
  const std::string_view text = text_.substr(begin, end - begin);
  if (!first_error_) first_error_ = error(fault, std::string(defect) + " at octet " + std::to_string(begin), begin);
  if (accepted_) intake_.note(guessed_id(text.substr(0, 4096)), defect, value);
}

// Until it is certain that the text is STIX, its objects wait: prose and other JSON shall not leave half a feed.
void StixWalk::keep(std::string_view object, std::size_t depth) {
  if (!accepted_ && looks_like_stix(object)) accept();
  if (accepted_) return read(object, depth);
  pending_.push_back({object, depth});
  given_up_ = pending_.size() > pending_limit;
}

void StixWalk::accept() {
  if (accepted_) return;
  accepted_ = true;
  for (const auto& [object, depth] : pending_) read(object, depth);
  pending_.clear();
}

bool StixWalk::looks_like_stix(std::string_view text) {
  dom::element parsed;
  std::string_view spelled;
  dom::object object;
  if (text.size() > object_limit || !parse(text, parsed, spelled) || parsed.get(object) != simdjson::SUCCESS)
    return false;
  const StixObject stix = stix_object(object);
  return !stix.type.empty() && stix.id.size() > stix.type.size() + 2 && stix.id.starts_with(stix.type) &&
         stix.id.substr(stix.type.size()).starts_with("--");
}

void StixWalk::read(std::string_view text, std::size_t depth) {
  const auto begin = static_cast<std::size_t>(text.data() - text_.data());
  const std::size_t end = begin + text.size();
  reading_ = begin;
  if (depth > depth_limit) return wrong(Fault::limit, "nested_too_deeply", place(begin), begin, end);
  if (text.size() > object_limit) return wrong(Fault::limit, "object_too_large", place(begin), begin, end);
  dom::element parsed;
  std::string_view spelled;
  if (!parse(text, parsed, spelled)) return wrong(Fault::malformed, "broken_object", place(begin), begin, end);
  readable_ = true;
  dom::object object;
  if (parsed.get(object) != simdjson::SUCCESS) return intake_.note("", "not_an_object", simdjson::minify(parsed));
  const StixObject stix = stix_object(object);
  if (spelled.data() != text.data()) intake_.note(stix.id, "not_utf8", place(begin));
  intake_.watch(stix, object);
  intake_.take(stix, spelled);
}

bool StixWalk::parse(std::string_view object, dom::element& parsed, std::string_view& spelled) {
  spelled = object;
  const simdjson::error_code code = parse_padded(object, parsed);
  return code == simdjson::SUCCESS || (code == simdjson::UTF8_ERROR && parse_with_latin_1(object, parsed, spelled));
}

// Octets that are no UTF-8 are read as Latin-1, which is what they mostly are; but never in what is compared: a pattern
// or id with such octets is broken.
bool StixWalk::parse_with_latin_1(std::string_view object, dom::element& parsed, std::string_view& spelled) {
  mended_.clear();
  for (std::string_view rest = object; !rest.empty();) {
    const CodePoint next = decode_utf8(rest);
    if (next.valid)
      mended_ += rest.substr(0, next.size);
    else
      for (const char c : rest.substr(0, next.size)) append_utf8(mended_, static_cast<unsigned char>(c));
    rest.remove_prefix(next.size);
  }
  if (parse_padded(mended_, parsed) != simdjson::SUCCESS) return false;
  spelled = mended_;
  dom::object members;
  if (parsed.get(members) != simdjson::SUCCESS) return true;
  const StixObject stix = stix_object(members);
  for (const std::string_view exact : {stix.id, stix.pattern, stix.type, stix.source_ref, stix.target_ref})
    if (!is_ascii(exact) && object.find(exact) == std::string_view::npos) return false;
  return true;
}

// In place where enough of the text follows, as simdjson reads a little beyond the end.
simdjson::error_code StixWalk::parse_padded(std::string_view object, dom::element& parsed) {
  const bool inside = object.data() >= text_.data() && object.data() <= text_.data() + text_.size();
  const std::size_t behind = inside ? static_cast<std::size_t>(text_.data() + text_.size() - object.data()) : 0;
  if (inside && behind >= object.size() + simdjson::SIMDJSON_PADDING)
    return parse_long_integers(parser_.parse(object.data(), object.size(), false).get(parsed), parser_, object, parsed);
  padded_.assign(object);
  padded_.append(simdjson::SIMDJSON_PADDING, ' ');
  const std::string_view copy = std::string_view(padded_).substr(0, object.size());
  return parse_long_integers(parser_.parse(copy.data(), copy.size(), false).get(parsed), parser_, copy, parsed);
}

void StixWalk::release() {
  if (!accepted_ || at_ - released_ < release_step) return;
  released_ = at_;
  const std::string_view own = feed_.text;
  if (text_.data() < own.data() || text_.data() > own.data() + own.size()) return;
  feed_.done_until(static_cast<std::size_t>(text_.data() - own.data()) + at_);
}

}  // namespace testudo
