// JSON as feeds write it: numbers in quotes, booleans as numbers.
#include "intel/feed/json_fields.h"

#include <charconv>

#include "base/json_text.h"
#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/json_mend.h"
#include "intel/feed/json_parse.h"
#include "intel/feed/json_scan.h"

namespace testudo {
namespace {

constexpr std::size_t file_limit = std::size_t{1} << 30;

using Member = std::optional<simdjson::dom::element>;

Member member_of(simdjson::dom::object object, std::string_view key) {
  simdjson::dom::element element;
  return object.at_key(key).get(element) == simdjson::SUCCESS ? Member(element) : std::nullopt;
}

// The list of the values that stand one after another: JSON lines, or objects that are spelled over several lines.
// Nothing for another text.
std::optional<std::string> list_of_values(std::string_view text) {
  const std::size_t begin = skip_json_space(text, 0);
  if (begin >= text.size() || text[begin] != '{') return std::nullopt;
  const JsonSpan first = scan_json(text, begin);
  std::size_t at = skip_json_space(text, first.until);
  const bool follows = first.end == JsonSpan::End::whole && at < text.size() && text[at] == '{' &&
                       text.substr(first.until, at - first.until).find('\n') != std::string_view::npos;
  if (!follows) return std::nullopt;
  std::string list = "[";
  list.reserve(text.size() + text.size() / 64);
  list.append(text.substr(begin, first.until - begin));
  while (at < text.size()) {
    const JsonSpan span = scan_json(text, at);
    if (span.end != JsonSpan::End::whole) break;
    list.append(",\n").append(text.substr(at, span.until - at));
    at = skip_json_space(text, span.until);
  }
  // Behind a broken value the next one begins with a line that nothing indents.
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    constexpr OctetSet inside(" \t}]");
    if (!trim(line).empty()) list.append(inside.has(line[0]) ? "\n" : ",\n").append(trim(line));
    at = end + 1;
  }
  return list.append("]");
}

// The list of the objects that are whole, the outermost of each; empty where there is none. Looks at an octet a limited
// number of times, however deep what is broken is nested.
std::string whole_objects(std::string_view text) {
  constexpr std::size_t looks = 16;
  std::size_t left = text.size() * looks;
  std::string list;
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  for (std::size_t at = 0; (at = find_json_object(text, at)) != std::string_view::npos;) {
    const JsonSpan span = scan_json(text, at);
    const std::size_t looked = span.until - at;
    if (looked > left) break;
    left -= looked;
    const std::string_view object = text.substr(at, looked);
    const bool whole = span.end == JsonSpan::End::whole && parse_json(parser, object, element) == simdjson::SUCCESS;
    if (whole) list.append(list.empty() ? "[" : ",").append(object);
    at = whole ? span.until : at + 1;
  }
  return list.empty() ? list : list.append("]");
}

}  // namespace

std::string json_without(simdjson::dom::object object, std::initializer_list<std::string_view> names) {
  std::string text;
  JsonText json(text);
  json.object();
  for (const simdjson::dom::key_value_pair member : object)
    if (std::ranges::find(names, member.key) == names.end()) json.key(member.key).raw(simdjson::minify(member.value));
  json.end();
  return text;
}

bool begins_like_json(const FeedHead& head) {
  const std::size_t begin = skip_json_space(head.text(), 0);
  return begin < head.text().size() && (head.text()[begin] == '{' || head.text()[begin] == '[');
}

bool has_json_key(const FeedHead& head, std::string_view word) {
  const std::string_view text = head.text();
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos;) {
    at = skip_json_space(text, at + word.size());
    if (at < text.size() && text[at] == ':') return true;
  }
  return false;
}

std::string_view json_text(const Member& member) {
  std::string_view text;
  return member && member->get(text) == simdjson::SUCCESS ? text : std::string_view{};
}
std::string_view json_text(simdjson::dom::object object, std::string_view key) {
  return json_text(member_of(object, key));
}

std::optional<std::int64_t> json_number(const Member& member) {
  if (!member) return std::nullopt;
  std::int64_t number = 0;
  if (member->get(number) == simdjson::SUCCESS) return number;
  const std::string_view text = json_text(member);
  if (text.empty()) return std::nullopt;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> json_number(simdjson::dom::object object, std::string_view key) {
  return json_number(member_of(object, key));
}

std::optional<bool> json_flag(const Member& member) {
  bool flag = false;
  if (member && member->get(flag) == simdjson::SUCCESS) return flag;
  const std::string_view text = json_text(member);
  if (text == "true" || text == "false") return text == "true";
  if (const auto number = json_number(member)) return *number != 0;
  return std::nullopt;
}
std::optional<bool> json_flag(simdjson::dom::object object, std::string_view key) {
  return json_flag(member_of(object, key));
}

std::optional<simdjson::dom::array> json_array(const Member& member) {
  simdjson::dom::array array;
  if (!member || member->get(array) != simdjson::SUCCESS) return std::nullopt;
  return array;
}
std::optional<simdjson::dom::array> json_array(simdjson::dom::object object, std::string_view key) {
  return json_array(member_of(object, key));
}

Result<void> open_json(const FeedText& feed, FeedNotes& notes, JsonFeed& out, BrokenJson broken) {
  std::string owned;
  return open_json(TRY(feed_utf8(feed, owned, notes)), notes, out, broken);
}

Result<void> open_json(std::string_view text, FeedNotes& notes, JsonFeed& out, BrokenJson broken) {
  if (text.size() > file_limit) return error(Fault::limit, "JSON above 1 GiB");
  if (parse_json(out.parser, text, out.root) == simdjson::SUCCESS) return {};
  const std::optional<std::string> list = list_of_values(text);
  if (list && parse_json(out.parser, *list, out.root) == simdjson::SUCCESS) return {};
  if (list) text = *list;
  out.mended = true;
  const std::optional<std::string> mended = mended_json(text, notes);
  if (mended && parse_json(out.parser, *mended, out.root) == simdjson::SUCCESS) return {};
  const std::string objects = broken == BrokenJson::take_objects ? whole_objects(text) : std::string();
  if (objects.empty() || parse_json(out.parser, objects, out.root) != simdjson::SUCCESS)
    return error(Fault::malformed, "no JSON");
  out.apart = true;
  notes.add("", "malformed_json", "");
  return {};
}

}  // namespace testudo
