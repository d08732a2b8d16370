// A scan for the ends of objects, by which only those of one type are parsed.
#include "intel/feed/stix_markings.h"

#include <algorithm>
#include <string>

#include "intel/feed/json_parse.h"
#include "intel/feed/json_scan.h"

namespace testudo {
namespace {

constexpr std::size_t object_limit = std::size_t{16} << 20;
constexpr int cut_limit = 16;

class ObjectParser {
 public:
  void tell_of(std::string_view object, const std::function<void(const StixObject&)>& tell) {
    padded_.assign(object);
    simdjson::dom::object members;
    if (parse(members)) return tell(stix_object(members));
    // Octets that are no UTF-8 stand in words for people; ids and levels are ASCII.
    std::ranges::replace_if(padded_, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    if (parse(members)) tell(stix_object(members));
  }

 private:
  bool parse(simdjson::dom::object& members) {
    simdjson::dom::element root;
    return parse_json(parser_, padded_, root) == simdjson::SUCCESS && root.get(members) == simdjson::SUCCESS;
  }

  simdjson::dom::parser parser_;
  std::string padded_;
};

}  // namespace

void find_objects(std::string_view text, std::size_t from, std::string_view type,
                  const std::function<void(const StixObject&)>& tell) {
  ObjectParser parser;
  int cuts = 0;
  for (std::size_t at = from; (at = find_json_object(text, at)) != std::string_view::npos;) {
    const JsonSpan span = scan_json(text, at, "objects");
    switch (span.end) {
      case JsonSpan::End::list:
        at = span.until;
        break;
      case JsonSpan::End::whole:
        if (span.type == type && span.until - at <= object_limit)
          parser.tell_of(text.substr(at, span.until - at), tell);
        at = span.until;
        break;
      case JsonSpan::End::broken:
        at = std::max(at + 1, std::min(span.string, span.until));
        break;
      case JsonSpan::End::truncated:
        if (cuts++ >= cut_limit) return;
        ++at;
        break;
    }
  }
}

}  // namespace testudo
