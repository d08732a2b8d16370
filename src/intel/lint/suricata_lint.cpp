// One rule.
#include "intel/lint/suricata_lint.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace testudo {
namespace {

// An option `name:value;` from its first letter to behind its semicolon.
struct Span {
  std::size_t begin = 0, end = 0;
};

std::optional<Span> option(std::string_view rule, std::string_view name) {
  for (std::size_t at = 0; (at = rule.find(name, at)) != std::string_view::npos; ++at) {
    const bool first = at > 0 && (rule[at - 1] == ' ' || rule[at - 1] == ';' || rule[at - 1] == '(');
    const std::size_t behind = at + name.size();
    if (!first || behind >= rule.size() || (rule[behind] != ':' && rule[behind] != ';')) continue;
    const std::size_t end = rule.find(';', behind);
    if (end == std::string_view::npos) return std::nullopt;
    return Span{at, end + 1};
  }
  return std::nullopt;
}

bool asks_for_a_host(std::string_view rule) {
  return std::ranges::any_of(
      std::array<std::string_view, 5>{"dns.query", "dns_query", "tls.sni", "tls_sni", "http.host"},
      [&](std::string_view buffer) { return option(rule, buffer).has_value(); });
}

}  // namespace

std::optional<std::string> subdomain_mend(std::string_view rule) {
  const std::optional<Span> content = option(rule, "content"), ends = option(rule, "endswith");
  // To let more pass, or to miss more, is no mend.
  if (rule.starts_with("pass ") || (content && rule.substr(content->begin).starts_with("content:!")))
    return std::nullopt;
  if (!asks_for_a_host(rule) || !content || option(rule, "dotprefix") || option(rule, "pcre")) return std::nullopt;
  // Without one of these the name may stand at the end of a longer one.
  std::optional<Span> limit = option(rule, "bsize");
  for (const std::string_view begins : {"depth", "startswith"})
    if (!limit && ends) limit = option(rule, begins);
  if (!limit) return std::nullopt;
  const std::size_t open = rule.find('"', content->begin);
  if (open == std::string_view::npos || open > content->end || rule.substr(open + 1).starts_with('.'))
    return std::nullopt;
  std::size_t begin = limit->begin;
  while (begin > 0 && rule[begin - 1] == ' ') --begin;
  std::string mend(rule);
  const auto drop_limit = [&] { mend.erase(begin, limit->end - begin); };
  // From the end to the beginning, so that places stay what they are.
  if (begin >= content->end) drop_limit();
  if (!ends) mend.insert(content->end, " endswith;");
  mend.insert(open + 1, ".");
  mend.insert(content->begin, "dotprefix; ");
  if (begin < content->end) drop_limit();
  return mend;
}

}  // namespace testudo
