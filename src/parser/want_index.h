// Want index: which parsers want a file, asked once for every row of a manifest (hundreds of thousands). Floor 4.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parser/parser.h"

namespace testudo {

struct Wanted {
  std::uint16_t parser;  // index into parsers()
  FileRole role;
};

class WantIndex {
 public:
  // All wants of all registered parsers; keeps views into them.
  WantIndex();
  // The parsers that want this file, each once, in its first matching role. Cost: one hash probe by the path, and one
  // comparison for each of the few wants whose path is a pattern.
  std::vector<Wanted> of(std::string_view domain, std::string_view path) const;
  // The same for the write-ahead log of a wanted database ("…/sms.db-wal"): asks for the path without "-wal".
  static std::string_view database_of_log(std::string_view path);  // empty if it is no log

 private:
  struct Entry {
    const Want* want;
    std::uint16_t parser;
  };
  // A want whose path is a pattern. Nearly every path fails at its literal end or beginning.
  struct Pattern {
    Entry entry;
    std::string_view begin, end;
  };
  std::unordered_map<std::string_view, std::vector<Entry>> exact_;  // by path
  std::vector<Pattern> patterns_;
};

}  // namespace testudo
