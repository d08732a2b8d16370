// Mends that a program can make.
#include "intel/lint/value_mends.h"

#include <algorithm>
#include <array>

#include "base/host.h"
#include "base/text.h"
#include "base/url.h"
#include "intel/export/stix_paths_out.h"
#include "intel/lint/defects.h"
#include "intel/stix_paths.h"
#include "intel/stix_pattern.h"

namespace testudo {
namespace {

// Defects whose mend is the value as it is compared.
constexpr std::array<std::string_view, 16> respelled{
    "surrounding_space",    "defanged",          "url_in_domain",     "address_in_domain",    "domain_in_address",
    "host_in_url",          "port_in_host",      "wildcard",          "other_address_family", "host_bits_in_network",
    "hash_of_other_length", "file_name_in_path", "path_in_file_name", "path_in_process_name", "upper_case",
    "trailing_dot"};

// Lists of hosts, in knowledge/warning_core.txt.
constexpr std::array<std::string_view, 7> of_hosts{"push services",      "sign-in pages",
                                                   "time servers",       "names of public resolvers",
                                                   "certificate status", "help desks and publishers of indicators",
                                                   "software updates"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::string percent_encoded(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80)
      out.push_back(c);
    else
      out.append({'%', digits[octet >> 4], digits[octet & 15]});
  }
  return out;
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

std::string_view core_defect(const WarningHit& hit) {
  if (hit.list == "hashes of empty files") return "empty_file_hash";
  if (hit.list == "hashes of the EICAR test file") return "test_file_hash";
  const bool at_a_host = hit.how == WarningHit::How::host;  // a page or mailbox at a listed host is another thing
  if (hit.list.starts_with("best-known sites")) return at_a_host ? "" : "well_known_host";
  if (at_a_host && std::ranges::find(of_hosts, hit.list) != of_hosts.end()) return "";
  return hit.verdict == WarningVerdict::exact ? "" : "warning_list";
}

bool may_be_listed(Kind kind, std::string_view value) {
  const auto harmful = [](std::string_view word) {
    const LintDefect* defect = lint_defect(word);
    return word == "shared_platform" || (defect != nullptr && defect->severity == LintSeverity::error);
  };
  Defects defects;
  if (!normalise_indicator(kind, value, defects) || std::ranges::any_of(defects, harmful)) return false;
  std::vector<WarningHit> hits;
  core_warnings().find(kind, value, hits);
  return std::ranges::none_of(hits, [&](const WarningHit& hit) { return harmful(core_defect(hit)); });
}

std::string value_spelled(std::string_view format, const NormalisedIndicator& normal) {
  if (!may_be_listed(normal.type, normal.value)) return {};
  return spelled_for(format, normal.type, normal.value, normal.shown);
}

std::string value_mend(std::string_view format, std::string_view defect, const NormalisedIndicator& normal) {
  if (defect == "www_prefix") return value_spelled(format, {Kind::host, std::string(without_www(normal.value))});
  return std::ranges::find(respelled, defect) == respelled.end() ? std::string() : value_spelled(format, normal);
}

std::string ascii_mend(std::string_view format, const FeedClaim& claim, const NormalisedIndicator& normal) {
  if (normal.type != Kind::url) return value_spelled(format, normal);
  const std::optional<Url> url = parse_url(claim.value);
  if (!url || !may_be_listed(normal.type, normal.value)) return {};
  const std::size_t slash = normal.value.find('/');
  std::string text = (url->scheme.empty() ? "http" : url->scheme) + "://" + normal.value.substr(0, slash);
  text += percent_encoded(std::string_view(normal.value).substr(slash));
  return spelled_for(format, Kind::url, text, text);
}

std::string folder_mend(std::string_view pattern, std::string_view folder) {
  const Result<StixPattern> parsed = parse_stix_pattern(pattern);
  if (!parsed) return {};
  std::string_view bare = trim(folder);
  while (bare.ends_with('/')) bare.remove_suffix(1);
  for (const PatternTerm& term : parsed.value().terms)
    if (term.value == folder) return "[" + term.path + " = " + stix_literal(bare) + "]";
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
    if (!type.empty() && !is_standard_stix_object(lower_ascii(type) + ":value")) return std::string(type);
  }
  return std::nullopt;
}

bool is_single_value(std::string_view pattern) {
  const Result<StixPattern> parsed = parse_stix_pattern(pattern);
  return parsed && parsed.value().terms.size() == 1 && parsed.value().left_out.empty();
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
