// One line at a time; who reads the list knows its levels.
#include "intel/feed/small_yaml.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {
namespace {

// A plain or quoted scalar with what may follow it. False for what is no scalar of the subset.
bool scalar(std::string_view text, std::string& out) {
  text = trim(text);
  if (text.empty()) return true;
  if (text[0] == '"' || text[0] == '\'') {
    const char quote = text[0];
    std::size_t at = 1;
    for (; at < text.size(); ++at) {
      if (text[at] == quote && quote == '\'' && at + 1 < text.size() && text[at + 1] == quote) {
        ++at;
      } else if (text[at] == quote) {
        break;
      } else if (text[at] == '\\' && quote == '"' && at + 1 < text.size()) {
        // Of the escapes only those that stand for themselves occur in indicators.
        if (text[at + 1] != '\\' && text[at + 1] != '"' && text[at + 1] != '/') return false;
        ++at;
      }
      out.push_back(text[at]);
    }
    if (at >= text.size()) return false;
    const std::string_view rest = trim(text.substr(at + 1));
    return rest.empty() || rest.starts_with('#');
  }
  if (std::string_view("{}[]&*!|>@`%").find(text[0]) != std::string_view::npos) return false;
  const std::size_t comment = std::min(text.find(" #"), text.find("\t#"));
  out = trim(text.substr(0, comment));
  return true;
}

// Where the key of "key: value" ends; npos if the line is a scalar.
std::size_t key_end(std::string_view text) {
  if (text.starts_with('"') || text.starts_with('\'')) return std::string_view::npos;
  const std::size_t colon = text.find(": ");
  if (colon != std::string_view::npos) return text.find(" #") < colon ? std::string_view::npos : colon;
  return text.ends_with(':') ? text.size() - 1 : std::string_view::npos;
}

}  // namespace

bool is_yaml_blank(std::string_view line) {
  const std::string_view text = trim(line);
  return text.empty() || text.starts_with('#') || text == "---" || text == "...";
}

YamlLine yaml_line(std::string_view line) {
  YamlLine out;
  while (out.indent < line.size() && line[out.indent] == ' ') ++out.indent;
  if (out.indent < line.size() && line[out.indent] == '\t') {
    out.read = false;
    return out;
  }
  std::string_view text = trim(line);
  if (text == "-" || text.starts_with("- ")) {
    out.item = true;
    text = trim(text.substr(1));
  }
  const std::size_t end = key_end(text);
  if (end != std::string_view::npos) {
    out.read = scalar(text.substr(0, end), out.key) && scalar(text.substr(end + 1), out.value);
  } else {
    out.read = scalar(text, out.value) && (out.item || out.value.empty());
  }
  return out;
}

}  // namespace testudo
