// The subset of YAML that indicator lists are written in. Floor 3. Source: YAML 1.2.2, block styles.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace testudo {

// "  - name: value": a line of block mappings and sequences. Flow collections, anchors, tags, block scalars, directives
// and TABs for indentation are not read.
struct YamlLine {
  std::size_t indent = 0;  // blanks before the '-' or the key
  bool item = false;       // begins with "- "
  std::string key, value;  // without quotes; an item without key has a value alone
  bool read = true;        // false: outside of the subset
};

YamlLine yaml_line(std::string_view line);
bool is_yaml_blank(std::string_view line);  // empty, a comment, "---" or "..."

}  // namespace testudo
