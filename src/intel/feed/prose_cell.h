// A table's cell as its reader sees it: without tags, entities, links, footnotes and marks of emphasis. Floor 3.
// Sources: GitHub Flavored Markdown §6; the AsciiDoc language documentation, "Format cell content".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// A cell's text; line breaks (<br>) and blanks that do not break become blanks.
std::string cell_text(std::string_view cell);
// The words of such a text, without what stands around them. A remark in brackets at its end, signs and "and" are none;
// a link's bar belongs to it.
std::vector<std::string_view> cell_words(std::string_view text);

// What a link of Markdown, "[text](address)", is about: its address where that is defanged, else its text.
std::string_view unlinked(std::string_view text);
// A word without the marks of Markdown and AsciiDoc around it, the brackets that it stands in, and what ends a
// sentence. No value begins with the bracket of a defanged dot, and none ends with more brackets than it opens.
std::string_view bare_word(std::string_view word);

}  // namespace testudo
