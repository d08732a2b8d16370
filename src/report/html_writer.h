// HTML writer: the one place where text becomes markup. Names of elements and attributes are literals of this program;
// everything else, whoever wrote it, passes escape_html(). Floor 5.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// Text as it may stand in HTML or in a quoted attribute: the five characters of markup as references, controls and
// bidirectional controls as visible escapes, octets that are not UTF-8 too. No text can open or close anything.
std::string escape_html(std::string_view text);

class Html {
 public:
  // A name of an element or attribute. Only a literal can be one, so no evidence can choose it.
  struct Name {
    template <std::size_t size>
    consteval Name(const char (&literal)[size]) : text(literal, size - 1) {}
    std::string_view text;
  };
  struct Attribute {
    Name name;
    std::string value;
  };
  using Attributes = std::initializer_list<Attribute>;

  explicit Html(std::string& out) : out_(out) {}
  Html& open(Name tag, Attributes attributes = {});
  // Closes the element that was opened last.
  Html& close();
  // An element that never has content: `meta`, `br`, or a leaf of a picture (`path/`).
  Html& leaf(Name tag, Attributes attributes = {});
  Html& text(std::string_view text);
  // open, text, close.
  Html& element(Name tag, std::string_view text, Attributes attributes = {});
  // Text of this program that is no evidence: the style sheet, the doctype. Never call it with anything else.
  Html& trusted(std::string_view markup);
  Html& line() { return trusted("\n"); }

 private:
  void begin(Name tag, Attributes attributes);
  std::string& out_;
  std::vector<std::string_view> open_;
};

// Closes its element when it goes out of scope, so that the nesting of the code is that of the page.
class Element {
 public:
  Element(Html& html, Html::Name tag, Html::Attributes attributes = {}) : html_(html) { html.open(tag, attributes); }
  ~Element() { html_.close(); }
  Element(const Element&) = delete;
  Element& operator=(const Element&) = delete;

 private:
  Html& html_;
};

}  // namespace testudo
