#include "report/life.h"

#include <algorithm>
#include <map>

#include "base/data_rows.h"

namespace testudo {
namespace {

constexpr std::int64_t day = 86'400'000'000;
constexpr Time first_iphone{1'167'609'600'000'000};  // 2007-01-01T00:00:00Z
constexpr std::array<std::string_view, lane_count> lane_names{"messages", "calls",  "browsing", "apps",
                                                              "network",  "system", "other"};

LaneLife& lane_in(Life& life, std::string_view source) { return life.lanes[static_cast<std::size_t>(lane_of(source))]; }

bool inside(const CoveredSpan& span, Time time) { return span.first <= time && time <= span.last; }

void widen(std::optional<CoveredSpan>& span, Time time) {
  if (!span) span = CoveredSpan{time, time};
  span->first = std::min(span->first, time);
  span->last = std::max(span->last, time);
}

// Cuts every lane to the span drawn, and counts what reaches beyond.
void cut_to(Life& life, const CoveredSpan& drawn) {
  life.drawn = drawn;
  for (LaneLife& lane : life.lanes) {
    for (CoveredSpan& span : lane.covered) {
      if (!inside(drawn, span.first) || !inside(drawn, span.last)) ++life.undrawn;
      span = {std::max(span.first, drawn.first), std::min(span.last, drawn.last)};
    }
    std::erase_if(lane.covered, [](const CoveredSpan& span) { return span.last < span.first; });
    life.undrawn += std::erase_if(lane.marks, [&](const LifeMark& mark) { return !inside(drawn, mark.time); });
  }
}

}  // namespace

std::string_view lane_name(Lane lane) { return lane_names[static_cast<std::size_t>(lane)]; }

Lane lane_of(std::string_view source) {
  static const std::map<std::string_view, std::string_view> lanes = [] {
    std::map<std::string_view, std::string_view> rows;
    each_data_row("knowledge/report/lanes.txt",
                  [&](const auto& fields) { rows.emplace(fields.front(), fields.back()); });
    return rows;
  }();
  const auto found = lanes.find(source);
  const auto* at = found == lanes.end() ? lane_names.end() : std::ranges::find(lane_names, found->second);
  return at == lane_names.end() ? Lane::other : static_cast<Lane>(at - lane_names.begin());
}

std::optional<CoveredSpan> LaneLife::whole() const {
  std::optional<CoveredSpan> whole;
  for (const CoveredSpan& span : covered) {
    widen(whole, span.first);
    widen(whole, span.last);
  }
  return whole;
}

Life life_of(const CheckReport& report) {
  Life life;
  const CoveredSpan possible{first_iphone, Time{report.as_of.micros + day}};
  std::optional<CoveredSpan> drawn;
  const auto reach = [&](Time time) {
    if (inside(possible, time)) widen(drawn, time);
  };
  for (const SourceCoverage& source : report.coverage) {
    if (!source.first_time || !source.last_time) continue;
    lane_in(life, source.source).covered.push_back({*source.first_time, *source.last_time});
    reach(*source.first_time);
    reach(*source.last_time);
  }
  for (const Finding& finding : report.findings) {
    if (!finding.time) continue;
    lane_in(life, finding.source).marks.push_back({*finding.time, finding.severity});
    reach(*finding.time);
  }
  for (LaneLife& lane : life.lanes) std::ranges::stable_sort(lane.marks, {}, &LifeMark::time);
  if (drawn) cut_to(life, *drawn);
  return life;
}

std::optional<Life> busy_part(const Life& life) {
  std::optional<CoveredSpan> busy;
  for (const LaneLife& lane : life.lanes)
    for (const LifeMark& mark : lane.marks)
      if (mark.severity >= Severity::medium) widen(busy, mark.time);
  if (!busy) return std::nullopt;
  const std::int64_t room = std::max((busy->last.micros - busy->first.micros) / 8, day);
  busy = CoveredSpan{std::max(Time{busy->first.micros - room}, life.drawn.first),
                     std::min(Time{busy->last.micros + room}, life.drawn.last)};
  const std::int64_t whole = life.drawn.last.micros - life.drawn.first.micros;
  if (busy->last.micros - busy->first.micros > whole / 4) return std::nullopt;
  Life part = life;
  cut_to(part, *busy);
  return part;
}

}  // namespace testudo
