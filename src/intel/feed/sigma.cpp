// A document of the file is a rule: `title`, `id`, `status`, `tags` and `detection` at its left edge. Nothing of it is
// evaluated.
#include "intel/feed/sigma.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/feed_lines.h"

namespace testudo {
namespace {

std::string_view unquoted(std::string_view text) {
  text = trim(text);
  const bool quoted = text.size() >= 2 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0];
  return quoted ? text.substr(1, text.size() - 2) : text;
}

class SigmaReader {
 public:
  SigmaReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}

  void line(std::uint64_t number, std::string_view text) {
    if (text == "---" || text.starts_with("--- ")) return end();
    if (text_.empty()) begun_ = number;
    text_.append(text).push_back('\n');
    const auto key = [&](std::string_view name, std::string& value) {
      if (text.starts_with(name)) value = std::string(unquoted(text.substr(name.size())));
    };
    key("title:", title_);
    key("id:", id_);
    key("status:", status_);
    detects_ |= text.starts_with("detection:") || text.starts_with("correlation:");
    // "- tlp.amber", "tags: [attack.t1, tlp.amber]".
    const std::string_view item = trim(text);
    if (item.starts_with("- ")) tag(number, item.substr(2));
    if (text.starts_with("tags:"))
      for (const std::string_view part : split(brackets_off(trim(text.substr(5))), ',')) tag(number, part);
  }
  void end() {
    const std::string_view rule = trim(text_);
    if (detects_) {
      const bool over = status_ == "deprecated" || status_ == "unsupported";
      sink_.kept({.language = "sigma",
                  .text = rule,
                  .object = id_,
                  .name = title_,
                  .why = "rule",
                  .tlp = tlp_,
                  .revoked = over});
      ++rules_;
    } else if (!rule.empty() && !title_.empty()) {
      notes_.add_line(begun_, "malformed_rule", title_);
    }
    for (std::string* part : {&text_, &title_, &id_, &status_}) part->clear();
    tlp_.reset();
    detects_ = false;
  }
  std::uint64_t rules() const { return rules_; }

 private:
  static std::string_view brackets_off(std::string_view list) {
    return list.starts_with('[') && list.ends_with(']') ? list.substr(1, list.size() - 2) : list;
  }
  void tag(std::uint64_t number, std::string_view text) {
    const std::string_view word = unquoted(text);
    if (!word.starts_with("tlp") && !word.starts_with("TLP")) return;
    const std::optional<Tlp> tlp = tlp_of(word);
    if (!tlp) notes_.add_line(number, "unreadable_tlp", trim(text));
    tlp_ = stricter(tlp_, tlp.value_or(Tlp::amber_strict));
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  std::string text_, title_, id_, status_;
  std::optional<Tlp> tlp_;
  bool detects_ = false;
  std::uint64_t begun_ = 0, rules_ = 0;
};

Result<void> read_sigma(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  FeedLines lines(TRY(feed_text(feed, owned, notes)), feed, notes);
  SigmaReader reader(sink, notes);
  std::string_view line;
  while (lines.next(line)) reader.line(lines.number(), line);
  reader.end();
  if (reader.rules() == 0) return error(Fault::malformed, "no Sigma rule");
  return {};
}

int sigma_likeness(const FeedHead& head) {
  if (!head.has("detection:") || !head.has("logsource:")) return 0;
  const auto begins = [&](std::string_view key) {
    return std::ranges::any_of(head.lines(), [&](std::string_view line) { return line.starts_with(key); });
  };
  return begins("title:") && begins("logsource:") && begins("detection:") ? 92 : 0;
}

}  // namespace

const FeedFormat sigma_format{"sigma", sigma_likeness, read_sigma};

}  // namespace testudo
