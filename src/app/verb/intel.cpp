// testudo intel: the intelligence store, from any feed in to any defender out. The sub-verbs stand in app/intel/.
#include "app/intel/sub_verb.h"

namespace testudo {

void add_intel_verb(Verb program, VerbContext& context) {
  Verb verb = program.add_group("intel");
  IntelVerb intel(verb, context);
  verb.option("--store", intel.store());
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
