// STIX as one of the formats of feeds. Sources: STIX 2.1 (OASIS Standard, 10 June 2021), STIX 2.0, TAXII 2.1 section
// 3.7 (envelopes).
#include "intel/feed/stix.h"

#include "base/text.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/stix_walk.h"

namespace testudo {
namespace {

bool has_stix_id(std::string_view text) {
  for (std::size_t at = 0; (at = text.find("--", at)) != std::string_view::npos; at += 2) {
    constexpr std::size_t first_group = 8;
    const std::string_view uuid = text.substr(at + 2, first_group + 1);
    if (at > 0 && uuid.size() == first_group + 1 && uuid.back() == '-' &&
        uuid.find_first_not_of("0123456789abcdefABCDEF") == first_group)
      return true;
  }
  return false;
}

bool has_member(std::string_view text, std::string_view key, std::string_view value) {
  for (std::size_t at = 0; (at = text.find(key, at)) != std::string_view::npos; ++at) {
    std::size_t next = skip_json_space(text, at + key.size());
    if (next >= text.size() || text[next] != ':') continue;
    next = skip_json_space(text, next + 1);
    if (text.substr(next).starts_with(value)) return true;
  }
  return false;
}

int likeness(const FeedHead& head) {
  const std::string_view text = head.text();
  const std::size_t at = skip_json_space(text, 0);
  if (at >= text.size() || (text[at] != '{' && text[at] != '[' && text[at] != '\x1E')) return 0;
  if (has_member(text, "\"type\"", "\"bundle\"")) return 95;
  if (has_stix_id(text)) return has_member(text, "\"spec_version\"", "\"2.") ? 90 : 80;
  for (const std::string_view ending : {".stix", ".stix2", ".stix21", ".stix.json", ".stix2.json"})
    if (head.lower_name().ends_with(ending)) return 60;
  return 0;
}

}  // namespace

Result<StixFigures> read_stix(const FeedText& feed, FeedSink& sink, StixWatcher* watcher) {
  std::string converted;
  FeedNotes notes(sink);
  const std::string_view text = TRY(feed_text(feed, converted, notes));
  StixIntake intake(sink, watcher);
  TRY(StixWalk(feed, text, intake).run());
  intake.finish();
  return intake.figures();
}

Result<void> read_stix(const FeedText& feed, FeedSink& sink) {
  TRY(read_stix(feed, sink, nullptr));
  return {};
}

const FeedFormat stix_format{"stix", likeness, read_stix};

}  // namespace testudo
