// Host names and URLs from hostile octets: what is accepted is normalised, and normalising it again changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace testudo;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto host = normalise_host(text)) {
    const auto again = normalise_host(host->text);
    if (!again || again->text != host->text || again->type != host->type) std::abort();
    if (host->text.size() > 253) std::abort();
    if (const auto domain = registrable_domain(host->text); domain && !host->text.ends_with(*domain)) std::abort();
  }
  if (const auto url = normalise_url(text)) {
    const auto parts = parse_url(text);
    if (!parts || url->find(parts->host.text) == std::string::npos) std::abort();
    // A name of one label is a host only where a scheme says so: the spelling that is compared has none.
    if (parts->host.text.find_first_of(".:") == std::string::npos) return 0;
    const auto again = parse_url(*url);
    if (!again || again->host.text != parts->host.text) std::abort();
  }
  return 0;
}
