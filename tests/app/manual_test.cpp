// Every option that --help lists stands in a page of docs/manual; those of check and unlock in testudo(1) as well.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "app/program.h"

namespace testudo::test {
namespace {

std::string manual() {
  std::string all;
  const std::string folder = std::string(TESTUDO_SOURCE_DIR) + "/docs/manual";
  for (const std::string& file : files_below(folder)) all += read_file(folder + "/" + file);
  return all;
}

std::string page_of_program() {
  return std::regex_replace(read_file(std::string(TESTUDO_SOURCE_DIR) + "/packaging/testudo.1"), std::regex(R"(\\-)"),
                            "-");
}

bool names(const std::string& text, const std::string& option) {
  for (std::size_t at = 0; (at = text.find(option, at)) != std::string::npos; at += option.size()) {
    const char next = at + option.size() < text.size() ? text[at + option.size()] : ' ';
    if (next != '-' && (next < 'a' || next > 'z')) return true;
  }
  return false;
}

std::vector<std::string> all_in(const std::string& text, const char* pattern) {
  std::vector<std::string> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.push_back((*at)[1]);
  return found;
}

void expect_options(const std::vector<std::string>& verbs, const std::string& text, bool below) {
  std::vector<std::string> arguments = verbs;
  arguments.emplace_back("--help");
  const std::string help = run("testudo", arguments).out;
  EXPECT_EQ(help.find("help."), std::string::npos) << "a key without its sentence:\n" << help;
  std::string verb;
  for (const std::string& word : verbs) verb += word + " ";
  for (const std::string& option : all_in(help, R"(\n  (?:-[a-z],)?(--[a-z-]+))"))
    EXPECT_TRUE(names(text, option)) << verb << option;
  const std::size_t listed = help.find("\nSubcommands:");
  if (!below || listed == std::string::npos) return;
  for (const std::string& next : all_in(help.substr(listed), R"(\n  ([a-z]+) )")) {
    arguments = verbs;
    arguments.push_back(next);
    expect_options(arguments, text, true);
  }
}

TEST(Manual, NamesEveryOption) {
  const std::string text = manual();
  ASSERT_TRUE(names(text, "--intel"));
  for (const char* verb : {"check", "unlock", "case", "intel"}) expect_options({verb}, text, true);
}

TEST(Manual, ThePageOfTheProgramNamesThoseOfCheckAndUnlock) {
  const std::string text = page_of_program();
  for (const char* verb : {"check", "unlock"}) expect_options({verb}, text, false);
}

}  // namespace
}  // namespace testudo::test
