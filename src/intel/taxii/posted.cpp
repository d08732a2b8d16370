#include "intel/taxii/posted.h"

#include <algorithm>
#include <utility>

#include <simdjson.h>

#include "base/descriptor.h"
#include "base/text.h"
#include "intel/feed/json_fields.h"
#include "intel/feed/json_parse.h"
#include "intel/feed/json_scan.h"

namespace testudo {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t longest_type = 250;  // STIX 2.1, 3.1

bool is_type(std::string_view type) {
  return type.size() >= 3 && type.size() <= longest_type &&
         std::ranges::all_of(type, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_spec_version(std::string_view text) {
  return text.size() == 3 && text[0] >= '0' && text[0] <= '9' && text[1] == '.' && text[2] >= '0' && text[2] <= '9';
}

// The version of an object: modified, else created. False where that is something else than a time.
bool read_version(object from, PostedObject& into) {
  for (const std::string_view key : {"modified", "created"}) {
    element value;
    if (from[key].get(value) != simdjson::SUCCESS) continue;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS || text.size() < 20 || text[10] != 'T') return false;
    into.version = parse_rfc3339(text);
    into.version_text = text;
    return into.version.has_value();
  }
  return true;
}

std::string read_fields(object from, PostedObject& into) {
  into.id = json_text(from, "id").substr(0, 2 * longest_type);
  into.type = json_text(from, "type").substr(0, longest_type + 1);
  if (!is_type(into.type)) return "the object has no valid type";
  if (into.type == "bundle") return "a bundle is not an object; send what it holds";
  if (!is_stix_id(into.id, into.type)) return "the id is not the object's type, two dashes and a UUID";
  if (!read_version(from, into)) return "modified, or created where it is absent, is not a time";
  element spec;
  if (from["spec_version"].get(spec) != simdjson::SUCCESS) {
    // STIX 2.0 objects have no such property, but have created; observables of 2.1 may lack both.
    into.spec_version = into.version ? "2.0" : "2.1";
    return {};
  }
  into.spec_version = json_text(from, "spec_version").substr(0, 16);
  return is_spec_version(into.spec_version) ? "" : "spec_version is not a version of STIX";
}

// The id of an object that cannot be parsed, so that its sender knows which one is meant; empty if it has none.
std::string spelled_id(std::string_view json) {
  if (!json.starts_with('{')) return {};
  for (std::size_t at = skip_json_space(json, 1); at < json.size() && json[at] == '"';) {
    const JsonSpan key = scan_json(json, at);
    const std::size_t colon = skip_json_space(json, key.until);
    if (key.end != JsonSpan::End::whole || colon >= json.size() || json[colon] != ':') return {};
    const std::size_t begin = skip_json_space(json, colon + 1);
    const JsonSpan value =
        begin < json.size() ? scan_json(json, begin) : JsonSpan{JsonSpan::End::truncated, 0, 0, 0, {}};
    if (value.end != JsonSpan::End::whole) return {};
    if (json.substr(at, key.until - at) == "\"id\"") {
      const std::string_view text = json.substr(begin + 1, value.until - begin - 2);
      const std::string_view type = text.substr(0, text.find("--"));
      return json[begin] == '"' && is_type(type) && is_stix_id(text, type) ? std::string(text) : std::string();
    }
    at = skip_json_space(json, value.until);
    if (at < json.size() && json[at] == ',') at = skip_json_space(json, at + 1);
  }
  return {};
}

std::string_view why_unparsed(simdjson::error_code code) {
  switch (code) {
    case simdjson::NUMBER_ERROR:
      return "a number is malformed";
    case simdjson::STRING_ERROR:
      return "a text holds an escape that is no character, such as half of a surrogate pair";
    case simdjson::UTF8_ERROR:
      return "a text is not UTF-8";
    case simdjson::DEPTH_ERROR:
      return "it is nested too deeply";
    case simdjson::INCORRECT_TYPE:
      return "this is not a JSON object";
    default:
      return "this is not JSON";
  }
}

PostedObject read_one(std::string_view json, simdjson::dom::parser& parser, const PostLimits& limits) {
  PostedObject one;
  if (json.size() > limits.object_octets) {
    one.id = spelled_id(json);
    one.failure = "the object is too large";
    return one;
  }
  simdjson::dom::element root;
  object from;
  auto code = parse_json(parser, json, root);
  if (code == simdjson::SUCCESS) code = root.get(from);
  if (code != simdjson::SUCCESS) {
    one.id = spelled_id(json);
    one.failure = why_unparsed(code);
    return one;
  }
  one.failure = read_fields(from, one);
  if (one.failure.empty()) one.json = json;
  return one;
}

Error no_envelope(std::string_view why) { return error(Fault::malformed, why); }

Result<std::size_t> begin_of_envelope(std::string_view body) {
  const std::size_t begin = skip_json_space(body, 0);
  if (begin >= body.size() || body[begin] != '{') return no_envelope("the body is not a JSON object");
  const JsonSpan whole = scan_json(body, begin);
  if (whole.end != JsonSpan::End::whole || skip_json_space(body, whole.until) != body.size())
    return no_envelope("the body is not one JSON text");
  return begin;
}

// A file, as far as it is looked at: what was used goes, the next piece comes behind it.
class Piecewise {
 public:
  static Result<Piecewise> open(int fd) {
    Piecewise made;
    made.fd_ = fd;
    made.size_ = TRY(size_of(fd));
    return made;
  }
  std::string_view text() const { return text_; }
  void drop(std::size_t octets) { text_.erase(0, octets); }
  // False where there is no more.
  Result<bool> more() {
    const std::size_t piece = std::min<std::uint64_t>(1U << 20, size_ - read_), had = text_.size();
    text_.resize(had + piece);
    TRY(read_exactly(fd_, read_, {reinterpret_cast<std::uint8_t*>(text_.data()) + had, piece}));
    read_ += piece;
    return piece != 0;
  }

 private:
  int fd_ = -1;
  std::uint64_t size_ = 0, read_ = 0;
  std::string text_;
};

// Goes on to what stands behind the '[' of the array of objects.
Result<void> enter_list(Piecewise& file) {
  const Error none = no_envelope("the body has no array named objects");
  while (TRY(file.more())) {
    const std::size_t begin = skip_json_space(file.text(), 0);
    if (begin == file.text().size()) continue;
    if (file.text()[begin] != '{') return none;
    const JsonSpan list = scan_json(file.text(), begin, "objects");
    if (list.end == JsonSpan::End::list) {
      file.drop(list.until + 1);
      return {};
    }
    if (list.end != JsonSpan::End::truncated) return none;
  }
  return none;
}

// The elements of the array that begins at `at`.
Result<std::vector<PostedObject>> read_list(std::string_view body, std::size_t at, const PostLimits& limits) {
  simdjson::dom::parser parser;
  if (parser.allocate(1024, limits.depth) != simdjson::SUCCESS) return error(Fault::limit, "no memory");
  std::vector<PostedObject> objects;
  for (at = skip_json_space(body, at + 1); at < body.size() && body[at] != ']';) {
    const JsonSpan one = scan_json(body, at);
    if (one.end != JsonSpan::End::whole) return no_envelope("the array of objects is broken");
    if (objects.size() == limits.objects) return error(Fault::limit, "too many objects in one request");
    objects.push_back(read_one(body.substr(at, one.until - at), parser, limits));
    at = skip_json_space(body, one.until);
    if (at < body.size() && body[at] == ',') at = skip_json_space(body, at + 1);
  }
  return objects;
}

}  // namespace

bool is_stix_id(std::string_view id, std::string_view type) {
  return id.size() == type.size() + 38 && id.starts_with(type) && id.substr(type.size(), 2) == "--" &&
         is_uuid(id.substr(type.size() + 2));
}

Result<std::vector<PostedObject>> read_posted_objects(std::string_view body, const PostLimits& limits) {
  const std::size_t begin = TRY(begin_of_envelope(body));
  const JsonSpan list = scan_json(body, begin, "objects");
  if (list.end != JsonSpan::End::list) return no_envelope("the body has no array named objects");
  return read_list(body, list.until, limits);
}

Result<void> each_posted_object(int fd, const PostLimits& limits, const PostedUse& use) {
  const Error broken = no_envelope("the array of objects is broken");
  simdjson::dom::parser parser;
  if (parser.allocate(1024, limits.depth) != simdjson::SUCCESS) return error(Fault::limit, "no memory");
  Piecewise file = TRY(Piecewise::open(fd));
  TRY(enter_list(file));
  for (std::size_t at = 0;;) {
    const std::string_view text = file.text();
    at = skip_json_space(text, at);
    if (at < text.size() && text[at] == ',') at = skip_json_space(text, at + 1);
    if (at < text.size() && text[at] == ']') return {};
    const JsonSpan one = at < text.size() ? scan_json(text, at) : JsonSpan{JsonSpan::End::truncated, at, 0, 0, {}};
    if (one.end == JsonSpan::End::broken) return broken;
    if (one.end == JsonSpan::End::whole && one.until < text.size()) {
      TRY(use(read_one(text.substr(at, one.until - at), parser, limits)));
      at = one.until;
      continue;
    }
    if (text.size() - at > limits.object_octets) return error(Fault::limit, "an object is too large");
    file.drop(std::exchange(at, 0));
    if (!TRY(file.more())) return broken;
  }
}

Result<Envelope> read_envelope(std::string_view body, const PostLimits& limits) {
  const std::size_t begin = TRY(begin_of_envelope(body));
  Envelope envelope;
  std::string outside(body);
  const JsonSpan list = scan_json(body, begin, "objects");
  if (list.end == JsonSpan::End::list) {
    envelope.objects = TRY(read_list(body, list.until, limits));
    const JsonSpan whole = scan_json(body, list.until);
    outside.replace(list.until, whole.until - list.until, "[]");
  }
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  simdjson::dom::element root;
  if (parser.allocate(1024, limits.depth) != simdjson::SUCCESS ||
      parse_json(parser, outside, root) != simdjson::SUCCESS || root.get(object) != simdjson::SUCCESS)
    return no_envelope("the members beside the objects are broken");
  envelope.more = json_flag(object, "more").value_or(false);
  envelope.next = json_text(object, "next");
  if (const auto number = json_number(object, "next"); envelope.next.empty() && number)
    envelope.next = std::to_string(*number);
  return envelope;
}

}  // namespace testudo
