#include "app/terminal/page.h"

#include <cstdio>

#include <unistd.h>

namespace testudo {

TerminalPage::TerminalPage() : colour_(::isatty(STDOUT_FILENO) != 0) {}

void TerminalPage::line(std::string_view text, int indent) {
  const std::string whole = std::string(static_cast<std::size_t>(indent), ' ').append(text).append("\n");
  std::fwrite(whole.data(), 1, whole.size(), stdout);
}

void TerminalPage::paragraph(std::string_view text, int indent) {
  constexpr std::size_t width = 100;
  while (text.size() > width) {
    auto cut = text.rfind(' ', width);
    if (cut == std::string_view::npos || cut == 0) cut = text.find(' ', width);
    if (cut == std::string_view::npos) break;
    line(text.substr(0, cut), indent);
    text.remove_prefix(cut + 1);
  }
  line(text, indent);
}

void TerminalPage::heading(std::string_view text) {
  line(colour_ ? "\x1b[1m" + std::string(text) + "\x1b[0m" : std::string(text));
}

std::string TerminalPage::marked(Severity severity, std::string_view text) const {
  if (!colour_) return std::string(text);
  const char* code = severity >= Severity::high ? "\x1b[1;31m" : severity == Severity::medium ? "\x1b[33m" : "\x1b[36m";
  return code + std::string(text) + "\x1b[0m";
}

}  // namespace testudo
