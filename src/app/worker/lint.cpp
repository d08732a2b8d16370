#include "app/worker/lint.h"

#include <filesystem>

#include <sys/mman.h>

#include "app/worker/functions.h"
#include "app/worker/indicators.h"
#include "app/worker/side_by_side.h"
#include "base/text.h"
#include "base/wire.h"
#include "intel/lint/linter.h"

namespace testudo {
namespace {

constexpr auto finding_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr auto figures_frame = static_cast<std::uint8_t>(finding_frame + 1);

void write_finding(FrameWriter& out, const LintFinding& finding) {
  std::string payload;
  WireOut(payload).text(finding.file).text(finding.object).text(finding.defect).text(finding.value).text(finding.mend);
  out.write(finding_frame, payload);
}

// Pages that were read are given back to the system, so that a large file does not fill the memory.
void release(void* owner, std::size_t until) {
  constexpr std::size_t step = 8U << 20;
  const Bytes bytes = static_cast<const Mapping*>(owner)->bytes();
  if (until > bytes.size() || until < step) return;
  const std::size_t end = until / step * step;
  ::madvise(const_cast<std::uint8_t*>(bytes.data()) + (end - step), step, MADV_DONTNEED);
}

void lint_one(Linter& linter, int fd, std::string_view name, std::string_view format, LintFigures& figures,
              FrameWriter& out) {
  auto mapped = Mapping::of(fd);
  ++figures.files;
  if (!mapped) return write_finding(out, {std::string(name), "", "unreadable", mapped.error().what, ""});
  figures.octets += mapped->bytes().size();
  const std::string file = std::filesystem::path(name).filename().string();
  const FeedText feed{file, as_text(mapped->bytes()), &release, &mapped.value()};
  if (linter.feed(name, feed, format))
    ++figures.feeds;
  else if (!format.empty())
    write_finding(out, {std::string(name), "", "not_a_feed", "", ""});
}

// A file, and what is kept of it for the comparison of all.
struct Checked {
  std::string_view name, format;
  std::optional<Linter> linter;
  LintFigures figures;
};

}  // namespace

void lint_feeds_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  WireIn in(request);
  const auto jobs = in.number<std::uint32_t>();
  if (!jobs || *jobs > descriptors.size()) return out.fail(error(Fault::internal, "a request that ends early"));
  std::optional<Mapping> image;
  std::optional<WarningLists> warnings;
  if (descriptors.size() > *jobs) {
    auto mapped = Mapping::of(descriptors.back());
    if (!mapped) return out.fail(mapped.error());
    image.emplace(std::move(mapped.value()));
    auto opened = WarningLists::open(image->bytes());
    if (!opened) return out.fail(opened.error());
    warnings.emplace(std::move(opened.value()));
  }
  std::vector<Checked> files(*jobs);
  for (Checked& file : files) {
    const auto name = in.text(), format = in.text();
    if (!name || !format) return out.fail(error(Fault::internal, "a request that ends early"));
    file.name = *name, file.format = *format;
  }
  side_by_side(files.size(), out, [&](std::size_t i, FrameWriter& frames) {
    Checked& file = files[i];
    file.linter.emplace([&frames](const LintFinding& finding) { write_finding(frames, finding); },
                        warnings ? &*warnings : nullptr);
    lint_one(*file.linter, descriptors[i], file.name, file.format, file.figures, frames);
  });
  LintFigures figures;
  Linter all([&](const LintFinding& finding) { write_finding(out, finding); });
  for (Checked& file : files) {
    all.append(std::move(*file.linter));
    figures.files += file.figures.files;
    figures.feeds += file.figures.feeds;
    figures.octets += file.figures.octets;
  }
  all.finish();
  std::string payload;
  WireOut(payload).number(figures.files).number(figures.feeds).number(figures.octets);
  out.write(figures_frame, payload);
}

namespace {

Result<LintFinding> read_finding(std::string_view payload) {
  WireIn in(payload);
  LintFinding finding;
  for (std::string* part : {&finding.file, &finding.object, &finding.defect, &finding.value, &finding.mend})
    *part = to_utf8(TRY(in.text()));
  return finding;
}

Result<LintFigures> read_figures(std::string_view payload) {
  WireIn in(payload);
  LintFigures figures;
  for (std::uint64_t* n : {&figures.files, &figures.feeds, &figures.octets}) *n = TRY(in.number<std::uint64_t>());
  return figures;
}

}  // namespace

Result<LintFigures> lint_feeds(Zygote& zygote, const std::vector<FeedJob>& jobs, const Descriptor& warnings,
                               const LintReceiver& receiver) {
  std::vector<Descriptor> files;
  std::vector<int> descriptors;
  std::string request;
  WireOut(request).number(static_cast<std::uint32_t>(jobs.size()));
  for (const FeedJob& job : jobs) {
    files.push_back(TRY(open_named(job.path)));
    descriptors.push_back(files.back().get());
    WireOut(request).text(job.name).text(job.format);
  }
  if (warnings.valid()) descriptors.push_back(warnings.get());
  Worker worker =
      TRY(zygote.run(static_cast<std::uint16_t>(Task::lint_feeds), request, descriptors, {.memory = 64ULL << 30}));
  files.clear();
  LintFigures figures;
  TRY(worker.each_frame(error(Fault::internal, "the feeds could not be checked: the reading process died"),
                        [&](const Frame& frame) -> Result<void> {
                          if (frame.kind == finding_frame) receiver(TRY(read_finding(frame.payload)));
                          if (frame.kind == figures_frame) figures = TRY(read_figures(frame.payload));
                          return {};
                        }));
  return figures;
}

}  // namespace testudo
