// Links in hostile text: every span lies in the text or its plain copy, hosts stay normalised, nothing is read beyond.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace testudo;
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::size_t found = 0;
  find_links(text, [&](const FoundLink& link) {
    if (link.text.empty() || link.text.size() > text.size()) std::abort();
    if (link.type == FoundLink::Type::ipv4 && normalise_host(link.text)->type != HostName::Type::ipv4) std::abort();
    if (link.type == FoundLink::Type::ipv6 && !canonical_ipv6(link.text)) std::abort();
    if (link.type == FoundLink::Type::email && link.text.find('@') == std::string_view::npos) std::abort();
    if (const auto url = parse_url(link.text)) {
      const auto again = normalise_host(url->host.text);
      if (!again || again->text != url->host.text) std::abort();
    }
    return ++found < 10'000;
  });
  return 0;
}
