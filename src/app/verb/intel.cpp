// testudo intel: the intelligence store, from any feed in to any defender out. The sub-verbs stand in app/intel/.
#include "app/intel/sub_verb.h"

namespace testudo {

void add_intel_verb(CLI::App& program, VerbContext& context, int& status) {
  CLI::App* verb = program.add_subcommand("intel", "Keep, judge and hand on what is known of the surveillance market");
  verb->require_subcommand(1);
  IntelVerb intel(*verb, context, status);
  verb->add_option("--store", intel.store(), "folder of the store (default: the user's own)");
  add_intel_import(intel);
  add_intel_update(intel);
  add_intel_edit(intel);
  add_intel_list(intel);
  add_intel_show(intel);
  add_intel_lint(intel);
  add_intel_warnings(intel);
  add_intel_eval(intel);
  add_intel_export(intel);
  add_intel_screen(intel);
  add_intel_hunt(intel);
  add_intel_history(intel);
  add_intel_taxii(intel);
}

}  // namespace testudo
