// A copy of the text, written value by value, from which broken parts are taken back.
#include "intel/feed/json_mend.h"

#include <vector>

#include <simdjson.h>

#include "intel/feed/json_parse.h"

namespace testudo {
namespace {

constexpr std::size_t depth_limit = 200;
constexpr std::size_t parsed_arrays = 4;
constexpr std::size_t noted_size = 200;

bool is_json(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  return parse_json(parser, text, root) == simdjson::SUCCESS;
}

class Mender {
 public:
  Mender(std::string_view text, FeedNotes& notes) : text_(text), notes_(notes) { out_.reserve(text.size() + 16); }

  std::optional<std::string> run() {
    while (at_ < text_.size() && step()) {
    }
    if (safe_ == 0) return std::nullopt;
    if (!open_.empty()) notes_.add("", at_ < text_.size() ? "malformed_json" : "truncated", "");
    close();
    return std::move(out_);
  }

 private:
  struct Open {
    char closer;
    std::size_t begin;   // in out_
    std::size_t arrays;  // around it
  };

  bool step() {
    const char c = text_[at_];
    if (c == '"') return string();
    if (c == '{' || c == '[') return opened(c);
    if (c == '}' || c == ']') return closed(c);
    out_.push_back(c);
    ++at_;
    // A comma stands behind a whole value.
    if (c == ',' && !open_.empty()) mark(out_.size() - 1);
    return true;
  }
  // A line break cannot stand in a string: a quote that is missing costs no more than its line.
  bool string() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '"' && text_[end] != '\n') end += text_[end] == '\\' ? 2U : 1U;
    if (end >= text_.size()) {
      at_ = text_.size();
      return false;
    }
    out_.append(text_.substr(at_, end + 1 - at_));
    at_ = end + 1;
    return true;
  }
  bool opened(char c) {
    if (open_.size() >= depth_limit) return left_out();
    // No object stands where an object's key must: the one around it has lost its end.
    if (c == '{' && open_.size() > 1 && open_.back().closer == '}' && open_[open_.size() - 2].closer == ']' &&
        expects_key()) {
      take_back();
      out_.push_back(',');
    } else if (c == '{' && !open_.empty() && open_.back().closer == ']' && last_sign() == '}') {
      notes_.add("", "missing_comma", "");
      out_.push_back(',');
    }
    const bool array = c == '[';
    const std::size_t arrays = open_.empty() ? 0 : open_.back().arrays;
    open_.push_back({array ? ']' : '}', out_.size(), arrays + (array ? 1U : 0U)});
    out_.push_back(c);
    ++at_;
    return true;
  }
  bool closed(char c) {
    if (open_.size() > 1 && c == ']' && open_.back().closer == '}' && open_[open_.size() - 2].closer == ']') {
      take_back();
    }
    if (open_.empty() || open_.back().closer != c) return stray();
    drop_comma();
    const Open frame = open_.back();
    open_.pop_back();
    out_.push_back(c);
    ++at_;
    const bool element = c == '}' && !open_.empty() && open_.back().closer == ']' && frame.arrays <= parsed_arrays;
    const std::string_view written = std::string_view(out_).substr(frame.begin);
    if (element && !is_json(written)) {
      notes_.add("", "malformed_object", written);
      out_.resize(frame.begin);
      out_ += "null";
    }
    mark(out_.size());
    return true;
  }
  char last_sign() const {
    const std::size_t last = out_.find_last_not_of(" \t\r\n");
    return last == std::string::npos ? '\0' : out_[last];
  }
  bool expects_key() const { return last_sign() == ',' || last_sign() == '{'; }
  // Before a closing bracket: the values in front of it are whole.
  void drop_comma() {
    if (last_sign() != ',') return;
    const std::string_view written = std::string_view(out_).substr(open_.back().begin);
    notes_.add("", "misplaced_comma", written.substr(0, noted_size));
    out_.resize(out_.find_last_of(','));
  }
  // The innermost object was never closed.
  void take_back() {
    notes_.add("", "malformed_object", std::string_view(out_).substr(open_.back().begin));
    out_.resize(open_.back().begin);
    open_.pop_back();
    out_ += "null";
    mark(out_.size());
  }
  // A closing bracket too many between the elements of a list.
  bool stray() {
    const std::size_t comma = text_.find_first_not_of(" \t\r\n", at_ + 1);
    if (open_.empty() || open_.back().closer != ']' || comma == std::string_view::npos || text_[comma] != ',')
      return false;
    notes_.add("", "malformed_json", text_.substr(at_, 1));
    ++at_;
    return true;
  }
  // What is nested too deep, up to the bracket that closes it.
  bool left_out() {
    std::size_t depth = 0;
    for (std::size_t at = at_; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '"')
        for (++at; at < text_.size() && text_[at] != '"'; ++at) at += text_[at] == '\\' ? 1U : 0U;
      else if (c == '[' || c == '{')
        ++depth;
      else if ((c == ']' || c == '}') && --depth == 0) {
        notes_.add("", "nested_too_deep", "");
        out_ += "null";
        at_ = at + 1;
        return true;
      }
    }
    return false;
  }
  // What stands before here can be closed and is whole.
  void mark(std::size_t size) {
    safe_ = size;
    safe_open_ = open_.size();
    if (closers_.size() > safe_open_) closers_.resize(safe_open_);
    while (closers_.size() < safe_open_) closers_.push_back(open_[closers_.size()].closer);
    if (safe_open_ > 0) closers_.back() = open_.back().closer;
  }
  void close() {
    out_.resize(safe_);
    while (!closers_.empty()) {
      out_.push_back(closers_.back());
      closers_.pop_back();
    }
  }

  std::string_view text_;
  FeedNotes& notes_;
  std::string out_;
  std::vector<Open> open_;
  std::string closers_;  // of what was open at safe_
  std::size_t at_ = 0, safe_ = 0, safe_open_ = 0;
};

}  // namespace

std::optional<std::string> mended_json(std::string_view text, FeedNotes& notes) { return Mender(text, notes).run(); }

}  // namespace testudo
