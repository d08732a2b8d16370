#include "intel/taxii/filter.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t most_values = 500;  // in one comma list

Error bad(std::string_view what) { return error(Fault::usage, what); }

// RFC 3339 with a time of day and Z, as TAXII 2.1 (2) wants it.
std::optional<Time> time_of(std::string_view text) {
  if (text.size() < 20 || text.back() != 'Z' || text[10] != 'T') return std::nullopt;
  return parse_rfc3339(text);
}

Result<std::vector<std::string>> list_of(const std::string& value, std::string_view name) {
  std::vector<std::string> list;
  for (const std::string_view part : split(value, ',')) {
    if (part.empty()) return bad(std::string(name) + " holds an empty value");
    list.emplace_back(part);
  }
  if (list.size() > most_values) return bad(std::string(name) + " holds too many values");
  std::ranges::sort(list);
  list.erase(std::ranges::unique(list).begin(), list.end());
  return list;
}

Result<void> read_versions(const std::string& value, TaxiiFilter& filter) {
  for (const std::string& version : TRY(list_of(value, "match[version]"))) {
    if (version == "first") {
      filter.first = true;
    } else if (version == "last") {
      filter.last = true;
    } else if (version == "all") {
      filter.all = true;
    } else if (const auto time = time_of(version)) {
      filter.versions.push_back(*time);
    } else {
      return bad("match[version] is neither first, last, all nor a time such as 2026-05-01T12:00:00.000Z");
    }
  }
  return {};
}

Result<void> read_limit(const std::string& value, TaxiiFilter& filter) {
  std::uint64_t limit = 0;
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), limit);
  const bool digits = !value.empty() && value.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || (fault == std::errc() && (end != value.data() + value.size() || limit == 0)))
    return bad("limit is not a number above 0");
  filter.limit = fault == std::errc() ? std::min(limit, TaxiiFilter::largest_page) : TaxiiFilter::largest_page;
  return {};
}

Result<void> read_match(const std::string& name, const std::string& value, const TaxiiParameters& known,
                        TaxiiFilter& filter) {
  const auto refuse = [&] { return bad(name + " is not a parameter of this endpoint"); };
  if (name == "match[id]") {
    if (!known.id) return refuse();
    filter.ids = TRY(list_of(value, name));
  } else if (name == "match[type]") {
    if (!known.type) return refuse();
    filter.types = TRY(list_of(value, name));
  } else if (name == "match[spec_version]") {
    if (!known.spec_version) return refuse();
    filter.spec_versions = TRY(list_of(value, name));
  } else if (name == "match[version]" && known.version) {
    return read_versions(value, filter);
  } else {
    return refuse();
  }
  return {};
}

Result<void> read_one(const std::string& name, const std::string& value, const TaxiiParameters& known,
                      TaxiiFilter& filter) {
  if (name.starts_with("match[")) return read_match(name, value, known, filter);
  if (!known.paged) return {};
  if (name == "limit") return read_limit(value, filter);
  if (name == "next") filter.next = value;
  if (name != "added_after") return {};
  filter.added_after = time_of(value);
  if (!filter.added_after) return bad("added_after is not a time such as 2026-05-01T12:00:00.000000Z");
  return {};
}

}  // namespace

std::string TaxiiFilter::identity() const {
  std::string text;
  const auto add = [&](const std::vector<std::string>& values) {
    for (const std::string& value : values) text += value + '\x1f';
    text += '\x1e';
  };
  add(ids);
  add(types);
  add(spec_versions);
  const bool last_alone = last || !names_version();
  text += first ? 'f' : '-';
  text += last_alone ? 'l' : '-';
  text += all ? 'a' : '-';
  for (const Time version : versions) text += std::to_string(version.micros) + '\x1f';
  return text;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const auto octet = from_hex(text.substr(i + 1, 2));
    if (!octet || octet->size() != 1) return std::nullopt;
    out += *octet;
    i += 2;
  }
  return out;
}

Result<TaxiiFilter> read_taxii_filter(std::string_view query, const TaxiiParameters& known) {
  TaxiiFilter filter;
  std::set<std::string> seen;
  for (const std::string_view part : split(query, '&')) {
    if (part.empty()) continue;
    const std::size_t equal = std::min(part.find('='), part.size());
    const auto name = percent_decoded(part.substr(0, equal));
    const auto value = percent_decoded(part.substr(std::min(equal + 1, part.size())));
    if (!name || !value || !is_utf8(*name) || !is_utf8(*value)) return bad("the query is not percent-encoded UTF-8");
    if (!seen.insert(*name).second) return bad("the same parameter stands twice in the query");
    TRY(read_one(*name, *value, known, filter));
  }
  return filter;
}

std::string taxii_time(Time time) {
  constexpr std::int64_t second = 1000000;
  const std::int64_t fraction = ((time.micros % second) + second) % second;
  std::string text = to_rfc3339(Time{time.micros - fraction});
  text.pop_back();
  return fmt::format("{}.{:06}Z", text, fraction);
}

}  // namespace testudo
