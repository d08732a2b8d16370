// TerminalPage: lines for people on standard output, wrapped, and in colour where it is a terminal. Floor 7.
#pragma once

#include <string>
#include <string_view>

#include "record/finding.h"

namespace testudo {

class TerminalPage {
 public:
  TerminalPage();
  void line(std::string_view text = {}, int indent = 0);
  // Wrapped between words, at 100 octets.
  void paragraph(std::string_view text, int indent);
  void heading(std::string_view text);
  // The text in the colour of a severity, which is never the only sign of it.
  std::string marked(Severity severity, std::string_view text) const;

 private:
  bool colour_;
};

}  // namespace testudo
