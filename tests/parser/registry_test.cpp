// The registry: what every parser must declare, so that outputs, documentation and coverage can be made from it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "parser/parser.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;
const fs::path root = TESTUDO_SOURCE_DIR;

bool is_snake_case(std::string_view name, bool dots) {
  if (name.empty()) return false;
  for (char c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (dots && c == '.'))) return false;
  return true;
}

TEST(Registry, NamesAreUniqueAndInOrder) {
  const auto& all = parsers();
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1].name, all[i].name);
  for (const Parser& parser : all) {
    EXPECT_TRUE(is_snake_case(parser.name, true)) << parser.name;
    EXPECT_EQ(find_parser(parser.name)->parse, parser.parse);
  }
}

// Every source file below the parser floor's folders that registers itself is in the program (a static library would
// drop it).
TEST(Registry, HoldsEveryParserFile) {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root / "src/parser"))
    if (entry.path().extension() == ".cpp") {
      FILE* in = std::fopen(entry.path().c_str(), "rb");
      ASSERT_NE(in, nullptr);
      std::string text(static_cast<std::size_t>(entry.file_size()), '\0');
      text.resize(std::fread(text.data(), 1, text.size(), in));
      std::fclose(in);
      if (text.find("const Registration ") != std::string::npos) ++files;
    }
  EXPECT_EQ(parsers().size(), files) << "one parser a file, registered by `const Registration`";
}

// Whoever looks for a source finds it, and a number that is true.
TEST(Registry, TheListsOfSourcesNameEveryParser) {
  const auto content = [](const char* file) {
    std::ifstream in(root / file, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  const std::string readme = content("README.md"), formats = content("docs/formats/README.md");
  for (const Parser& parser : parsers()) {
    const std::string name = "`" + std::string(parser.name) + "`";
    EXPECT_NE(readme.find("| " + name + " |"), std::string::npos) << name;
    EXPECT_NE(formats.find(name), std::string::npos) << name;
    EXPECT_NE(formats.find("](" + std::string(parser.page) + ")"), std::string::npos) << parser.page;
  }
  EXPECT_NE(readme.find("\n" + std::to_string(parsers().size()) + " sources of a backup."), std::string::npos);
}

TEST(Registry, EveryParserIsDeclaredInFull) {
  for (const Parser& parser : parsers()) {
    SCOPED_TRACE(parser.name);
    EXPECT_NE(parser.parse, nullptr);
    EXPECT_FALSE(parser.records.empty());
    bool primary = false;
    for (const Want& want : parser.wants) primary = primary || want.role == FileRole::primary;
    EXPECT_TRUE(primary);
    EXPECT_TRUE(fs::exists(root / "docs/formats" / parser.page)) << parser.page;
    const fs::path cases = root / "tests/parser/cases" / parser.name;
    bool any = false;
    if (fs::exists(cases))
      for (const auto& entry : fs::directory_iterator(cases)) any = any || fs::exists(entry.path() / "expected.ndjson");
    EXPECT_TRUE(any) << "no case in " << cases;
  }
}

TEST(Registry, ARecordTypeBelongsToOneParser) {
  std::set<std::string_view> names;
  std::set<const RecordType*> types;
  for (const Parser& parser : parsers())
    for (const RecordType* type : parser.records) {
      EXPECT_TRUE(types.insert(type).second) << type->name;
      EXPECT_TRUE(names.insert(type->name).second) << type->name;
    }
  EXPECT_EQ(all_record_types().size(), types.size());
}

TEST(Registry, OneFieldNameIsOneKind) {
  std::map<std::string_view, const FieldInfo*> known;
  for (const RecordType* type : all_record_types())
    for (const FieldInfo& field : type->fields) {
      const auto [at, fresh] = known.emplace(field.name, &field);
      EXPECT_TRUE(fresh || at->second->kind == field.kind)
          << type->name << "." << field.name << ": " << kind_name(at->second->kind) << ", " << kind_name(field.kind);
    }
}

// A record whose every field counted would be another one whenever a counter moved on.
TEST(Registry, EveryRecordTypeSaysWhatIdentifiesIt) {
  for (const RecordType* type : all_record_types()) {
    std::size_t identifying = 0;
    for (std::size_t i = 0; i < type->fields.size(); ++i) {
      if (!type->identifies(i)) continue;
      ++identifying;
      EXPECT_NE(type->fields[i].show, Show::rest) << type->name << "." << type->fields[i].name;
    }
    EXPECT_GT(identifying, 0U) << type->name;
    EXPECT_LT(identifying, type->fields.size()) << type->name;
  }
}

TEST(Registry, FieldsAreNamedAndExplained) {
  // What the envelope of every record carries already.
  const std::set<std::string_view> taken{"record", "rowid", "offset", "file", "state", "source", "evidence"};
  for (const RecordType* type : all_record_types()) {
    SCOPED_TRACE(type->name);
    EXPECT_TRUE(is_snake_case(type->name, true));
    EXPECT_GT(type->prose.size(), 20U);
    EXPECT_FALSE(type->line.empty());
    std::set<std::string_view> names;
    for (const FieldInfo& field : type->fields) {
      EXPECT_TRUE(is_snake_case(field.name, false)) << field.name;
      EXPECT_TRUE(names.insert(field.name).second) << field.name;
      EXPECT_FALSE(taken.contains(field.name)) << field.name;
      EXPECT_GT(field.prose.size(), 3U) << field.name;
      EXPECT_TRUE(field.show != Show::event || field.kind == Kind::time) << field.name;
    }
  }
}

TEST(Registry, LinesNameFieldsThatExist) {
  for (const RecordType* type : all_record_types()) {
    std::string_view line = type->line;
    for (auto open = line.find('{'); open != std::string_view::npos; open = line.find('{')) {
      const auto close = line.find('}', open);
      ASSERT_NE(close, std::string_view::npos) << type->name;
      const auto name = line.substr(open + 1, close - open - 1);
      EXPECT_TRUE(type->field(name)) << type->name << " has no " << name;
      line.remove_prefix(close + 1);
    }
  }
}

}  // namespace
}  // namespace testudo
