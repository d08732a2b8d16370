// Formats of feeds: one file each in this folder, one row each in feed_format.cpp. Floor 3.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "intel/feed/feed_sink.h"

namespace testudo {

// A feed's octets, usually mapped from its file. Readers go through them from front to back and say how far they are,
// so that a file of a gigabyte need not stay in memory.
struct FeedText {
  std::string_view name;  // file name without folders
  std::string_view text;
  void (*release)(void* owner, std::size_t until) = nullptr;  // octets before `until` are done with
  void* owner = nullptr;
  // Whether a file of this name lies in the same folder; null where nobody knows.
  bool (*lies_beside)(void* owner, std::string_view name) = nullptr;
  void done_until(std::size_t until) const {
    if (release != nullptr) release(owner, until);
  }
};

class FeedHead;  // feed_lines.h

struct FeedFormat {
  std::string_view name;  // "stix", "misp", "openioc", "csv", "text", "yara", "hosts", "rpz", "zeek", …
  // How much the beginning of a file looks like this format: 0 not at all, 100 certainly. Below 50 a file is read as
  // this format only when somebody says that it is: prose holds names that are no indicators.
  int (*likeness)(const FeedHead& head);
  Result<void> (*reader)(const FeedText& feed, FeedSink& sink);  // of what read() reads
  int most = 100;  // likeness() is never more: not asked where another format is as likely already
  // Where a file of this format may say with whom it may be shared: in comments, on lines that hold nothing else, in
  // any line that says it as a statement.
  enum class SaidIn : unsigned char { comments, lone_lines, prose } said_in = SaidIn::comments;

  // Reads it whole; the marking that the file gives itself holds for all of it. An Error only where nothing of it can
  // be read as this format; a broken part costs itself alone and leaves a note.
  Result<void> read(const FeedText& feed, FeedSink& sink) const;
};

// Octets of a file by which its format is told.
constexpr std::size_t feed_head = std::size_t{64} << 10;

std::span<const FeedFormat> feed_formats();
const FeedFormat* feed_format(std::string_view name);
// The format that a file of this name looks most like by its first `feed_head` octets (more may be given), or nothing
// if none reaches 50.
const FeedFormat* recognise_feed(std::string_view name, std::string_view octets);

}  // namespace testudo
