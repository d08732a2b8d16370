#include "report/finding_groups.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace testudo {
namespace {

// In one pass: the evidence decides how often `from` stands in the text.
void replace_all(std::string& text, std::string_view from, std::string_view to) {
  if (from.empty() || from == to) return;
  std::string out;
  std::size_t done = 0;
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, done)) {
    out.append(text, done, at - done).append(to);
    done = at + from.size();
  }
  text = out.append(text, done);
}

std::string with_dots_apart(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '.')
      out += "[.]";
    else
      out.push_back(c);
  }
  return out;
}

// http: and https: in any case become hxxp and hxxps, wherever they stand.
void disarm_schemes(std::string& text) {
  const std::string lower = lower_ascii(text);
  for (auto at = lower.find("http"); at != std::string::npos; at = lower.find("http", at + 4)) {
    const std::string_view rest = std::string_view(lower).substr(at + 4);
    if (rest.starts_with(":") || rest.starts_with("s:")) text[at + 1] = text[at + 2] = text[at] == 'H' ? 'X' : 'x';
  }
}

bool is_network_name(std::optional<Kind> kind) {
  return kind == Kind::host || kind == Kind::ipv4 || kind == Kind::ipv6 || kind == Kind::cidr || kind == Kind::email;
}

std::string key_of(const Finding& f, GroupBy by) {
  if (by == GroupBy::indicator) return f.rule + "\n" + (f.indicator ? f.indicator->value : f.title);
  return f.rule + (f.indicator ? "\n" + f.indicator->role + "\n" + f.indicator->threat : std::string());
}

}  // namespace

std::vector<FindingGroup> group_findings(const std::vector<Finding>& findings, GroupBy by) {
  std::vector<FindingGroup> groups;
  std::map<std::string, std::size_t> places;
  for (const Finding& f : findings) {
    const auto [place, fresh] = places.emplace(key_of(f, by), groups.size());
    if (fresh) groups.emplace_back();
    FindingGroup& group = groups[place->second];
    group.findings.push_back(&f);
    if (!f.time) continue;
    group.first = group.first ? std::min(*group.first, *f.time) : *f.time;
    group.last = group.last ? std::max(*group.last, *f.time) : *f.time;
  }
  return groups;
}

std::string defanged(std::string_view value, std::optional<Kind> kind) {
  std::string out(value);
  const auto scheme = out.find("://");
  if (scheme != std::string::npos || kind == Kind::url) {
    const auto host = scheme == std::string::npos ? 0 : scheme + 3;
    const auto end = std::min(out.find_first_of("/?#\\", host), out.size());
    out = out.substr(0, host) + with_dots_apart(out.substr(host, end - host)) + out.substr(end);
  } else if (is_network_name(kind)) {
    out = with_dots_apart(out);
  }
  disarm_schemes(out);
  return out;
}

std::string defanged_value(const Finding& finding) {
  return defanged(finding.value, finding.indicator ? std::optional(finding.indicator->type) : std::nullopt);
}

std::string defanged_sentence(const std::string& sentence, const Finding& finding) {
  std::string out = sentence;
  if (finding.indicator) {
    const Kind kind = finding.indicator->type;
    const std::string& value = finding.indicator->value;
    replace_all(out, value, defanged(value, kind));
    // What was seen may hold the indicator, whose dots are apart by now.
    if (finding.value.find(value) == std::string::npos) replace_all(out, finding.value, defanged(finding.value, kind));
  } else {
    replace_all(out, finding.value, defanged(finding.value, std::nullopt));
  }
  disarm_schemes(out);
  return out;
}

}  // namespace testudo
