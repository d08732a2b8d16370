#include "report/html_table.h"

namespace testudo {

Table::Table(Html& html, const std::string& caption, std::vector<std::string> columns)
    : html_(html), columns_(std::move(columns)) {
  html_.open("div", {{"class", "wide"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}});
  html_.open("table", {{"class", "stacked"}, {"role", "table"}}).element("caption", caption);
  {
    const Element head(html_, "thead", {{"role", "rowgroup"}});
    const Element row(html_, "tr", {{"role", "row"}});
    for (const std::string& name : columns_) html_.element("th", name, {{"scope", "col"}, {"role", "columnheader"}});
  }
  html_.open("tbody", {{"role", "rowgroup"}});
}

Table::~Table() { html_.close().close().close(); }

Table::Row::Row(Table& table, const std::string& style) : table_(table) {
  table_.html_.line().open("tr", {{"role", "row"}, {"class", style}});
}

Table::Row::~Row() { table_.html_.close(); }

void Table::Row::text(const std::string& text, Is is, const std::string& style) {
  const Cell cell(*this, is, style);
  table_.html_.text(text);
}

// The value stands in an element of its own, so that it stays one piece beside its label.
Table::Cell::Cell(Row& row, Is is, const std::string& style) : html_(row.table_.html_) {
  const std::string label = row.table_.columns_.at(row.next_++);
  if (is == Is::head)
    html_.open("th", {{"scope", "row"}, {"role", "rowheader"}, {"class", style}});
  else
    html_.open("td", {{"role", "cell"}, {"data-label", label}, {"class", is == Is::blank ? style + " blank" : style}});
  html_.open("div");
}

Table::Cell::~Cell() { html_.close().close(); }

}  // namespace testudo
