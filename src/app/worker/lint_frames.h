// A feed's defects as frames: what the worker that checks a feed tells its parent. Floor 7.
#pragma once

#include "intel/lint/lint_finding.h"
#include "sandbox/frames.h"

namespace testudo {

void write_finding(FrameWriter& out, const LintFinding& finding);
bool is_finding(const Frame& frame);
// Texts are made valid UTF-8: the worker read hostile octets.
Result<LintFinding> read_finding(std::string_view payload);

}  // namespace testudo
