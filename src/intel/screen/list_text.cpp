// list_text.h.
#include "intel/screen/list_text.h"

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

}  // namespace

std::string_view list_text(std::string_view content, std::string& owned) {
  const std::string_view text = decoded(content, owned);
  if (owned.empty() && !is_utf8(text) && is_windows_1252(text)) return owned = from_windows_1252(text);
  return text;
}

}  // namespace testudo
