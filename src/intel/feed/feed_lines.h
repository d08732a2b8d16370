// The text of a feed whatever its encoding, and its lines whatever ends them. Floor 3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

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

// The lines of a head, without notes, for telling formats apart: the last one is left out where the head may cut it.
class HeadLines {
 public:
  explicit HeadLines(std::string_view head);
  bool next(std::string_view& line);

 private:
  std::string owned_;
  std::string_view rest_;
};

}  // namespace testudo
