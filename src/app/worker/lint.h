// Feeds checked by a worker, which reads hostile octets: files in, defects out. Floor 7.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/worker/feed.h"
#include "intel/lint/lint_finding.h"

namespace testudo {

struct LintFigures {
  std::uint64_t files = 0, feeds = 0, octets = 0;
};

// Checks the files in one worker, each by itself and all beside each other. `warnings`: compiled warning lists, or a
// descriptor that is not valid.
Result<LintFigures> lint_feeds(Zygote& zygote, const std::vector<FeedJob>& jobs, const Descriptor& warnings,
                               const LintReceiver& receiver);

}  // namespace testudo
