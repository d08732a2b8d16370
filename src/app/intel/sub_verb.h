// The sub-verbs of `testudo intel`: one file each in this folder; verb/intel.cpp lists them. Floor 7.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/verb/verb.h"
#include "base/time.h"
#include "intel/store/intel_store.h"

namespace testudo {

// What a sub-verb gets when it runs.
struct IntelCall {
  Zygote& zygote;
  const Catalogue& words;
  std::string store;  // folder of --store, or the default
  Time now;
  bool named_store = false;  // --store was given

  Result<IntelStore> open(IntelStore::Mode mode) const { return IntelStore::open(store, mode); }
  // What --as-of means: a date is the end of that day. "intel_bad_date" if it is none.
  Result<Time> moment(const std::string& as_of) const;
  // The generation that --as-of names; the present one for an empty date. "intel_bad_date" if it is none.
  Result<std::int64_t> generation(const IntelStore& in, const std::string& as_of) const;
  // "intel_no_such_source" unless the store has, or had, a source of this name; an empty one is none that was asked
  // for.
  Result<void> has_source(IntelStore& in, const std::string& name) const;
  // "intel_no_such_threat" unless the store ties, or tied, something to a threat whose name holds this; as
  // has_source().
  Result<void> has_threat(IntelStore& in, const std::string& name) const;
  // Prints a sentence of the catalogue and a line break, `indent` columns from the left.
  void print(std::string_view key, std::initializer_list<Catalogue::Argument> arguments = {},
             std::size_t indent = 0) const;
};

// The verb `intel`, to which sub-verbs are added.
class IntelVerb {
 public:
  IntelVerb(Verb verb, VerbContext& context) : verb_(verb), context_(context) {}
  Verb add(const char* name, std::function<Result<int>(const IntelCall&)> action);
  // The same for an action that gets the arguments which the options of the sub-verb fill.
  template <typename Arguments>
  Verb add(const char* name, const std::shared_ptr<Arguments>& arguments,
           Result<int> (*action)(const Arguments&, const IntelCall&)) {
    return add(name, [arguments, action](const IntelCall& call) { return action(*arguments, call); });
  }
  // A verb below this one that has sub-verbs of its own.
  IntelVerb group(const char* name);
  // For --store.
  std::string& store() { return *store_; }

 private:
  Verb verb_;
  VerbContext& context_;
  std::shared_ptr<std::string> store_ = std::make_shared<std::string>();
};

// $XDG_DATA_HOME/testudo/intel, or ~/.local/share/testudo/intel; empty if neither variable is set.
std::string default_intel_store();

void add_intel_import(IntelVerb& verb);
void add_intel_edit(IntelVerb& verb);  // add, retract, sight
void add_intel_list(IntelVerb& verb);  // list, stats
void add_intel_show(IntelVerb& verb);
void add_intel_update(IntelVerb& verb);
void add_intel_lint(IntelVerb& verb);
void add_intel_warnings(IntelVerb& verb);  // warnings import, list, test
void add_intel_eval(IntelVerb& verb);
void add_intel_export(IntelVerb& verb);
void add_intel_screen(IntelVerb& verb);
void add_intel_hunt(IntelVerb& verb);
void add_intel_history(IntelVerb& verb);  // history, rollback
void add_intel_taxii(IntelVerb& verb);    // in app/taxii/

}  // namespace testudo
