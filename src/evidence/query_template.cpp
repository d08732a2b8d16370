#include "evidence/query_template.h"

namespace testudo {
namespace {

bool is_name(std::string_view text) {
  for (const char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'))
      return false;
  return !text.empty();
}

std::optional<Placeholder> parse(std::string_view text) {
  Placeholder p;
  if (text.starts_with('?')) p.optional = true, text.remove_prefix(1);
  const std::size_t equals = text.find('=');
  if (equals != text.npos) p.alias = text.substr(0, equals), text.remove_prefix(equals + 1);
  const std::size_t dot = text.find('.');
  if (dot == text.npos) return std::nullopt;
  p.table = text.substr(0, dot);
  p.column = text.substr(dot + 1);
  if (equals == text.npos) p.alias = p.table;
  if (!is_name(p.alias) || !is_name(p.table) || !is_name(p.column)) return std::nullopt;
  return p;
}

// Length of the literal, quoted name or comment that begins at `at`; 0 if none does.
std::size_t opaque(std::string_view sql, std::size_t at) {
  const auto to = [&](std::string_view close, std::size_t open) {
    const std::size_t end = sql.find(close, at + open);
    return (end == sql.npos ? sql.size() : end + close.size()) - at;
  };
  if (sql[at] == '\'' || sql[at] == '"' || sql[at] == '`') return to(sql.substr(at, 1), 1);
  if (sql.substr(at, 2) == "--") return to("\n", 2);
  if (sql.substr(at, 2) == "/*") return to("*/", 2);
  return 0;
}

}  // namespace

Result<std::string> expand_query(std::string_view sql,
                                 const std::function<Result<std::string>(const Placeholder&)>& resolve) {
  std::string out;
  out.reserve(sql.size() + 64);
  for (std::size_t at = 0; at < sql.size();) {
    if (const std::size_t length = opaque(sql, at); length != 0) {
      out += sql.substr(at, length);
      at += length;
      continue;
    }
    const std::size_t close = sql[at] == '{' ? sql.find('}', at) : sql.npos;
    const auto placeholder = close != sql.npos ? parse(sql.substr(at + 1, close - at - 1)) : std::nullopt;
    if (!placeholder) {
      out.push_back(sql[at++]);
      continue;
    }
    out += TRY(resolve(*placeholder));
    at = close + 1;
  }
  return out;
}

}  // namespace testudo
