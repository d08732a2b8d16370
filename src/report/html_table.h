// HTML table: rows that a narrow screen shows as blocks, each value beside the name of its column. Floor 5.
#pragma once

#include <string>
#include <vector>

#include "report/html_writer.h"

namespace testudo {

// Open from its beginning to its end; what is written meanwhile are its rows. A style sheet that makes blocks of rows
// and cells takes from browsers what they are: the roles say it again.
class Table {
 public:
  Table(Html& html, const std::string& caption, std::vector<std::string> columns);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  // A row, and in it cells from left to right, each open while its object lives.
  class Row;
  class Cell;
  // `head`: names the row. `blank`: there is nothing to show, which a narrow screen leaves out.
  enum class Is : std::uint8_t { value, head, blank };

 private:
  Html& html_;
  std::vector<std::string> columns_;
};

class Table::Row {
 public:
  explicit Row(Table& table, const std::string& style = {});
  ~Row();
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  // A cell that holds a text alone.
  void text(const std::string& text, Is is = Is::value, const std::string& style = {});

 private:
  friend class Cell;
  Table& table_;
  std::size_t next_ = 0;
};

class Table::Cell {
 public:
  explicit Cell(Row& row, Is is = Is::value, const std::string& style = {});
  ~Cell();
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;

 private:
  Html& html_;
};

}  // namespace testudo
