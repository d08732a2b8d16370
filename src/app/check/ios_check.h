// The check of an iPhone backup: opens it, hands each source to a worker, gathers records, findings and coverage.
// Floor 7: it wires what the floors below do, and knows nothing of formats or of spyware.
#pragma once

#include "app/check/options.h"
#include "app/check/unlocked_backup.h"
#include "app/terminal/progress.h"
#include "base/catalogue.h"
#include "report/check_report.h"
#include "sandbox/zygote.h"

namespace testudo {

// Runs the check and writes what the options ask for: all of it, or nothing. Errors carry a key of the catalogue below
// "error."; "case_busy" where another program is changing the case.
Result<CheckReport> check_ios_backup(Zygote& zygote, const CheckOptions& options, const Credentials& credentials,
                                     const Catalogue& words, Progress::Style progress);

}  // namespace testudo
