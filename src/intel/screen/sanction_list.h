// Public sanction lists in their published formats, read as entities to screen against. Floor 3.
// docs/formats/sanction-lists.md says which elements and columns are read, and from where that is known.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intel/screen/screen_entity.h"

namespace testudo {

// Something that a list has and should not, by a stable name; repeats of one name are counted, not repeated.
struct ListNote {
  std::string name;          // "truncated", "no_name", "no_id", "unknown_type", "bad_date", "too_many_names" …
  std::uint64_t offset = 0;  // octet where it was met first; 0 where the format's reader does not know
  std::uint64_t count = 1;
  std::string value;  // of the first, cut to 120 octets

  // Names that the list holds may be missing because of it. Not so for what is no name (dates, document types) or
  // was read all the same.
  bool loses_names() const;
};

struct SanctionList {
  std::string format;  // of the table below
  std::string date;    // when the list was made, YYYY-MM-DD; empty if it does not say
  std::vector<ScreenEntity> entities;
  std::vector<ListNote> notes;
};

struct ListFormat {
  std::string_view name;                     // "eu-xml", "ofac-xml" …
  std::string_view title;                    // of the list and its publisher
  std::string_view list;                     // what ScreenEntity::list says, where the file does not name its own
  bool (*recognise)(std::string_view head);  // by the first 64 kB
  Result<void> (*read)(std::string_view content, SanctionList& out);  // an Error only if nothing of it can be read
};

// All formats; the order is that in which they are tried.
std::span<const ListFormat> list_formats();

// Reads one list. Without a format's name it is recognised. Broken records cost themselves alone; a list that stops in
// the middle gives what came before, with the note `truncated`. Errors: `unsupported` no format, `malformed` not that
// format, `limit` over 256 MB. Cost: about 100 MB/s for CSV and JSON, half of that for XML, whose tree stands in
// memory.
Result<SanctionList> read_sanction_list(std::string_view content, std::string_view format = {});

// Entities of one list and id become one, with the names, births, countries and identifiers of all: OFAC's CSV form has
// its aliases, addresses and the ends of long remarks in files of their own, and a list may be read twice. What then
// has no name is dropped.
void merge_entities(std::vector<ScreenEntity>& entities);

}  // namespace testudo
