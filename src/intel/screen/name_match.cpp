// Weighs what an alignment says (name_match.h).
#include "intel/screen/name_match.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "intel/screen/name_versions.h"
#include "intel/screen/name_weights.h"

namespace testudo {
namespace {

std::string text_of(PartsView parts, std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count && i < parts.size(); ++i) {
    if (!text.empty()) text.push_back(' ');
    text += parts[i]->text;
  }
  return text;
}

std::vector<const NamePart*> view_of(const NameParts& parts) {
  std::vector<const NamePart*> view;
  view.reserve(parts.parts.size());
  for (const NamePart& part : parts.parts) view.push_back(&part);
  return view;
}

NameScore match_as(std::string_view a, std::string_view b, NameMode mode) {
  const NameParts x = name_parts(a, mode), y = name_parts(b, mode);
  const std::vector<const NamePart*> p = view_of(x), q = view_of(y);
  const NameAlignment alignment = align_names(p, q, mode, x.comma || y.comma);
  NameScore out;
  out.mode = mode;
  out.features = alignment.evidence;
  out.evidence = p.empty() || q.empty() ? name_weights(mode).nothing : weigh(alignment.evidence, mode);
  out.score = score_of(out.evidence);
  out.meetings = explain(p, q, alignment);
  return out;
}

bool looks_like_organisation(std::string_view name) {
  const NameParts parts = name_parts(name, NameMode::organisation);
  return std::any_of(parts.parts.begin(), parts.parts.end(),
                     [](const NamePart& p) { return p.kind == PartKind::form || p.kind == PartKind::gloss; });
}

NameScore match_version(std::string_view a, std::string_view b, NameMode mode) {
  if (mode != NameMode::unknown) return match_as(a, b, mode);
  NameScore organisation = match_as(a, b, NameMode::organisation);
  if (looks_like_organisation(a) || looks_like_organisation(b)) return organisation;
  NameScore person = match_as(a, b, NameMode::person);
  return person.evidence >= organisation.evidence ? person : organisation;
}

}  // namespace

double score_of(double evidence) {
  const double at_threshold = std::log(screen_threshold / (1 - screen_threshold));
  return 1 / (1 + std::exp(-evidence - at_threshold));
}

NameScore match_names(std::string_view a, std::string_view b, NameMode mode) {
  std::optional<NameScore> best;
  const std::vector<std::string> others = name_versions(b);
  for (const std::string& one : name_versions(a)) {
    for (const std::string& other : others) {
      NameScore score = match_version(one, other, mode);
      if (!best || score.evidence > best->evidence) best = std::move(score);
    }
  }
  return *best;
}

std::vector<NameMeeting> explain(PartsView a, PartsView b, const NameAlignment& alignment) {
  std::vector<NameMeeting> lines;
  lines.reserve(alignment.links.size());
  for (const PartLink& link : alignment.links) {
    lines.push_back({text_of(a, link.first_a, link.count_a), text_of(b, link.first_b, link.count_b),
                     link.similarity.how, link.similarity.value, link.weight});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const NameMeeting& x, const NameMeeting& y) { return x.weight > y.weight; });
  return lines;
}

}  // namespace testudo
