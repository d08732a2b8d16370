// NetworkName: the names under which iOS counts a program's network traffic, in DataUsage.sqlite and in the baseline of
// osanalytics: "nehelper", "mDNSResponder/com.apple.Maps" (a daemon on behalf of an application) and
// "1FB47783-A2FE-47D9-B256-DF50EF44BBA4/com.apple.Translate" (an application without a process of its own).
// Source: the DataUsage.sqlite in plaso's test data (iOS 16, 371 names). Floor 4.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace testudo {

struct NetworkName {
  std::optional<std::string_view> process;       // the program; the part after the slash where a UUID stands before it
  std::optional<std::string_view> on_behalf_of;  // the part after the slash otherwise
};

inline bool looks_like_uuid(std::string_view text) {
  return text.size() == 36 && std::ranges::count(text, '-') == 4 &&
         text.find_first_not_of("0123456789ABCDEFabcdef-") == std::string_view::npos;
}

inline NetworkName split_network_name(std::string_view name) {
  if (name.empty()) return {};
  const auto slash = name.find('/');
  if (slash == std::string_view::npos || slash + 1 == name.size()) return {name.substr(0, slash), std::nullopt};
  const std::string_view before = name.substr(0, slash), after = name.substr(slash + 1);
  if (before.empty() || looks_like_uuid(before)) return {after, std::nullopt};
  return {before, after};
}

}  // namespace testudo
