// Mends that a program can make.
#include "intel/lint/value_mends.h"

#include <algorithm>
#include <array>

#include "base/host.h"
#include "intel/export/stix_paths_out.h"
#include "intel/stix_paths.h"
#include "intel/stix_pattern.h"

namespace testudo {
namespace {

// Defects whose mend is the value as it is compared.
constexpr std::array<std::string_view, 15> respelled{
    "surrounding_space", "defanged",          "url_in_domain",        "address_in_domain",    "domain_in_address",
    "port_in_host",      "wildcard",          "other_address_family", "host_bits_in_network", "hash_of_other_length",
    "file_name_in_path", "path_in_file_name", "path_in_process_name", "upper_case",           "trailing_dot"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t found = text.find(from, at);
    out += text.substr(at, found - at);
    if (found == std::string_view::npos) return out;
    out += to;
    at = found + from.size();
  }
}

}  // namespace

std::string spelled_for(std::string_view format, Kind kind, std::string_view value, std::string_view shown) {
  if (format != "stix") return std::string(shown.empty() ? value : shown);
  StoredIndicator indicator;
  indicator.kind = kind;
  indicator.value = value;
  indicator.shown = shown;
  // A URL that came without a scheme is written with one, or no tool would take it for a URL.
  if (kind == Kind::url && indicator.shown.find("://") == std::string::npos)
    indicator.shown = "http://" + indicator.value;
  return stix_pattern_of(indicator);
}

std::string value_mend(std::string_view format, std::string_view defect, const NormalisedIndicator& normal) {
  if (defect == "www_prefix" && normal.type == Kind::host && normal.value.size() > 4)
    return spelled_for(format, Kind::host, std::string_view(normal.value).substr(4));
  if (std::ranges::find(respelled, defect) == respelled.end()) return {};
  return spelled_for(format, normal.type, normal.value, normal.shown);
}

std::string pattern_mend(std::string_view pattern) {
  if (pattern.size() > 4096) return {};
  const std::string straight =
      replaced(replaced(replaced(replaced(pattern, "\xE2\x80\x98", "'"), "\xE2\x80\x99", "'"), "\xE2\x80\x9C", "'"),
               "\xE2\x80\x9D", "'");
  const std::string single = replaced(straight, "==", "=");
  for (const std::string& text : {straight, single, replaced(single, "\"", "'")}) {
    for (const std::string& closed : {text, "[" + text + "]", text + "]", "[" + text, text + "']", "[" + text + "']"})
      if (parse_stix_pattern(closed)) return closed;
  }
  return {};
}

std::optional<std::string> custom_object_of(std::string_view pattern) {
  bool quoted = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (quoted && pattern[at] == '\\')
      ++at;
    else if (pattern[at] == '\'')
      quoted = !quoted;
    if (quoted || at >= pattern.size() || pattern[at] != ':') continue;
    std::size_t begin = at;
    while (begin > 0 && is_name(pattern[begin - 1])) --begin;
    const std::string_view type = pattern.substr(begin, at - begin);
    // "t'2024-01-01T00:00:00Z'" is in quotes; a colon outside of them stands behind an object type.
    if (!type.empty() && !is_standard_stix_object(std::string(type) + ":value")) return std::string(type);
  }
  return std::nullopt;
}

bool has_odd_hash_key(std::string_view pattern) {
  constexpr std::string_view key = "hashes.";
  for (std::size_t at = 0; (at = pattern.find(key, at)) != std::string_view::npos;) {
    at += key.size();
    const std::string_view rest = pattern.substr(at);
    const bool spelled = std::ranges::any_of(
        std::array<std::string_view, 8>{"'MD5'", "MD5", "'SHA-1'", "'SHA-256'", "'SHA-512'", "'SHA3-256'", "'SHA3-512'",
                                        "'SSDEEP'"},
        [&](std::string_view name) {
          return rest.starts_with(name) && (rest.size() == name.size() || !is_name(rest[name.size()]));
        });
    if (!spelled && !rest.starts_with("SSDEEP") && !rest.starts_with("TLSH") && !rest.starts_with("'TLSH'"))
      return true;
  }
  return false;
}

}  // namespace testudo
