#include "parser/ios/safari_items.h"

#include <algorithm>
#include <cstring>

namespace testudo {

std::string_view HistoryItems::keep(std::string_view text) {
  constexpr std::size_t chunk = 1U << 18;
  if (text.size() > left_) {
    left_ = std::max(chunk, text.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = chunks_.back().get();
  }
  if (!text.empty()) std::memcpy(next_, text.data(), text.size());
  const std::string_view kept(next_, text.size());
  next_ += text.size();
  left_ -= text.size();
  return kept;
}

Result<HistoryItems> HistoryItems::load(const Database& db, std::uint64_t limit) {
  HistoryItems all;
  std::uint64_t used = 0;
  TRY(db.each("SELECT {history_items.id}, {history_items.url}, {?history_items.visit_count} FROM history_items",
              [&](const QueryRow& row) {
                HistoryItem item{.id = row.integer(0).value_or(0), .visit_count = row.integer(2)};
                const auto url = row.text(1);
                used += sizeof item + (url ? url->size() : 0);
                if (used > limit) return false;
                if (url) item.url = all.keep(*url);
                all.items_.push_back(item);
                return true;
              }));
  if (used > limit) return error(Fault::limit, "addresses of the history");
  if (!std::ranges::is_sorted(all.items_, {}, &HistoryItem::id)) std::ranges::sort(all.items_, {}, &HistoryItem::id);
  return all;
}

const HistoryItem* HistoryItems::find(std::int64_t id) {
  // Numbers are given one after another: most stand where counting from the first would put them.
  const std::uint64_t guess =
      items_.empty() ? 0 : static_cast<std::uint64_t>(id) - static_cast<std::uint64_t>(items_[0].id);
  const bool guessed = guess < items_.size() && items_[guess].id == id && (guess == 0 || items_[guess - 1].id != id);
  const auto at = guessed ? items_.begin() + static_cast<std::ptrdiff_t>(guess)
                          : std::ranges::lower_bound(items_, id, {}, &HistoryItem::id);
  if (at == items_.end() || at->id != id) return nullptr;
  at->visited = true;
  return &*at;
}

}  // namespace testudo
