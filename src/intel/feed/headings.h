// What the headings of a report say of the values below them. Floor 3.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/feed_sink.h"
#include "record/kind.h"

namespace testudo {

struct Section {
  std::string title;          // the deepest heading, or a column's name
  bool telling = false;       // it announces indicators: "C&C servers", "SHA-1 hashes"
  bool anything = false;      // … of no kind in particular: "Indicators of Compromise"
  bool network = false;       // of hosts or addresses, not of files alone
  std::optional<Kind> kind;   // that the words promise beyond what a value shows by itself: file name, package, …
  bool certificates = false;  // digests are those of certificates
  Role role = Role::unstated;
};

// What the words of one heading or column say.
Section section_of(std::string_view heading);

// The headings that the reader stands below. The first one of a document, if it is of the highest level, is its title
// and says nothing of values.
class Headings {
 public:
  void enter(std::size_t level, std::string_view text);
  Section here() const;
  std::string_view title() const { return title_; }

 private:
  struct Heading {
    std::size_t level;
    Section section;
  };
  std::vector<Heading> open_;
  std::string title_;
  bool any_ = false;
};

// "= Title", "## Title ##", ".Block title", "**Title**" on a line of its own: its level, 1 the highest, and its text.
struct HeadingLine {
  std::size_t level;
  std::string_view text;
};
std::optional<HeadingLine> heading_line(std::string_view line);

}  // namespace testudo
