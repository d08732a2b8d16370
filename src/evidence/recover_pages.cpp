#include "evidence/recover_pages.h"

#include <algorithm>

#include "evidence/recover_record.h"

namespace testudo {
namespace {

constexpr std::uint8_t interior_index = 2, interior_table = 5, leaf_index = 10, leaf_table = 13;

std::uint32_t be32(Bytes octets, std::size_t at) {
  return (std::uint32_t{octets[at]} << 24) | (std::uint32_t{octets[at + 1]} << 16) |
         (std::uint32_t{octets[at + 2]} << 8) | octets[at + 3];
}

}  // namespace

PageWalker::PageWalker(DatabaseImage& image, const Report& report, std::uint64_t limit)
    : image_(image),
      report_(report),
      limit_(limit),
      usable_(image.page_size() - image.reserved()),
      seen_(std::size_t{image.stored_pages()} + 1),
      overflow_(seen_.size()),
      steps_left_(std::uint64_t{image.stored_pages()} * 4),
      page_(image.page_size()),
      extra_(image.page_size()) {}

void PageWalker::say(std::string_view name, std::uint32_t page) const {
  report_(name, page == 0 ? Error::no_offset : std::uint64_t{page - 1} * image_.page_size());
}

bool PageWalker::load(std::uint32_t page) {
  if (loaded_ == page && page != 0) return true;
  loaded_ = 0;
  if (page == 0 || page >= seen_.size() || !image_.read_page(page, page_)) return false;
  loaded_ = page;
  return true;
}

std::uint32_t PageWalker::cells(std::uint32_t page) const {
  const std::uint32_t at = header_at(page);
  const std::uint32_t header = page_[at] == interior_table ? 12 : 8;
  return std::min(be16(at + 3), (usable_ - at - header) / 2);
}

void PageWalker::children(std::uint32_t page, std::vector<std::uint32_t>& out) const {
  const std::uint32_t at = header_at(page);
  out.push_back(be32(page_, at + 8));
  for (std::uint32_t i = cells(page); i-- > 0;) {
    const std::uint32_t cell = be16(at + 12 + 2 * std::size_t{i});
    // A cell outside of the page names no child: 0 is reported as a page that is not there.
    out.push_back(cell <= usable_ - 4 ? be32(page_, cell) : 0);
  }
}

Walked PageWalker::walk(std::uint32_t root, const RecoveredRow& row) { return walk(root, Purpose::read, row); }

std::uint64_t PageWalker::stated_size(std::uint32_t root) {
  measured_ = 0;
  walk(root, Purpose::measure, {});
  return measured_;
}

Walked PageWalker::walk(std::uint32_t root, Purpose purpose, const RecoveredRow& row) {
  std::vector<std::uint32_t> pending{root};
  Walked result = Walked::whole;
  while (!pending.empty()) {
    const std::uint32_t page = pending.back();
    pending.pop_back();
    const bool fresh = page != 0 && page < seen_.size() && !seen_[page] && load(page);
    const std::uint8_t type = fresh ? page_[header_at(page)] : std::uint8_t{0};
    if (page == root && (type == interior_index || type == leaf_index)) return Walked::index;
    if (type != interior_table && type != leaf_table) {
      if (purpose == Purpose::read) say("recovery_page", page);
      result = Walked::damaged;
      continue;
    }
    seen_[page] = true;
    if (type == interior_table) {
      children(page, pending);
    } else if (!leaf_rows(page, purpose, row)) {
      return Walked::stopped;
    }
  }
  return result;
}

void PageWalker::skip_free_pages() {
  for (std::uint32_t trunk = image_.first_freelist_trunk(); trunk != 0;) {
    if (trunk >= seen_.size() || seen_[trunk] || !load(trunk)) return;
    seen_[trunk] = true;
    const std::uint32_t leaves = be32(page_, 4);
    if (leaves > usable_ / 4 - 2) return;
    for (std::uint32_t i = 0; i < leaves; ++i) {
      const std::uint32_t page = be32(page_, 8 + 4 * std::size_t{i});
      if (page != 0 && page < seen_.size()) seen_[page] = true;
    }
    trunk = be32(page_, 0);
  }
}

bool PageWalker::each_orphan(const std::function<bool(std::uint32_t)>& leaf) {
  for (std::uint32_t page = 1; page < seen_.size(); ++page) {
    if (seen_[page] || overflow_[page] || !load(page) || page_[header_at(page)] != leaf_table) continue;
    if (!leaf(page)) return false;
  }
  return true;
}

bool PageWalker::rows_of(std::uint32_t page, const RecoveredRow& row) {
  return !load(page) || page_[header_at(page)] != leaf_table || leaf_rows(page, Purpose::read, row);
}

void PageWalker::peek(std::uint32_t page, const RecoveredRow& row) {
  if (load(page) && page_[header_at(page)] == leaf_table) leaf_rows(page, Purpose::peek, row);
}

bool PageWalker::leaf_rows(std::uint32_t page, Purpose purpose, const RecoveredRow& row) {
  const std::uint32_t at = header_at(page);
  const std::uint32_t count = cells(page);
  bool all = count == be16(at + 3);
  std::int64_t rowid = 0;
  Bytes payload;
  bool more = true;
  for (std::uint32_t i = 0; i < count && more; ++i) {
    const std::uint32_t cell = be16(at + 8 + 2 * std::size_t{i});
    if (cell < at + 8 + 2 * count || cell >= usable_ || !payload_of(cell, purpose, rowid, payload) ||
        (purpose != Purpose::measure && !decode_record(payload, fields_))) {
      all = false;
      continue;
    }
    if (purpose == Purpose::measure) continue;
    more = row(rowid, fields_);
  }
  if (!all && purpose == Purpose::read) say("recovery_row", page);
  return more;
}

bool PageWalker::payload_of(std::size_t cell, Purpose purpose, std::int64_t& rowid, Bytes& payload) {
  const Bytes page = Bytes(page_).first(usable_);
  const auto size = read_varint(page, cell);
  const auto id = size ? read_varint(page, cell) : std::nullopt;
  if (!id || *size > limit_) return false;
  measured_ += *size;
  if (purpose == Purpose::measure) return true;
  rowid = static_cast<std::int64_t>(*id);
  const std::uint64_t local = local_payload(*size, usable_);
  if (local > page.size() - cell) return false;
  payload = page.subspan(cell, static_cast<std::size_t>(local));
  if (local == *size) return true;
  if (page.size() - cell - local < 4) return false;
  payload_.assign(payload.begin(), payload.end());
  if (!overflow(be32(page, cell + static_cast<std::size_t>(local)), *size, purpose)) return false;
  payload = payload_;
  return true;
}

// Appends the chain's pages to payload_ until it holds `size` octets. A page serves one row only; the pages of a chain
// that fails stay free for the row that they belong to.
bool PageWalker::overflow(std::uint32_t next, std::uint64_t size, Purpose purpose) {
  const std::uint64_t each = usable_ - 4;
  if ((size - payload_.size() + each - 1) / each > seen_.size()) return false;
  chain_.clear();
  while (payload_.size() < size) {
    if (next == 0 || next >= seen_.size() || seen_[next] || overflow_[next] || steps_left_ == 0) return false;
    --steps_left_;
    if (!image_.read_page(next, extra_)) return false;
    chain_.push_back(next);
    const auto part = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(each, size - payload_.size()));
    payload_.insert(payload_.end(), extra_.begin() + 4, extra_.begin() + 4 + part);
    next = be32(extra_, 0);
  }
  if (next != 0) return false;
  if (purpose == Purpose::peek) return true;
  for (const std::uint32_t page : chain_) overflow_[page] = true;
  return true;
}

}  // namespace testudo
