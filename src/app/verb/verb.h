// Verb: one command of the program. A verb reads its arguments, calls the floors below and prints. Floor 7.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>

#include "base/catalogue.h"
#include "sandbox/zygote.h"

namespace testudo {

// Exit status of every verb (docs/manual/exit-status.md).
enum ExitStatus : int {
  exit_done = 0,        // done; yes; nothing at or above --fail-at
  exit_found = 1,       // no; something was found
  exit_failed = 2,      // could not do it: one plain sentence on standard error
  exit_incomplete = 3,  // done, nothing found, but a source that is present could not be read in full
};

// What every verb gets.
struct VerbContext {
  Zygote& zygote;
  std::string language = "en";  // of --lang
};

// Prints the sentence of an error to standard error, made harmless for a terminal, and returns exit_failed. Error texts
// that are keys below "error." in the catalogue are replaced by their sentence.
int fail(const Catalogue& words, const Error& e);

// Adds the verb's arguments to the program's; `status` is set when it ran.
void add_check_verb(CLI::App& program, VerbContext& context, int& status);
void add_unlock_verb(CLI::App& program, VerbContext& context, int& status);
void add_case_verb(CLI::App& program, VerbContext& context, int& status);
void add_intel_verb(CLI::App& program, VerbContext& context, int& status);

}  // namespace testudo
