#include "intel/hunt/hunt_file.h"

#include <algorithm>

namespace testudo {

std::string_view tie_name(Tie tie) {
  constexpr std::array<std::string_view, tie_count> names = {
      "none", "address", "name_server", "alias",  "mail_server", "certificate", "batch",
      "jarm", "page",    "banner",      "handle", "registrar",   "asn",         "domain"};
  return names[static_cast<std::size_t>(tie)];
}

std::span<const HuntFormat> hunt_formats() {
  static const std::array formats = {hunt_json_format, zeek_dns_format,   zone_format,
                                     query_log_format, hunt_table_format, name_list_format};
  return formats;
}

const HuntFormat& hunt_format_of(std::string_view text) {
  constexpr std::size_t head = 64U << 10;
  const auto formats = hunt_formats();
  const auto found =
      std::ranges::find_if(formats, [&](const HuntFormat& f) { return f.looks_like(text.substr(0, head)); });
  return found == formats.end() ? formats.back() : *found;
}

const HuntFormat* hunt_format_named(std::string_view name) {
  const auto formats = hunt_formats();
  const auto found = std::ranges::find(formats, name, &HuntFormat::name);
  return found == formats.end() ? nullptr : &*found;
}

std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace testudo
