// How wide text is in a drawing, and where it breaks. Floor 3. A drawing is shown with fonts that we do not know, so
// widths are those of the widest common one (DejaVu Sans, as wide as Verdana): others leave room, none is cut.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testudo {

struct GraphFont {
  double size = 13;  // pixels
  bool bold = false;
};

double text_width(std::string_view text, GraphFont font);
// Lines that are not wider than `width`: broken at line ends, spaces, after `/ - _ .`, never inside a date, and inside
// a word only if it alone is too wide. No text, no line.
std::vector<std::string> wrap_text(std::string_view text, GraphFont font, double width);

}  // namespace testudo
