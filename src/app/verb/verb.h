// Verb: one command of the program. A verb reads its arguments, calls the floors below and prints. Floor 7.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/verb/command_line.h"
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

// The sentence of an error, made harmless for a terminal. Error texts that are keys below "error." in the catalogue are
// replaced by theirs.
std::string sentence_of(const Catalogue& words, const Error& e);
// Prints it to standard error and returns exit_failed. `about`: which of several things could not be done; empty where
// there is one.
int fail(const Catalogue& words, const Error& e, const std::string& about = {});

// Runs `action` with the sentences of the language that was asked for: its exit status, or fail(). The same where
// standard output did not take what was printed.
int run_action(const VerbContext& context, const std::function<Result<int>(const Catalogue&)>& action);

// Each adds a verb, and what it takes, to the program. The context must outlive the parsing.
void add_check_verb(Verb program, VerbContext& context);
void add_unlock_verb(Verb program, VerbContext& context);
void add_case_verb(Verb program, VerbContext& context);
void add_intel_verb(Verb program, VerbContext& context);

}  // namespace testudo
