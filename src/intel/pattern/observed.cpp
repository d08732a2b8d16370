// Observed data out of JSON.
#include "intel/pattern/observed.h"

#include <algorithm>

#include <simdjson.h>

#include "intel/feed/json_parse.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;
constexpr std::size_t size_limit = std::size_t{256} << 20;
constexpr std::int64_t most_observed = 999'999'999;  // STIX 2.1 section 4.14

}  // namespace

const ObservedValue* ObservedValue::member(std::string_view key) const {
  const auto found = std::ranges::find(keys, key);
  return type == Type::object && found != keys.end() ? members[static_cast<std::size_t>(found - keys.begin())]
                                                     : nullptr;
}

class ObservedReader {
 public:
  explicit ObservedReader(Observed& out) : out_(out) { out_.scopes_.emplace_back(); }

  Result<void> read(dom::element root) {
    collect(*value(root), 0);
    if (found_.empty()) return error(Fault::malformed, "no observed-data");
    for (const ObservedValue* item : found_) TRY(observation(*item));
    return {};
  }

 private:
  static std::string_view text(const ObservedValue& object, std::string_view key) {
    const ObservedValue* member = object.member(key);
    return member != nullptr && member->type == ObservedValue::Type::text ? std::string_view(member->text)
                                                                          : std::string_view{};
  }

  // simdjson refuses what is nested deeper than 1024 levels, which bounds the recursion.
  const ObservedValue* value(dom::element from) {
    ObservedValue to;
    switch (from.type()) {
      case dom::element_type::OBJECT:
        to.type = ObservedValue::Type::object;
        for (const auto [key, member] : dom::object(from)) {
          to.keys.emplace_back(key);
          to.members.push_back(value(member));
        }
        break;
      case dom::element_type::ARRAY:
        to.type = ObservedValue::Type::list;
        for (const dom::element member : dom::array(from)) to.members.push_back(value(member));
        break;
      case dom::element_type::STRING:
        to.type = ObservedValue::Type::text;
        to.text = std::string(std::string_view(from));
        break;
      case dom::element_type::INT64:
        to.type = ObservedValue::Type::integer;
        to.integer = std::int64_t(from);
        to.real = static_cast<double>(to.integer);
        break;
      case dom::element_type::UINT64:
        to.type = ObservedValue::Type::real;  // above the integers of a pattern
        to.real = static_cast<double>(std::uint64_t(from));
        break;
      case dom::element_type::DOUBLE:
        to.type = ObservedValue::Type::real;
        to.real = double(from);
        break;
      case dom::element_type::BOOL:
        to.type = ObservedValue::Type::boolean;
        to.boolean = bool(from);
        break;
      case dom::element_type::NULL_VALUE:
        break;
    }
    out_.values_.push_back(std::move(to));
    return &out_.values_.back();
  }

  // Bundles, lists and objects by themselves, a few levels of them.
  void collect(const ObservedValue& item, int depth) {
    constexpr int levels = 4;
    if (depth > levels) return;
    if (item.type == ObservedValue::Type::list) {
      for (const ObservedValue* member : item.members) collect(*member, depth + 1);
      return;
    }
    if (item.type != ObservedValue::Type::object) return;
    const ObservedValue* objects = item.member("objects");
    const std::string_view type = text(item, "type");
    if (type == "observed-data" || (item.member("first_observed") != nullptr && type != "sighting" && objects)) {
      found_.push_back(&item);
    } else if (objects != nullptr && objects->type == ObservedValue::Type::list) {
      collect(*objects, depth + 1);
      return;
    }
    if (const std::string_view id = text(item, "id"); !id.empty()) out_.scopes_.front().try_emplace(id, &item);
  }

  Result<void> observation(const ObservedValue& item) {
    Observation made;
    made.id = std::string(text(item, "id"));
    const auto wrong = [&](std::string_view what) {
      return error(Fault::malformed, (made.id.empty() ? "observed-data" : made.id) + ": " + std::string(what));
    };
    const auto first = parse_pattern_instant(text(item, "first_observed"));
    const auto last = parse_pattern_instant(text(item, "last_observed"));
    if (!first || !last) return wrong("no first_observed or last_observed that is a time");
    if (*last < *first) return wrong("last_observed lies before first_observed");
    made.first = *first;
    made.last = *last;
    const ObservedValue* times = item.member("number_observed");
    if (times == nullptr || times->type != ObservedValue::Type::integer || times->integer < 1 ||
        times->integer > most_observed)
      return wrong("number_observed is no number from 1 to 999999999");
    made.times = static_cast<std::uint64_t>(times->integer);
    if (!embedded(item, made) && !referred(item, made)) return wrong("neither objects nor object_refs");
    out_.observations_.push_back(std::move(made));
    return {};
  }

  bool embedded(const ObservedValue& item, Observation& made) {
    const ObservedValue* objects = item.member("objects");
    if (objects == nullptr || objects->type != ObservedValue::Type::object) return false;
    if (objects->members.empty() && item.member("object_refs") != nullptr) return false;
    ObservedIds& ids = out_.scopes_.emplace_back();
    for (std::size_t i = 0; i < objects->members.size(); ++i) {
      ids.try_emplace(objects->keys[i], objects->members[i]);
      made.objects.push_back(objects->members[i]);
    }
    made.ids = &ids;
    return true;
  }

  bool referred(const ObservedValue& item, Observation& made) {
    const ObservedValue* refs = item.member("object_refs");
    if (refs == nullptr || refs->type != ObservedValue::Type::list) return false;
    made.ids = &out_.scopes_.front();
    for (const ObservedValue* ref : refs->members) {
      const auto found = made.ids->find(ref->text);
      if (found != made.ids->end()) made.objects.push_back(found->second);
    }
    return true;
  }

  Observed& out_;
  std::vector<const ObservedValue*> found_;
};

Result<Observed> Observed::read(std::string_view json) {
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  if (json.size() > size_limit) return error(Fault::limit, "observed data of more than 256 MiB");
  dom::parser parser;
  dom::element root;
  if (const auto code = parse_json(parser, json, root))
    return error(Fault::malformed, std::string("not JSON: ") + simdjson::error_message(code));
  Observed observed;
  TRY(ObservedReader(observed).read(root));
  return observed;
}

}  // namespace testudo
