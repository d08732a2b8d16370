// What the rows of a delimited feed say. Floor 3. Columns: csv_columns.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/csv_columns.h"
#include "intel/feed/feed_notes.h"
#include "intel/feed/feed_sink.h"

namespace testudo {

class CsvReader {
 public:
  using Cells = std::vector<std::string>;
  // `unit`: what notes call a row, before its number.
  CsvReader(FeedSink& sink, FeedNotes& notes, std::string_view unit = "line")
      : sink_(sink), notes_(notes), unit_(unit) {}
  void header(std::vector<Column> columns);
  void without_header(std::vector<Column> columns);  // rows of any width
  bool has_header() const { return !columns_.empty(); }
  std::uint64_t rows() const { return rows_; }
  bool lacks_cells(const Cells& cells) const { return !any_width_ && cells.size() < columns_.size(); }
  // Hands over what the row says; `line` is where it begins. A column that is not read is named once (`unknown_key`).
  void row(std::uint64_t line, const Cells& cells);

 private:
  void note(std::uint64_t line, std::string_view defect, std::string_view value);
  bool is_remark(const Column& column) const;
  void describe(const Cells& cells, FeedClaim& claim);
  void unread(std::size_t i, std::string_view cell);
  void say(const Column& column, std::string_view cell, FeedClaim& claim);
  bool marks(const Column& column, std::string_view cell, FeedClaim& claim);
  void status(std::string_view cell, FeedClaim& claim);
  void revoked(std::string_view cell, FeedClaim& claim);
  void time(const Column& column, std::string_view cell, FeedClaim& claim);
  template <typename T>
  std::optional<T> understood(std::optional<T> value, const Column& column, std::string_view cell);
  void tags(std::string_view cell, FeedClaim& claim);
  void tag(std::string_view text, FeedClaim& claim);
  void add_comment(std::string_view text);

  bool values(const Column& column, std::string_view raw, FeedClaim& claim);
  void exact(Kind kind, std::string_view cell, FeedClaim& claim);
  void by_looks(Kind named, std::string_view cell, FeedClaim& claim);
  void typed(Kind kind, std::string_view cell, FeedClaim& claim);
  void untyped(std::string_view cell, FeedClaim& claim);
  void emit(Kind kind, std::string_view text, FeedClaim& claim);
  void keep(std::string_view cell, const FeedClaim& claim);

  FeedSink& sink_;
  FeedNotes& notes_;
  std::string_view unit_;
  std::vector<Column> columns_;
  std::vector<bool> noted_;  // columns that were named as not read
  bool any_width_ = false, own_export_ = false, escaped_ = false;
  bool names_files_ = false;  // beside their digests
  bool of_file_ = false;      // the row holds a file's digest, and may name the file
  std::string comment_;
  std::string_view type_, shown_;
  std::vector<std::string> threats_;  // of a row of our own export, which may name several
  std::uint64_t line_ = 0, rows_ = 0, claims_ = 0;
};

}  // namespace testudo
