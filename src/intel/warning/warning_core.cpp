// What the program itself knows: knowledge/warning_core.txt and knowledge/warning_verdicts.txt.
#include <map>
#include <optional>

#include "base/data_rows.h"
#include "intel/warning/warning_lists.h"

namespace testudo {
namespace {

std::optional<WarningVerdict> verdict_from(std::string_view word) {
  for (const WarningVerdict verdict : {WarningVerdict::annotate, WarningVerdict::exact, WarningVerdict::suppress})
    if (warning_verdict_name(verdict) == word) return verdict;
  return std::nullopt;
}

std::string compile_core() {
  struct List {
    std::string_view name, type;
    WarningVerdict verdict;
    std::vector<std::string> entries;
  };
  std::vector<List> lists;
  each_data_row("knowledge/warning_core.txt", [&](const std::vector<std::string_view>& fields) {
    if (fields.size() < 4) return;
    if (lists.empty() || lists.back().name != fields[0])
      lists.push_back({fields[0], fields[1], verdict_from(fields[2]).value_or(WarningVerdict::annotate), {}});
    lists.back().entries.emplace_back(fields[3]);
  });
  WarningListBuilder builder;
  for (const List& list : lists) builder.add(list.name, list.type, list.verdict, {}, list.entries);
  return builder.compile();
}

}  // namespace

const WarningLists& core_warnings() {
  static const std::string image = compile_core();
  static const WarningLists lists = WarningLists::open(as_bytes(image)).value();
  return lists;
}

WarningVerdict verdict_of_list(std::string_view name) {
  static const auto verdicts = [] {
    std::map<std::string_view, WarningVerdict> all;
    each_data_row("knowledge/warning_verdicts.txt", [&](const std::vector<std::string_view>& fields) {
      if (fields.size() >= 2)
        if (const auto verdict = verdict_from(fields[1])) all.emplace(fields[0], *verdict);
    });
    return all;
  }();
  const auto found = verdicts.find(name);
  return found == verdicts.end() ? WarningVerdict::annotate : found->second;
}

}  // namespace testudo
