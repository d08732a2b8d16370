// The text of a feed whatever its encoding, and its lines whatever ends them. Floor 3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/feed_notes.h"

namespace testudo {

// The feed without byte order mark; UTF-16, by its mark or by its zeros, becomes UTF-8 in `owned` (note "utf16").
// Octets are not checked otherwise. An Error for UTF-16 above 256 MiB.
Result<std::string_view> feed_text(const FeedText& feed, std::string& owned, FeedNotes& notes);
// The same as one valid UTF-8 text, for formats that are read whole: wrong octets become U+FFFD (note "not_utf8").
Result<std::string_view> feed_utf8(const FeedText& feed, std::string& owned, FeedNotes& notes);

// Line after line, each valid UTF-8 (note "not_utf8" where octets were replaced), ended by LF, CR LF or CR. A line
// above 1 MiB is skipped (note "line_too_long"). Tells the feed's owner what will not be read again.
class FeedLines {
 public:
  FeedLines(std::string_view text, const FeedText& feed, FeedNotes& notes) : text_(text), feed_(feed), notes_(notes) {}
  bool next(std::string_view& line);                // false at the end; the view lives until the next call
  std::uint64_t number() const { return number_; }  // of the line that next() gave, from 1

 private:
  bool take(std::string_view& line);
  std::string_view text_;
  const FeedText& feed_;
  FeedNotes& notes_;
  std::string mended_;
  std::size_t at_ = 0, released_ = 0;
  std::size_t line_feed_ = std::string_view::npos;  // the next one, once it was looked for
  std::uint64_t number_ = 0;
};

// The beginning of a file, by which its format is told: decoded once and cut into lines once for all formats. Borrows
// what it is made of; does not check octets.
class FeedHead {
 public:
  // `name` without folders; only the first `feed_head` octets are looked at.
  FeedHead(std::string_view name, std::string_view octets);
  FeedHead(const FeedHead&) = delete;
  FeedHead& operator=(const FeedHead&) = delete;

  std::string_view name() const { return name_; }
  const std::string& lower_name() const { return lower_name_; }
  std::string_view text() const { return text_; }  // without byte order mark, as UTF-8 where it was UTF-16
  bool has(std::string_view word) const { return text_.find(word) != std::string_view::npos; }
  // Without their ends; the last one is left out where the head may cut it.
  const std::vector<std::string_view>& lines() const { return lines_; }

 private:
  std::string_view name_;
  std::string lower_name_, owned_;
  std::string_view text_;
  std::vector<std::string_view> lines_;
};

}  // namespace testudo
