// Hostile text on its way out: to a terminal, a page, a spreadsheet, JSON. Whatever it is, it cannot act there.
#include <algorithm>
#include <cstdlib>

#include <simdjson.h>

#include "base/json_text.h"
#include "base/text.h"
#include "report/html_writer.h"
#include "report/timeline.h"

using namespace testudo;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

bool acts(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void require_harmless(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = decode_utf8(text);
    require(next.valid && !acts(next.value));
    text.remove_prefix(next.size);
  }
}

// RFC 4180: one cell and nothing after it.
void require_one_cell(std::string_view cell) {
  if (!cell.starts_with('"')) {
    require(cell.find_first_of(",\"\r\n") == std::string_view::npos);
    require(cell.empty() || std::string_view("=+-@\t\r").find(cell.front()) == std::string_view::npos);
    return;
  }
  require(cell.size() >= 2 && cell.ends_with('"'));
  const std::string_view inside = cell.substr(1, cell.size() - 2);
  require(inside.empty() || std::string_view("=+-@\t\r").find(inside.front()) == std::string_view::npos);
  for (std::size_t i = 0; i < inside.size(); ++i)
    if (inside[i] == '"') require(++i < inside.size() && inside[i] == '"');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const std::string shown = visible(text);
  require_harmless(shown);
  require(visible(shown) == shown);
  const std::string html = escape_html(text);
  require_harmless(html);
  require(html.find_first_of("<>\"'") == std::string::npos);
  for (std::size_t at = html.find('&'); at != std::string::npos; at = html.find('&', at + 1)) {
    const auto rest = std::string_view(html).substr(at);
    require(std::ranges::any_of(std::initializer_list<std::string_view>{"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"},
                                [&](std::string_view reference) { return rest.starts_with(reference); }));
  }
  std::string cell;
  append_csv_cell(cell, to_utf8(text));  // the texts of records are valid UTF-8 by then
  require_harmless(cell);
  require_one_cell(cell);
  std::string json;
  append_json_string(json, text);
  simdjson::dom::parser parser;
  std::string_view back;
  require(parser.parse("[" + json + "]").at(0).get(back) == simdjson::SUCCESS && back == to_utf8(text));
  require(to_utf8(to_utf8(text)) == to_utf8(text) && is_utf8(to_utf8(text)));
  require(from_hex(to_hex({data, size})) == text && from_base64(to_base64({data, size})) == text);
  static_cast<void>(from_base64(text));
  static_cast<void>(from_hex(text));
  static_cast<void>(utf16be_to_utf8({data, size}));
  static_cast<void>(utf16le_to_utf8({data, size}));
  return 0;
}
