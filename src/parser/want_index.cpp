#include "parser/want_index.h"

#include <algorithm>

namespace testudo {

WantIndex::WantIndex() {
  const auto& all = parsers();
  for (std::uint16_t i = 0; i < all.size(); ++i) {
    for (const Want& want : all[i].wants) {
      if (want.path.find('*') == std::string_view::npos)
        exact_[want.path].push_back({&want, i});
      else
        patterns_.push_back(
            {{&want, i}, want.path.substr(0, want.path.find('*')), want.path.substr(want.path.rfind('*') + 1)});
    }
  }
}

std::vector<Wanted> WantIndex::of(std::string_view domain, std::string_view path) const {
  std::vector<Wanted> found;
  const auto add = [&](const Entry& entry) {
    if (!matches_pattern(entry.want->domain, domain)) return;
    if (std::ranges::find(found, entry.parser, &Wanted::parser) == found.end())
      found.push_back({entry.parser, entry.want->role});
  };
  if (const auto exact = exact_.find(path); exact != exact_.end()) std::ranges::for_each(exact->second, add);
  for (const Pattern& pattern : patterns_)
    if (path.ends_with(pattern.end) && path.starts_with(pattern.begin) &&
        matches_pattern(pattern.entry.want->path, path))
      add(pattern.entry);
  return found;
}

std::string_view WantIndex::database_of_log(std::string_view path) {
  return path.ends_with("-wal") ? path.substr(0, path.size() - 4) : std::string_view();
}

}  // namespace testudo
