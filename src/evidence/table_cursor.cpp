#include "evidence/table_cursor.h"

#include <algorithm>

namespace testudo {
namespace {

constexpr std::size_t deepest = 18;  // SQLite goes to 20
constexpr std::size_t cached_octets = 4U << 20;

}  // namespace

bool TableCursor::load_level(std::uint32_t number, RowRange range) {
  if (depth_ == deepest) return false;
  if (levels_.size() == depth_) levels_.push_back(std::make_unique<Level>());
  Level& level = *levels_[depth_];
  level.at = 0;
  if (!level.page.load(image_, number, range, depth_ == 0)) return false;
  ++depth_;
  return true;
}

// From the page that was reached last down to the first row below its place.
TableCursor::Step TableCursor::descend() {
  for (;;) {
    const Level& level = *levels_[depth_ - 1];
    if (level.page.is_leaf()) return stand_on(level.page, level.at);
    if (!load_level(level.page.child(level.at), level.page.range_of_child(level.at))) return Step::unusual;
  }
}

TableCursor::Step TableCursor::stand_on(const TablePage& page, std::size_t at) {
  on_row_ = at < page.cells();
  if (!on_row_) return Step::none;
  const TableCell& cell = page.cell(at);
  rowid_ = cell.rowid;
  row_.set(page, cell);
  return Step::row;
}

TableCursor::Step TableCursor::first() {
  depth_ = 0;
  on_row_ = false;
  return load_level(root_, {}) ? descend() : Step::unusual;
}

TableCursor::Step TableCursor::next() {
  if (depth_ == 0) return Step::none;
  Level& leaf = *levels_[depth_ - 1];
  if (++leaf.at < leaf.page.cells()) return stand_on(leaf.page, leaf.at);
  on_row_ = false;
  while (--depth_ > 0) {
    Level& above = *levels_[depth_ - 1];
    if (++above.at <= above.page.cells()) return descend();
  }
  depth_ = 1;  // a further next() finds the end again
  levels_[0]->at = levels_[0]->page.cells();
  return Step::none;
}

const TablePage* TableCursor::leaf_of(std::int64_t rowid) {
  if (found_ != nullptr && found_->range().low <= rowid && rowid <= found_->range().high) return found_;
  found_ = nullptr;
  if (cache_.empty()) cache_.resize(std::max<std::size_t>(cached_octets / image_.page_size(), 1));
  std::uint32_t number = root_;
  RowRange range;
  for (std::size_t depth = 0; depth < deepest; ++depth) {
    std::unique_ptr<TablePage>& page = cache_[number % cache_.size()];
    if (!page) page = std::make_unique<TablePage>();
    if (!page->holds(number, range) && !page->load(image_, number, range, depth == 0)) return nullptr;
    if (page->is_leaf()) return found_ = page.get();
    const std::size_t at = page->lower_bound(rowid);
    range = page->range_of_child(at);
    number = page->child(at);
  }
  return nullptr;
}

TableCursor::Step TableCursor::seek(std::int64_t rowid) {
  on_row_ = false;
  const TablePage* const leaf = leaf_of(rowid);
  if (leaf == nullptr) return Step::unusual;
  const std::size_t at = leaf->lower_bound(rowid);
  return at < leaf->cells() && leaf->cell(at).rowid == rowid ? stand_on(*leaf, at) : Step::none;
}

}  // namespace testudo
