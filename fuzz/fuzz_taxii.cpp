// What a TAXII client can send: the query, the headers, the envelope. Properties: what is taken is one JSON value that
// our own scanner and simdjson agree on, and an equal query has an equal identity.
#include <cstdint>
#include <cstdlib>

#include <simdjson.h>

#include "intel/taxii/cursor.h"
#include "intel/taxii/filter.h"
#include "intel/taxii/media_type.h"
#include "intel/taxii/posted.h"
#include "intel/taxii/users.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace testudo;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto posted = read_posted_objects(text);
  if (posted) {
    simdjson::dom::parser parser;
    for (const PostedObject& one : *posted)
      if (one.failure.empty() && (!is_stix_id(one.id, one.type) || parser.parse(one.json).error() != simdjson::SUCCESS))
        std::abort();
  }
  const auto envelope = read_envelope(text);
  if (envelope && posted && envelope->objects.size() != posted->size()) std::abort();
  const auto filter =
      read_taxii_filter(text, {.id = true, .type = true, .version = true, .spec_version = true, .paged = true});
  if (filter && (filter->limit == 0 || filter->limit > TaxiiFilter::largest_page)) std::abort();
  static_cast<void>(accepts_taxii(text));
  static_cast<void>(is_taxii_content(text));
  if (read_cursor("key", "query", text)) std::abort();
  static_cast<void>(TaxiiUsers::read(text));
  return 0;
}
