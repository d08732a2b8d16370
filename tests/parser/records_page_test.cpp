// docs/formats/records.md holds what records and fields declare, and nothing else: TESTUDO_BLESS=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "parser/parser.h"

namespace testudo {
namespace {

// A text as it may stand in a cell of a table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

std::string_view mark(Show show) { return show == Show::event ? "event" : is_content(show) ? "left out" : ""; }

std::string page() {
  std::string out =
      "# Records and their fields\n\n"
      "What each record of a check holds: the lines of `records/`, the `fields` of a finding, and the tables of a "
      "[case](../manual/case.md#what-is-in-the-folder), whose names have `_` for `.`.\n"
      "A field that the evidence gives no value for is left out of a line, and NULL in a table. This page is made from "
      "the declarations; the page of the format says where in the evidence a field comes from.\n\n"
      "*event*: the time makes a row of the timeline. *left out*: not in a report for sharing.\n";
  std::map<std::string_view, std::pair<const RecordType*, std::string_view>> types;  // by name
  for (const Parser& parser : parsers())
    for (const RecordType* type : parser.records) types[type->name] = {type, parser.page};
  for (const auto& [name, declared] : types) {
    const auto& [type, format] = declared;
    out += "\n## " + std::string(type->name) + "\n\n" + std::string(type->prose) + " ([format](" + std::string(format) +
           "))\n\n| field | kind | meaning | |\n|---|---|---|---|\n";
    for (const FieldInfo& field : type->fields)
      out += "| `" + std::string(field.name) + "` | " + std::string(kind_name(field.kind)) + " | " + cell(field.prose) +
             " | " + std::string(mark(field.show)) + " |\n";
  }
  return out;
}

TEST(RecordsPage, HoldsEveryField) {
  const std::string path = std::string(TESTUDO_SOURCE_DIR) + "/docs/formats/records.md";
  if (std::getenv("TESTUDO_BLESS") != nullptr) {
    std::ofstream(path, std::ios::binary) << page();
    return;
  }
  std::ifstream in(path, std::ios::binary);
  const std::string written{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(written, page()) << "make it with TESTUDO_BLESS=1";
}

}  // namespace
}  // namespace testudo
