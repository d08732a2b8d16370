// feed_lines.h. Source: RFC 3629.
#include "intel/feed/feed_lines.h"

#include <algorithm>

#include "base/text.h"
#include "intel/feed/text_encoding.h"

namespace testudo {
namespace {

constexpr std::size_t utf16_limit = std::size_t{256} << 20;
constexpr std::size_t line_limit = std::size_t{1} << 20;
constexpr std::size_t release_step = std::size_t{4} << 20;

}  // namespace

Result<std::string_view> feed_text(const FeedText& feed, std::string& owned, FeedNotes& notes) {
  if (is_utf16(feed.text)) {
    if (feed.text.size() > utf16_limit) return error(Fault::limit, "UTF-16 above 256 MiB");
    notes.add("", "utf16", "");
  }
  return decoded(feed.text, owned);
}

Result<std::string_view> feed_utf8(const FeedText& feed, std::string& owned, FeedNotes& notes) {
  const std::string_view text = TRY(feed_text(feed, owned, notes));
  if (is_utf8(text)) return text;
  notes.add("", "not_utf8", "");
  std::string mended = to_utf8(text);
  owned = std::move(mended);
  return std::string_view(owned);
}

bool FeedLines::take(std::string_view& line) {
  if (at_ >= text_.size()) return false;
  // Found once a line: lines that end in a bare CR must not each look for it anew.
  if (line_feed_ == std::string_view::npos || line_feed_ < at_)
    line_feed_ = std::min(text_.find('\n', at_), text_.size());
  const std::string_view whole = text_.substr(at_, line_feed_ - at_);
  const std::size_t end = std::min(whole.find('\r'), whole.size());
  line = whole.substr(0, end);
  at_ += end;
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ == line_feed_ && at_ < text_.size()) ++at_;
  ++number_;
  return true;
}

bool FeedLines::next(std::string_view& line) {
  while (take(line)) {
    if (at_ - released_ > release_step && text_.data() == feed_.text.data()) {
      // The line itself is still to be read.
      released_ = static_cast<std::size_t>(line.data() - text_.data());
      feed_.done_until(released_);
    }
    if (line.size() > line_limit) {
      notes_.add_line(number_, "line_too_long", line.substr(0, 80));
      continue;
    }
    if (!is_utf8(line)) {
      notes_.add_line(number_, "not_utf8", line);
      mended_ = to_utf8(line);
      line = mended_;
    }
    return true;
  }
  return false;
}

FeedHead::FeedHead(std::string_view name, std::string_view octets) : name_(name), lower_name_(lower_ascii(name)) {
  const bool cut = octets.size() >= feed_head;
  text_ = decoded(octets.substr(0, feed_head), owned_);
  std::string_view whole = text_;
  while (cut && !whole.empty() && whole.back() != '\r' && whole.back() != '\n') whole.remove_suffix(1);
  std::size_t line_feed = 0;
  for (std::size_t at = 0; at < whole.size();) {
    // Found once a line: lines that end in a bare CR must not each look for it anew.
    if (at == 0 || line_feed < at) line_feed = std::min(whole.find('\n', at), whole.size());
    const std::string_view line = whole.substr(at, line_feed - at);
    const std::size_t end = at + std::min(line.find('\r'), line.size());
    lines_.push_back(whole.substr(at, end - at));
    at = end + (whole.substr(end).starts_with("\r\n") ? 2 : 1);
  }
}

}  // namespace testudo
