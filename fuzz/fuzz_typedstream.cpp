// typedstream archives: reading returns, and what it gives is valid UTF-8 and no longer than the input explains.
#include <cstdlib>

#include "base/text.h"
#include "codec/typedstream.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = testudo::parse_attributed_text({data, size});
  if (!read.ok()) return 0;
  std::size_t total = read.value().text.size();
  if (!testudo::is_utf8(read.value().text)) std::abort();
  for (const std::string& text : read.value().other_texts) {
    if (!testudo::is_utf8(text)) std::abort();
    total += text.size();
  }
  if (total > size * 3 + 64) std::abort();
  return 0;
}
