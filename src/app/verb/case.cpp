#include "app/verb/verb.h"

namespace testudo {

void add_case_verb(CLI::App&, VerbContext&, int&) {}

}  // namespace testudo
