// Media types in requests. Floor 3. Sources: TAXII 2.1, 1.6.8 and 3.2; RFC 9110, 8.3.1 and 12.5.1.
#pragma once

#include <string_view>

namespace testudo {

// Whether an Accept header lets TAXII 2.1 through: the type with version=2.1, the type without a version, or a
// wildcard, with a quality that is not 0; the first of these that is there decides. An empty header accepts all.
bool accepts_taxii(std::string_view accept);
// Whether a Content-Type is TAXII 2.1, in whatever case, spacing or quoting.
bool is_taxii_content(std::string_view content_type);

}  // namespace testudo
