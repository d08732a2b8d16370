#include "parser/parser.h"

#include <algorithm>

namespace testudo {
namespace {

std::vector<Parser>& registry() {
  static std::vector<Parser> all;
  return all;
}

}  // namespace

Registration::Registration(Parser parser) {
  auto& all = registry();
  all.insert(std::ranges::upper_bound(all, parser.name, {}, &Parser::name), parser);
}

const std::vector<Parser>& parsers() { return registry(); }

const Parser* find_parser(std::string_view name) {
  for (const Parser& parser : registry())
    if (parser.name == name) return &parser;
  return nullptr;
}

const std::vector<const RecordType*>& all_record_types() {
  static const std::vector<const RecordType*> all = [] {
    std::vector<const RecordType*> types;
    for (const Parser& parser : registry()) types.insert(types.end(), parser.records.begin(), parser.records.end());
    std::ranges::sort(types, {}, &RecordType::name);
    return types;
  }();
  return all;
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  const bool any = pattern.substr(star).starts_with("**");
  const std::string_view tail = pattern.substr(star + (any ? 2 : 1));
  for (std::size_t used = 0;; ++used) {
    if (matches_pattern(tail, text.substr(used))) return true;
    if (used == text.size() || (!any && text[used] == '/')) return false;
  }
}

Result<Database> Input::open(const InputFile& file) const {
  if (recovering_ && file.role == FileRole::primary)
    return Database::recover(*file.blob, view_ == DatabaseView::merged ? file.log : nullptr, report_);
  return Database::open(*file.blob, file.log, view_, report_);
}

}  // namespace testudo
