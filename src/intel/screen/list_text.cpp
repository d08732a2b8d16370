// list_text.h.
#include "intel/screen/list_text.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"
#include "intel/feed/text_encoding.h"

namespace testudo {
namespace {

bool is_windows_1252(std::string_view text) {
  std::size_t wrong = 0, right = 0;
  while (!text.empty()) {
    const CodePoint next = decode_utf8(text);
    wrong += !next.valid;
    right += next.valid && next.size > 1;
    text.remove_prefix(next.size);
  }
  return wrong > right;
}

// Of what stands between & and ;.
std::optional<char32_t> referenced(std::string_view name) {
  constexpr std::pair<std::string_view, char32_t> named[] = {{"amp", U'&'}, {"quot", U'"'}, {"apos", U'\''},
                                                             {"lt", U'<'},  {"gt", U'>'},   {"nbsp", U' '}};
  for (const auto& [word, character] : named)
    if (name == word) return character;
  if (!name.starts_with('#')) return std::nullopt;
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, fault] = std::from_chars(name.data(), name.data() + name.size(), value, hex ? 16 : 10);
  if (fault != std::errc() || end != name.data() + name.size() || value < 32 || value > 0x10FFFF) return std::nullopt;
  return value;
}

}  // namespace

std::string_view list_text(std::string_view content, std::string& owned) {
  const std::string_view text = decoded(content, owned);
  if (owned.empty() && !is_utf8(text) && is_windows_1252(text)) return owned = from_windows_1252(text);
  return text;
}

std::string without_html_references(std::string_view name) {
  constexpr std::size_t longest = 10;  // "#x10FFFF" and the like
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = name[at] == '&' ? name.substr(0, at + longest).find(';', at) : std::string_view::npos;
    const auto character = end == std::string_view::npos ? std::nullopt : referenced(name.substr(at + 1, end - at - 1));
    if (character) {
      append_utf8(out, *character);
      at = end + 1;
    } else {
      out.push_back(name[at++]);
    }
  }
  return out;
}

}  // namespace testudo
