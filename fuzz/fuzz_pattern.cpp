// A STIX pattern. Properties: an error has a column inside the pattern or right behind it; a pattern gives terms or
// says why not; parentheses around a whole observation change nothing.
#include <cstdlib>

#include "intel/stix_pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace testudo;
  const std::string pattern(reinterpret_cast<const char*>(data), size);
  const Result<StixPattern> parsed = parse_stix_pattern(pattern);
  if (!parsed) {
    if (parsed.error().fault == Fault::malformed && (parsed.error().offset == 0 || parsed.error().offset > size + 1))
      std::abort();
    return 0;
  }
  if (parsed.value().terms.empty() && parsed.value().left_out.empty()) std::abort();
  // A comment may hide the closing parenthesis; a new line ends `//`, nothing ends an open `/*`.
  if (pattern.find("/*") != std::string::npos) return 0;
  const Result<StixPattern> wrapped = parse_stix_pattern("(" + pattern + "\n)");
  if (!wrapped) {
    if (wrapped.error().fault != Fault::limit) std::abort();
    return 0;
  }
  if (wrapped.value().terms.size() != parsed.value().terms.size() ||
      wrapped.value().left_out != parsed.value().left_out)
    std::abort();
  return 0;
}
