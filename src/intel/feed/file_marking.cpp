// The lines of a file's head and end, each as what it is: a comment, a heading, a line of its own.
#include "intel/feed/file_marking.h"

#include <algorithm>
#include <utility>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/feed_notes.h"
#include "intel/feed/headings.h"
#include "intel/feed/tlp_said.h"

namespace testudo {
namespace {

constexpr std::size_t line_limit = 500, part_limit = 160;
constexpr std::size_t tail_size = 4096;

class MarkingScan {
 public:
  MarkingScan(FeedFormat::SaidIn said_in, FeedNotes& notes) : said_in_(said_in), notes_(notes) {}

  // `number` 0: it is not known.
  void line(std::uint64_t number, std::string_view line) {
    line = trim(line);
    if (line.empty() || line.size() > line_limit) return;
    const bool field = front_matter(number, line);
    if (is_comment(line)) return comment(number, line);
    if (said_in_ == FeedFormat::SaidIn::comments) return;
    const bool prose = said_in_ == FeedFormat::SaidIn::prose;
    if (prose && below_title(line)) return;
    // Rows of tables speak of what they hold.
    if (!prose || line.starts_with('|')) return row(number, line);
    const bool heading = field || heading_line(line) || line.starts_with(':');
    take(
        number, line,
        line.size() > part_limit ? tlp_said(line) : tlp_said_in_parts(line, heading ? Brackets::part : Brackets::pass));
  }
  std::optional<Tlp> tlp() const { return tlp_; }

 private:
  bool is_comment(std::string_view line) {
    const bool inside = !closing_.empty();
    if (!inside && line.starts_with("/*")) closing_ = "*/";
    if (!inside && line.starts_with("<!--")) closing_ = "-->";
    const bool block = !closing_.empty();
    if (block && line.find(closing_) != std::string_view::npos) closing_ = {};
    return block || line[0] == '#' || line[0] == ';' || line[0] == '!' || line.starts_with("//");
  }
  // Fields between two lines of dashes (YAML) or crosses (TOML) at the very beginning.
  bool front_matter(std::uint64_t number, std::string_view line) {
    if (number == 1 && (line == "---" || line == "+++")) return front_ = line[0], true;
    if (front_ == '\0') return false;
    if (line.size() == 3 && line.find_first_not_of(front_) == std::string_view::npos) front_ = '\0';
    return true;
  }
  void comment(std::uint64_t number, std::string_view line) {
    // A rule that is commented out speaks of itself.
    if (line.find(" -> ") != std::string_view::npos) return;
    if (said_in_ == FeedFormat::SaidIn::prose && below_title(line)) return;
    line.remove_prefix(std::min(line.find_first_not_of("#;!/*<- \t"), line.size()));
    take(number, line, line.size() > part_limit ? tlp_said(line) : tlp_said_in_parts(line, Brackets::part));
  }
  // Of several cells they are a marking and nothing else; one cell above a table may be its title.
  void row(std::uint64_t number, std::string_view line) {
    constexpr OctetSet padding(",;\t\" ");
    if (line.starts_with("- ")) return;
    while (!line.empty() && padding.has(line.back())) line.remove_suffix(1);
    while (!line.empty() && padding.has(line.front())) line.remove_prefix(1);
    const bool alone = said_in_ == FeedFormat::SaidIn::lone_lines && !OctetSet(",;\t|").is_in(line);
    const TlpSaid said = alone && line.size() <= part_limit ? tlp_said_in_parts(line, Brackets::part) : tlp_said(line);
    if (said.exact || (alone && said.states)) take(number, line, said);
  }
  // "## TLP" and the level on the next line.
  bool below_title(std::string_view line) {
    const std::string words = plain_words(line);
    if (words == " ") return true;
    const bool title = std::exchange(title_, words == " tlp " || words == " traffic light protocol ");
    const std::optional<Tlp> level = title ? tlp_of(line) : std::nullopt;
    tlp_ = stricter(tlp_, level);
    return level.has_value();
  }
  void take(std::uint64_t number, std::string_view line, const TlpSaid& said) {
    const auto note = [&](std::string_view defect) {
      number == 0 ? notes_.add("", defect, line) : notes_.add_line(number, defect, line);
    };
    tlp_ = stricter(tlp_, said.stated());
    if (said.states && said.unreadable) note("unreadable_tlp");
    if (said.named && !said.states && said.level) note("tlp_in_text");
  }

  FeedFormat::SaidIn said_in_;
  FeedNotes& notes_;
  std::string_view closing_;  // of the comment that is open
  char front_ = '\0';         // what ends the front matter
  bool title_ = false;
  std::optional<Tlp> tlp_;
};

}  // namespace

std::optional<Tlp> marking_of_file(const FeedText& feed, FeedFormat::SaidIn said_in, FeedSink& sink) {
  const std::string_view tail = feed.text.substr(
      feed.text.size() > feed_head ? std::max(feed_head, feed.text.size() - tail_size) : feed.text.size());
  const bool wide = feed.text.substr(0, 4).find('\0') != std::string_view::npos;  // UTF-16
  if (!wide && !may_name_tlp(feed.text.substr(0, feed_head)) && !may_name_tlp(tail)) return std::nullopt;
  FeedNotes notes(sink);
  MarkingScan scan(said_in, notes);
  const FeedHead head(feed.name, feed.text);
  for (std::size_t i = 0; i < head.lines().size(); ++i) scan.line(i + 1, head.lines()[i]);
  for (std::size_t at = tail.find('\n'); at != std::string_view::npos;) {
    const std::size_t end = tail.find('\n', at + 1);
    scan.line(0, tail.substr(at, end - at));
    at = end;
  }
  return scan.tlp();
}

void MarkedSink::claim(const FeedClaim& claim) {
  FeedClaim marked = claim;
  marked.tlp = stricter(claim.tlp, tlp_);
  marked.role = least_blocking(claim.role, role_);
  next_.claim(marked);
}

void MarkedSink::kept(const KeptPattern& pattern) {
  KeptPattern marked = pattern;
  marked.tlp = stricter(pattern.tlp, tlp_);
  next_.kept(marked);
}

void MarkedSink::seen(const FeedSeen& seen) {
  FeedSeen marked = seen;
  marked.tlp = stricter(seen.tlp, tlp_);
  next_.seen(marked);
}

}  // namespace testudo
