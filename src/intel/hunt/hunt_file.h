// Files to hunt in: which format a file has, and reading it. Each format is one file of this folder. Floor 3.
// Everything read is hostile: what is broken is left out and noted; no format needs the whole file in memory.
#pragma once

#include <span>

#include "intel/hunt/fact.h"

namespace testudo {

struct HuntFormat {
  std::string_view name;
  bool (*looks_like)(std::string_view head);  // the first 64 KiB
  void (*read)(std::string_view text, const HuntReceiver& use, HuntNotes& notes);
};

// In the order in which they are tried. The last one, a plain list of names, takes every text.
std::span<const HuntFormat> hunt_formats();
const HuntFormat& hunt_format_of(std::string_view text);
// Nothing for a name that is no format's.
const HuntFormat* hunt_format_named(std::string_view name);

extern const HuntFormat zone_format, hunt_json_format, zeek_dns_format, hunt_table_format, query_log_format,
    name_list_format;

// Cuts the next line from `rest`, without its line end.
std::string_view next_line(std::string_view& rest);

}  // namespace testudo
