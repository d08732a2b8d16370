#include "report/html_writer.h"

#include "base/text.h"

namespace testudo {

std::string escape_html(std::string_view text) {
  const std::string shown = visible(text);
  std::string out;
  out.reserve(shown.size());
  for (const char c : shown) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

void Html::begin(Name tag, Attributes attributes) {
  out_.append("<").append(tag.text);
  for (const Attribute& attribute : attributes)
    out_.append(" ").append(attribute.name.text).append("=\"").append(escape_html(attribute.value)).append("\"");
}

Html& Html::open(Name tag, Attributes attributes) {
  begin(tag, attributes);
  out_ += ">";
  open_.push_back(tag.text);
  return *this;
}

Html& Html::close() {
  out_.append("</").append(open_.back()).append(">");
  open_.pop_back();
  return *this;
}

Html& Html::leaf(Name tag, Attributes attributes) {
  begin(tag, attributes);
  out_ += "/>";
  return *this;
}

Html& Html::text(std::string_view text) {
  out_ += escape_html(text);
  return *this;
}

Html& Html::element(Name tag, std::string_view content, Attributes attributes) {
  return open(tag, attributes).text(content).close();
}

Html& Html::trusted(std::string_view markup) {
  out_ += markup;
  return *this;
}

}  // namespace testudo
