#include "app/verb/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

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

Verb Verb::add_verb(const char* name, const char* help, std::function<int()> action) {
  CLI::App* verb = parser_->add_subcommand(name, help);
  verb->callback([status = status_, action = std::move(action)] { *status = action(); });
  return {*verb, *status_};
}

Verb Verb::add_group(const char* name, const char* help) {
  CLI::App* verb = parser_->add_subcommand(name, help);
  verb->require_subcommand(1);
  return {*verb, *status_};
}

Option Verb::option(const char* name, std::string& value, const char* help) {
  CLI::Option* option = parser_->add_option(name, value, help);
  option->check([](const std::string& text) { return std::string(text.empty() ? "a value is missing" : ""); });
  return Option(*option);
}

Option Verb::option(const char* name, std::optional<std::string>& value, const char* help) {
  return Option(*parser_->add_option(name, value, help));
}

Option Verb::option(const char* name, std::vector<std::string>& values, const char* help) {
  return Option(*parser_->add_option(name, values, help));
}

Option Verb::option(const char* name, std::int64_t& value, const char* help) {
  return Option(*parser_->add_option(name, value, help));
}

Option Verb::option(const char* name, std::uint64_t& value, const char* help) {
  return Option(*parser_->add_option(name, value, help));
}

Option Verb::option(const char* name, std::uint32_t& value, const char* help) {
  return Option(*parser_->add_option(name, value, help));
}

Option Verb::option(const char* name, std::optional<std::uint8_t>& value, const char* help) {
  return Option(*parser_->add_option(name, value, help));
}

Option Verb::option(const char* name, double& value, const char* help) {
  return Option(*parser_->add_option(name, value, help));
}

void Verb::flag(const char* name, bool& given, const char* help) { parser_->add_flag(name, given, help); }

struct CommandLine::Parser {
  Parser(const char* name, const char* about) : app(about, name) {}
  CLI::App app;
  int status = exit_done;
};

CommandLine::CommandLine(const char* name, const char* about, const char* version)
    : parser_(std::make_unique<Parser>(name, about)) {
  parser_->app.set_version_flag("--version", version);
  parser_->app.require_subcommand(1);
  parser_->app.fallthrough();
}

CommandLine::~CommandLine() = default;

Verb CommandLine::program() { return {parser_->app, parser_->status}; }

int CommandLine::run(int argc, char** argv) {
  try {
    parser_->app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return parser_->app.exit(e);  // --help and --version
    std::fprintf(stderr, "testudo: %s\n", visible(e.what()).c_str());
    return exit_failed;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "testudo: %s\n", e.what());
    return exit_failed;
  }
  return parser_->status;
}

}  // namespace testudo
