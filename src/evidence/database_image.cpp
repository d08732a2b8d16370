#include "evidence/database_image.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/reader.h"

namespace testudo {
namespace {

constexpr std::size_t header_size = 100;
constexpr std::string_view magic("SQLite format 3\0", 16);

std::uint32_t be32(std::span<const std::uint8_t> header, std::size_t at) {
  Reader r(header.subspan(at, 4));
  const auto value = r.be<std::uint32_t>("header field");
  return value ? value.value() : 0;
}

bool valid_page_size(std::uint32_t size) { return size >= 512 && size <= 65536 && std::has_single_bit(size); }

// The stored 16 bits; 1 stands for 65536.
std::uint32_t stored_page_size(std::span<const std::uint8_t> header) {
  const std::uint32_t size = (std::uint32_t{header[16]} << 8) | header[17];
  return size == 1 ? 65536 : size;
}

// How many pages the database has; 0 if the header does not say. The count is valid only if whoever wrote it also wrote
// the change counter (format §1.3.8).
std::uint32_t stated_pages(std::span<const std::uint8_t> header) {
  return be32(header, 24) == be32(header, 92) ? be32(header, 28) : 0;
}

bool has_magic(std::span<const std::uint8_t> header) {
  return std::memcmp(header.data(), magic.data(), magic.size()) == 0;
}

// The magic, or the three payload fractions that every database has, are there.
bool is_plausible(std::span<const std::uint8_t> header) {
  return has_magic(header) || (header[21] == 64 && header[22] == 32 && header[23] == 32);
}

// Whether a page begins like a b-tree page: its type, and a first free block and cell content inside the page.
bool looks_like_tree(std::span<const std::uint8_t> page, std::uint32_t page_size) {
  if (page[0] != 2 && page[0] != 5 && page[0] != 10 && page[0] != 13) return false;
  const std::uint32_t cells = (std::uint32_t{page[3]} << 8) | page[4];
  const std::uint32_t content = (std::uint32_t{page[5]} << 8) | page[6];
  return cells <= page_size / 4 && content <= page_size && content >= 8 + 2 * cells && page[7] <= 60;
}

}  // namespace

Result<DatabaseImage> DatabaseImage::open(const Blob& main, const Blob* log, DatabaseView view, Damage damage,
                                          const Report& report) {
  DatabaseImage image(main, view == DatabaseView::merged ? log : nullptr);
  if (image.log_)
    image.overlay_ = WalOverlay::read(
        *log, report, damage == Damage::guess ? WalOverlay::Frames::all : WalOverlay::Frames::committed);
  TRY(image.read_header(damage, report));
  return image;
}

bool DatabaseImage::log_is_another_databases() {
  std::array<std::uint8_t, header_size> header{};
  return !overlay_.empty() && main_.size() >= header_size && main_.read(0, header) && has_magic(header) &&
         valid_page_size(stored_page_size(header)) && stored_page_size(header) != overlay_.page_size();
}

Result<void> DatabaseImage::read_header(Damage damage, const Report& report) {
  if (log_is_another_databases()) {
    report("wal_page_size", 8);
    overlay_ = WalOverlay();
  }
  std::array<std::uint8_t, header_size> header{};
  if (const auto at = overlay_.find(1)) {
    TRY(log_->read(*at, header));
  } else {
    const auto there = static_cast<std::size_t>(std::min<std::uint64_t>(header_size, main_.size()));
    TRY(main_.read(0, std::span(header).first(there)));
    if (there == 0) return error(Fault::truncated, "a database of zero octets", 0);
    if (damage == Damage::refuse && there >= magic.size() && !has_magic(header))
      return error(Fault::malformed, "not an SQLite database, or still encrypted", 0);
    if (there < header_size) return error(Fault::truncated, "the database ends in its header", there);
  }
  if (damage == Damage::guess && !is_plausible(header)) {
    report("database_header", 0);
    header.fill(0);  // none of its fields says anything
  }
  TRY(take_page_size(header, damage, report));
  if (header[18] > 2 || header[19] > 2 || header[18] == 0 || header[19] == 0) report("database_header", 18);
  // SQLite refuses pages with fewer than 480 octets in use.
  reserved_ = page_size_ - header[20] >= 480 ? header[20] : 0;
  freelist_ = be32(header, 32);
  const std::uint32_t encoding = be32(header, 56);
  encoding_ = encoding >= 1 && encoding <= 3 ? encoding : 1;
  count_pages(header, report);
  if (pages_ == 0 || (main_.size() < page_size_ && !overlay_.find(1)))
    return error(Fault::truncated, "the database ends in its first page", main_.size());
  return {};
}

Result<void> DatabaseImage::take_page_size(std::span<const std::uint8_t> header, Damage damage, const Report& report) {
  const std::uint32_t stored = stored_page_size(header);
  if (!overlay_.empty()) {
    page_size_ = overlay_.page_size();
    return {};
  }
  const bool valid = valid_page_size(stored);
  if (!valid && damage == Damage::refuse) return error(Fault::malformed, "page size of the database", 16);
  page_size_ = stored;
  if (valid && damage == Damage::refuse) return {};
  // A size that is none, or one that the header's own count of pages and the pages themselves speak against.
  const std::uint64_t pages = stated_pages(header);
  if (valid && (pages == 0 || pages * stored == main_.size())) return {};
  const std::uint32_t guessed = guess_page_size();
  if (valid && pages * guessed != main_.size()) return {};
  report("database_header", 16);
  page_size_ = guessed;
  return {};
}

void DatabaseImage::count_pages(std::span<const std::uint8_t> header, const Report& report) {
  constexpr std::uint64_t most = 0xfffffffe;
  const std::uint64_t whole = std::min(main_.size() / page_size_, most);
  const bool partial = main_.size() % page_size_ != 0;
  stored_ = static_cast<std::uint32_t>(whole);
  if (!overlay_.empty()) {
    pages_ = overlay_.pages();
    // Between the end of the file and the last commit there may be pages that SQLite never wrote: free ones.
    // A file that was cut may have lost them, while its log still holds the newest. But a log that names a page far
    // away must not make the recovery plan for all pages before it: what is left of a file is taken for an eighth at
    // least.
    const std::uint64_t reach = std::min<std::uint64_t>(overlay_.last_page(), 8 * (whole + overlay_.replaced()));
    stored_ = std::max(stored_, static_cast<std::uint32_t>(reach));
    return;
  }
  const std::uint32_t stated = stated_pages(header);
  pages_ = stated != 0 ? stated : static_cast<std::uint32_t>(std::min(whole + (partial ? 1 : 0), most));
  if (pages_ > whole) report("database_truncated", main_.size());
}

// The size at which the most pages, and the largest share of them, begin like b-tree pages: at half the true size the
// share halves, at twice the true size the number does. Cost: small reads of the first 16 MiB.
std::uint32_t DatabaseImage::guess_page_size() {
  constexpr std::uint64_t looked_at = 16U << 20;
  std::uint32_t best = 4096;
  double best_score = 0;
  for (std::uint32_t size = 65536; size >= 512; size /= 2) {
    const std::uint64_t count = std::min(main_.size(), looked_at) / size;
    std::uint64_t trees = 0;
    std::array<std::uint8_t, 8> start{};
    for (std::uint64_t i = 1; i < count; ++i)
      if (main_.read(i * size, start) && looks_like_tree(start, size)) ++trees;
    const double score = count > 1 ? static_cast<double>(trees * trees) / static_cast<double>(count - 1) : 0;
    if (score > best_score) best = size, best_score = score;
  }
  return best;
}

Result<void> DatabaseImage::read(std::uint64_t offset, std::span<std::uint8_t> out) {
  if (overlay_.empty()) {
    TRY(read_part(offset, out));
  } else {
    for (std::size_t done = 0; done < out.size();) {
      const std::uint64_t at = offset + done;
      const auto part =
          static_cast<std::size_t>(std::min<std::uint64_t>(page_size_ - at % page_size_, out.size() - done));
      TRY(read_part(at, out.subspan(done, part)));
      done += part;
    }
  }
  // Both format versions read as 1.
  for (const std::uint64_t at : {std::uint64_t{18}, std::uint64_t{19}})
    if (offset <= at && at - offset < out.size()) out[static_cast<std::size_t>(at - offset)] = 1;
  return {};
}

Result<void> DatabaseImage::read_part(std::uint64_t offset, std::span<std::uint8_t> out) {
  const std::uint64_t page = offset / page_size_ + 1;
  if (page <= pages_ && !overlay_.empty())
    if (const auto at = overlay_.find(static_cast<std::uint32_t>(page)))
      return log_->read(*at + offset % page_size_, out);
  if (offset > main_.size() || out.size() > main_.size() - offset)
    return error(Fault::truncated, "the file ends before this page", offset);
  return main_.read(offset, out);
}

}  // namespace testudo
