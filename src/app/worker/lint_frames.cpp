#include "app/worker/lint_frames.h"

#include "base/text.h"
#include "base/wire.h"

namespace testudo {
namespace {

// Beside the frames of feed.cpp, and below those of feed_frames.cpp.
constexpr auto finding_frame = static_cast<std::uint8_t>(FrameKind::first_own) + 16;

}  // namespace

void write_finding(FrameWriter& out, const LintFinding& finding) {
  WireOut wire(out.begin(finding_frame));
  wire.text(finding.file).text(finding.object).text(finding.defect).text(finding.value).text(finding.mend);
  out.end();
}

bool is_finding(const Frame& frame) { return frame.kind == finding_frame; }

Result<LintFinding> read_finding(std::string_view payload) {
  WireIn in(payload);
  LintFinding finding;
  for (std::string* part : {&finding.file, &finding.object, &finding.defect, &finding.value, &finding.mend})
    *part = to_utf8(TRY(in.text()));
  return finding;
}

}  // namespace testudo
