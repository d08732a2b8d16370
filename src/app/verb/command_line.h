// The command line: which verbs there are, and what each takes. The one door to CLI11, whose header costs every source
// that reads it seconds to compile: command_line.cpp includes it, and nobody else. Floor 7.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace testudo {

// What else holds of an option that was declared. A value that it refuses ends the program with a sentence on standard
// error, before any action runs.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}
  Option& required();
  // Both ends may be typed. What --help calls the number follows the type of the bounds, not that of the variable.
  Option& range(int least, int most);
  Option& range(std::uint64_t least, std::uint64_t most);
  Option& range(double least, double most);
  Option& one_of(std::initializer_list<const char*> words);
  // Of a vector: one value each time the option is given, so that what follows is taken by its place.
  Option& one_at_a_time();

 private:
  CLI::Option* option_;
};

// What --help says of a verb or an option stands in the catalogue, below `help`: help.case.query.sql,
// help.case.query.--json.

// A verb, to which options and further verbs are added. A handle: it may be copied, and is good as long as the
// CommandLine is.
class Verb {
 public:
  Verb(CLI::App& parser, int& status) : parser_(&parser), status_(&status) {}

  // `action` runs when this verb is the one that was asked for, and gives the exit status.
  Verb add_verb(const char* name, std::function<int()> action);
  // A verb that does nothing itself: one of those below it has to be named.
  Verb add_group(const char* name);

  // `--name` takes a value, `name` is taken by its place. The variable is filled before the action runs, keeps its
  // value where nothing was given, and must outlive the parsing. A vector takes any number of values. An empty value is
  // one for an optional alone; a string refuses it.
  Option option(const char* name, std::string& value);
  Option option(const char* name, std::optional<std::string>& value);
  Option option(const char* name, std::vector<std::string>& values);
  Option option(const char* name, std::int64_t& value);
  Option option(const char* name, std::uint64_t& value);
  Option option(const char* name, std::uint32_t& value);
  Option option(const char* name, std::optional<std::uint8_t>& value);
  Option option(const char* name, double& value);
  void flag(const char* name, bool& given);

 private:
  CLI::App* parser_;
  int* status_;
};

// The program as it is called. One verb has to be named; options of a verb are also understood behind the verbs below.
class CommandLine {
 public:
  CommandLine(const char* name, const char* version);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // The program itself, to add its verbs and the options that all of them share.
  Verb program();
  // Runs the action that the arguments ask for and gives its exit status. --help and --version print and give 0;
  // arguments that are wrong, an action that throws, or a standard output that does not take the help give exit_failed
  // and a sentence on standard error. `language` may be the variable of an option: it is read after the arguments.
  int run(int argc, char** argv, const std::string& language = "en");

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace testudo
