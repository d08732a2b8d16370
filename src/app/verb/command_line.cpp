#include "app/verb/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <new>

#include "app/verb/verb.h"
#include "base/text.h"

namespace testudo {

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::range(int least, int most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::range(std::uint64_t least, std::uint64_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::range(double least, double most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::one_at_a_time() {
  option_->allow_extra_args(false);
  return *this;
}

Option& Option::one_of(std::initializer_list<const char*> words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

Verb Verb::add_verb(const char* name, std::function<int()> action) {
  CLI::App* verb = parser_->add_subcommand(name);
  verb->callback([status = status_, action = std::move(action)] { *status = action(); });
  return {*verb, *status_};
}

Verb Verb::add_group(const char* name) {
  CLI::App* verb = parser_->add_subcommand(name);
  verb->require_subcommand(1);
  return {*verb, *status_};
}

Option Verb::option(const char* name, std::string& value) {
  CLI::Option* option = parser_->add_option(name, value);
  option->check([](const std::string& text) { return std::string(text.empty() ? "a value is missing" : ""); });
  return Option(*option);
}

Option Verb::option(const char* name, std::optional<std::string>& value) {
  return Option(*parser_->add_option(name, value));
}

Option Verb::option(const char* name, std::vector<std::string>& values) {
  return Option(*parser_->add_option(name, values));
}

Option Verb::option(const char* name, std::int64_t& value) { return Option(*parser_->add_option(name, value)); }

Option Verb::option(const char* name, std::uint64_t& value) { return Option(*parser_->add_option(name, value)); }

Option Verb::option(const char* name, std::uint32_t& value) { return Option(*parser_->add_option(name, value)); }

Option Verb::option(const char* name, std::optional<std::uint8_t>& value) {
  return Option(*parser_->add_option(name, value));
}

Option Verb::option(const char* name, double& value) { return Option(*parser_->add_option(name, value)); }

void Verb::flag(const char* name, bool& given) { parser_->add_flag(name, given); }

namespace {

// The verb that the arguments reached, and how it is called: "testudo case".
struct Reached {
  const CLI::App* verb;
  std::string call;
  bool is_group() const { return verb->get_require_subcommand_min() > 0 && verb->get_subcommands().empty(); }
};

Reached reached(const CLI::App& program) {
  Reached at{&program, program.get_name()};
  for (auto below = at.verb->get_subcommands(); !below.empty(); below = at.verb->get_subcommands()) {
    at.verb = below.back();
    at.call += " " + at.verb->get_name();
  }
  return at;
}

std::string not_expected(const Reached& at, const CLI::App& program, const Catalogue& words) {
  std::string left;
  for (const std::string& word : program.remaining(true)) left.append(left.empty() ? "" : " ").append(word);
  return words.say("command.not_expected", {{"call", at.call}, {"what", left}});
}

// What a group of verbs was given in place of one. CLI11 says of all of it that a subcommand is required.
std::string no_such_verb(const Reached& at, const CLI::App& program, const Catalogue& words) {
  const std::vector<std::string> left = program.remaining(true);
  if (!left.empty() && left.front().starts_with("-")) return not_expected(at, program, words);
  std::string verbs;
  for (const CLI::App* verb : at.verb->get_subcommands([](const CLI::App*) { return true; }))
    verbs.append(verbs.empty() ? "" : ", ").append(verb->get_name());
  const std::string call = left.empty() ? at.call : at.call + " " + left.front();
  return words.say(left.empty() ? "command.verb_missing" : "command.verb_unknown", {{"call", call}, {"verbs", verbs}});
}

// What a verb that was reached cannot do its work with. The library says the rest in words of its own.
std::string wrong_arguments(const Reached& at, const CLI::App& program, const CLI::ParseError& e,
                            const Catalogue& words) {
  std::string said = e.what();
  const std::string option = said.substr(0, said.find(": "));
  if (dynamic_cast<const CLI::RequiredError*>(&e) != nullptr) {
    for (const CLI::Option* needed : at.verb->get_options())
      if (needed->get_required() && needed->empty())
        return words.say("command.missing", {{"call", at.call}, {"what", needed->get_name()}});
  } else if (dynamic_cast<const CLI::ExtrasError*>(&e) != nullptr) {
    return not_expected(at, program, words);
  } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&e) != nullptr) {
    return words.say("command.value_missing", {{"option", option}});
  }
  return said;
}

int refuse(const std::string& sentence) {
  std::fprintf(stderr, "testudo: %s\n", visible(sentence).c_str());
  return exit_failed;
}

// Nothing but help needs these sentences: they are looked up when it is asked for.
void describe(CLI::App& verb, const std::string& key, const Catalogue& words) {
  verb.description(words.say(key));
  for (CLI::Option* option : verb.get_options()) {
    const bool is_help = option == verb.get_help_ptr(), is_version = option == verb.get_version_ptr();
    option->description(words.say(is_help      ? "help.any.help"
                                  : is_version ? "help.any.version"
                                               : key + "." + option->get_name()));
  }
  for (CLI::App* below : verb.get_subcommands([](CLI::App*) { return true; }))
    describe(*below, key + "." + below->get_name(), words);
}

// Of a command line that asks for no action: for help, or for something that there is not.
int answer(CLI::App& program, const CLI::ParseError& e, const std::string& language) {
  const bool asks_for_help = e.get_exit_code() == 0;  // or for the version
  const Reached at = reached(program);
  const bool lacks_verb = at.is_group() && (asks_for_help ? !program.remaining(true).empty()
                                                          : dynamic_cast<const CLI::RequiredError*>(&e) != nullptr);
  const auto words = Catalogue::load(language);
  if (!words) return refuse(words.error().what);
  if (lacks_verb) return refuse(no_such_verb(at, program, *words));
  if (!asks_for_help) return refuse(wrong_arguments(at, program, e, *words));
  describe(program, "help", *words);
  program.exit(e);
  std::cout.flush();
  if (!std::cout || std::fflush(stdout) != 0) return fail(*words, error(Fault::io, "output_not_written"));
  return exit_done;
}

}  // namespace

struct CommandLine::Parser {
  explicit Parser(const char* name) : app("", name) {}
  CLI::App app;
  int status = exit_done;
};

CommandLine::CommandLine(const char* name, const char* version) : parser_(std::make_unique<Parser>(name)) {
  parser_->app.set_version_flag("--version", version);
  parser_->app.require_subcommand(1);
  parser_->app.fallthrough();
}

CommandLine::~CommandLine() = default;

Verb CommandLine::program() { return {parser_->app, parser_->status}; }

int CommandLine::run(int argc, char** argv, const std::string& language) {
  try {
    parser_->app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return answer(parser_->app, e, language);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& e) {
    return refuse(e.what());
  }
  return parser_->status;
}

}  // namespace testudo
