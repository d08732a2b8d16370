#include "intel/actor/graph_text.h"

#include "base/text.h"

namespace testudo {
namespace {

// Advance in parts of the font size, measured on DejaVu Sans and rounded up.
double advance(char32_t c) {
  constexpr std::string_view thin = "ijlI.,:;'|!()[] ftr/-\"";
  constexpr std::string_view wide = "mwMW@%";
  if (c >= 0x2E80) return 1.05;
  if (c >= 0x80) return 0.75;
  const char letter = static_cast<char>(c);
  if (thin.find(letter) != std::string_view::npos) return 0.43;
  if (wide.find(letter) != std::string_view::npos) return 1.02;
  if (letter >= 'A' && letter <= 'Z') return 0.78;
  return 0.65;
}

// Dates stay whole: no break after a hyphen or stop that a digit follows.
bool breaks_after(std::string_view text, std::size_t at) {
  if (std::string_view(" /_").find(text[at]) != std::string_view::npos) return true;
  const bool digit = at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9';
  return (text[at] == '-' || text[at] == '.') && !digit;
}

// A piece that no line may break, with what ends it.
std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> all;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!breaks_after(text, i)) continue;
    all.push_back(text.substr(begin, i + 1 - begin));
    begin = i + 1;
  }
  if (begin < text.size()) all.push_back(text.substr(begin));
  return all;
}

class Wrapper {
 public:
  Wrapper(GraphFont font, double width) : font_(font), width_(width) {}
  void add(std::string_view piece) {
    if (fits(line_ + std::string(trim(piece)))) {
      line_ += piece;
      return;
    }
    end_line();
    if (fits(std::string(trim(piece)))) {
      line_ = piece;
      return;
    }
    for (std::size_t at = 0; at < piece.size();) {
      const std::size_t size = decode_utf8(piece.substr(at)).size;
      if (!line_.empty() && !fits(line_ + std::string(piece.substr(at, size)))) end_line();
      line_ += piece.substr(at, size);
      at += size;
    }
  }
  std::vector<std::string> finish() && {
    end_line();
    return std::move(lines_);
  }

 private:
  bool fits(const std::string& text) const { return text_width(text, font_) <= width_; }
  void end_line() {
    const std::string_view line = trim(line_);
    if (!line.empty()) lines_.emplace_back(line);
    line_.clear();
  }
  GraphFont font_;
  double width_;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

double text_width(std::string_view text, GraphFont font) {
  double width = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    width += advance(point.value);
    text.remove_prefix(point.size);
  }
  return width * font.size * (font.bold ? 1.12 : 1);
}

std::vector<std::string> wrap_text(std::string_view text, GraphFont font, double width) {
  std::vector<std::string> lines;
  for (const std::string_view part : split(text, '\n')) {
    Wrapper wrapper(font, width);
    for (const std::string_view piece : pieces(part)) wrapper.add(piece);
    for (std::string& line : std::move(wrapper).finish()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace testudo
