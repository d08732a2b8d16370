// JSON dumps: one object a line, an array of objects, or one object over many lines.
#include <array>

#include "intel/feed/json_parse.h"
#include "intel/feed/json_scan.h"
#include "intel/hunt/hunt_file.h"
#include "intel/hunt/json_shapes.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t largest_object = 64U << 20, deepest = 64;

using Shape = bool (*)(dom::object, const HuntReceiver&);
constexpr std::array<Shape, 6> shapes = {read_certificate_object, read_passive_dns_object, read_scan_object,
                                         read_rdap_object,        read_zeek_dns_object,    read_dns_log_object};

class JsonReader : public HuntReader {
 public:
  JsonReader(const HuntReceiver& use, HuntNotes& notes) : use_(use), notes_(notes) {
    const auto fault = parser_.allocate(1U << 20, deepest);
    static_cast<void>(fault);  // the first parse says it again
  }

  std::size_t read(std::string_view text, std::uint64_t begin, bool last) override {
    begin_ = begin;
    for (std::size_t at = find_json_object(text, 0); at != std::string_view::npos;) {
      const JsonSpan span = scan_json(text, at);
      std::size_t next = span.until;
      if (span.end == JsonSpan::End::truncated && !last) return at;
      if (span.end == JsonSpan::End::whole) {
        object(text.substr(at, span.until - at), at);
      } else {
        notes_.add(span.end == JsonSpan::End::truncated ? "truncated" : "malformed_json", begin + at);
        next = text.find('\n', at);  // what follows a broken object begins on a line of its own
      }
      if (next >= text.size()) return text.size();
      at = find_json_object(text, std::max(next, at + 1));
    }
    // A brace with nothing behind it yet may be an object's.
    const std::size_t brace = last ? std::string_view::npos : text.rfind('{');
    return brace != std::string_view::npos && skip_json_space(text, brace + 1) >= text.size() ? brace : text.size();
  }

 private:
  void object(std::string_view text, std::size_t at) {
    if (text.size() > largest_object) return notes_.add("object_too_large", begin_ + at);
    dom::element root;
    dom::object found;
    if (parse_json(parser_, text, root) != simdjson::SUCCESS || root.get(found) != simdjson::SUCCESS)
      return notes_.add("malformed_json", begin_ + at);
    if (!any_shape(found) && !answer(found, at, 0)) notes_.add("object_unknown", begin_ + at);
  }

  // What the interfaces of Shodan, Censys and others put around their records: {"matches":[…]},
  // {"result":{"hits":[…]}}. False if there is nothing of the kind.
  bool answer(dom::object around, std::size_t at, unsigned depth) {
    constexpr unsigned most_wrappers = 3;
    if (depth == most_wrappers) return false;
    for (const std::string_view key : {"matches", "hits", "results", "result", "data", "domainSearchResults"}) {
      dom::element inside;
      if (around[key].get(inside) != simdjson::SUCCESS) continue;
      dom::object one;
      if (inside.get(one) == simdjson::SUCCESS && (any_shape(one) || answer(one, at, depth + 1))) return true;
      dom::array all;
      if (inside.get(all) != simdjson::SUCCESS) continue;
      for (const dom::element item : all)
        if (item.get(one) != simdjson::SUCCESS || !any_shape(one)) notes_.add("object_unknown", begin_ + at);
      return true;
    }
    return false;
  }

  bool any_shape(dom::object found) {
    // Most files hold one shape: the one that fitted last is tried first.
    if (shapes[last_](found, use_)) return true;
    for (std::size_t i = 0; i < shapes.size(); ++i)
      if (i != last_ && shapes[i](found, use_)) return last_ = i, true;
    return false;
  }

  const HuntReceiver& use_;
  HuntNotes& notes_;
  dom::parser parser_;
  std::size_t last_ = 0;
  std::uint64_t begin_ = 0;  // of what is read now, in the file
};

bool looks_like_json(std::string_view head) {
  std::size_t at = skip_json_space(head, head.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  if (at < head.size() && head[at] == '[') at = skip_json_space(head, at + 1);
  return at < head.size() && head[at] == '{';
}

}  // namespace

const HuntFormat hunt_json_format = {"json", looks_like_json, open_reader<JsonReader>};

}  // namespace testudo
