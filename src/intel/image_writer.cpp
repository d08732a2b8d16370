// Writes the matcher's image: docs/design/matcher-image.md.
#include <algorithm>
#include <array>

#include "intel/image_layout.h"
#include "intel/indicator_store.h"
#include "intel/network.h"

namespace testudo {
namespace {

// Half as many probes as a reader makes at most; chance alone gives under a hundred.
constexpr std::uint32_t probe_goal = image::probe_limit / 2;
constexpr std::uint64_t seed_attempts = 16;

std::uint32_t bits_for(std::uint64_t count) {
  std::uint32_t bits = 1;
  while ((std::uint64_t{1} << bits) < count) ++bits;
  return bits;
}

class ImageWriter {
 public:
  explicit ImageWriter(const IndicatorStore& store) : store_(store), name_numbers_(store.names().size(), none) {}

  std::string write() {
    plan();
    write_rows();
    // Values that were chosen to collide under one seed do not under the next.
    for (;; ++seed_) {
      fill_tables();
      if (longest_probe_ <= probe_goal || seed_ + 1 == seed_attempts) break;
    }
    write_header();
    return std::move(out_);
  }

 private:
  void plan() {
    std::uint64_t text = 0, rows = 0;
    for (const auto& entry : store_.entries()) {
      if (!in_use(entry)) continue;
      ++rows;
      ++tables_[static_cast<std::size_t>(entry.kind)].count;
      if (in_cut_table(entry)) ++tables_[image::cut_process_table].count;
      if (entry.kind == Kind::cidr) ++tables_[image::network_table].count;
      text += entry.value_and_shown().size();
    }
    for (const auto& source : store_.sources()) text += source.id().size();
    for (const std::string_view name : store_.names()) text += name.size();
    row_count_ = static_cast<std::uint32_t>(rows);
    rows_ = take(rows * image::row_size);
    sources_ = take(store_.sources().size() * image::source_size);
    names_ = take(store_.names().size() * image::name_size);
    first_table_ = end_;
    for (image::Table& table : tables_) {
      if (table.count == 0) continue;
      table.slot_bits = bits_for(std::uint64_t{table.count} * 2);
      table.filter_bits = bits_for((std::uint64_t{table.count} + 3) / 4);  // 16 bits a value or more
      table.slots = take(image::slot_size << table.slot_bits);
      table.filter = take(std::uint64_t{8} << table.filter_bits);
    }
    pool_ = end_;
    pool_size_ = text;
    out_.assign(static_cast<std::size_t>(end_ + text), '\0');
  }
  std::uint64_t take(std::uint64_t size) {
    const std::uint64_t at = end_;
    end_ += size;
    return at;
  }
  static bool in_use(const IndicatorStore::Entry& entry) { return entry.first_source != none; }
  static bool in_cut_table(const IndicatorStore::Entry& entry) {
    return entry.kind == Kind::process && entry.value().size() > image::cut_process_length;
  }

  std::uint64_t keep(std::string_view text) {
    const std::uint64_t at = used_;
    std::copy(text.begin(), text.end(), out_.begin() + static_cast<std::ptrdiff_t>(pool_ + at));
    used_ += text.size();
    return at;
  }
  void put_text(std::uint64_t at, std::string_view text) {
    image::store(out_, at, keep(text));
    image::store(out_, at + 8, static_cast<std::uint32_t>(text.size()));
  }

  void write_rows() {
    std::uint32_t next_source = 0;
    std::uint64_t row = rows_;
    for (const auto& entry : store_.entries()) {
      if (!in_use(entry)) continue;
      image::store(out_, row, keep(entry.value_and_shown()));
      image::store(out_, row + 8, entry.length);
      image::store(out_, row + 12, next_source);
      const std::uint32_t first = next_source;
      for (std::uint32_t i = entry.first_source; i != none; i = store_.sources()[i].next)
        write_source(next_source++, store_.sources()[i]);
      image::store(out_, row + 16, next_source - first);
      image::store(out_, row + 20, static_cast<std::uint8_t>(entry.kind));
      image::store(out_, row + 21, entry.flags);
      image::store(out_, row + 22, entry.shown);
      row += image::row_size;
    }
    std::uint64_t name_row = names_;
    for (const std::uint32_t name : names_in_order_) {
      put_text(name_row, store_.names()[name]);
      name_row += image::name_size;
    }
  }
  // Names count in the order in which rows use them, so that the bytes do not depend on the order of add_source().
  std::uint32_t name_number(std::uint32_t name) {
    std::uint32_t& number = name_numbers_[name];
    if (number == none) {
      number = static_cast<std::uint32_t>(names_in_order_.size());
      names_in_order_.push_back(name);
    }
    return number;
  }
  void write_source(std::uint32_t index, const IndicatorStore::Source& source) {
    const std::uint64_t at = sources_ + index * image::source_size;
    put_text(at, source.id());
    image::store(out_, at + 12, name_number(source.feed));
    image::store(out_, at + 16, name_number(source.threat));
  }

  void fill_tables() {
    std::fill(out_.begin() + static_cast<std::ptrdiff_t>(first_table_),
              out_.begin() + static_cast<std::ptrdiff_t>(pool_), '\0');
    longest_probe_ = 0;
    for (image::Table& table : tables_) table.max_probe = 0;
    std::uint32_t i = 0;
    for (const auto& entry : store_.entries()) {
      if (!in_use(entry)) continue;
      longest_probe_ = std::max(longest_probe_, insert(tables_[static_cast<std::size_t>(entry.kind)],
                                                       image::hash_value(entry.kind, entry.value(), seed_), i));
      if (in_cut_table(entry))
        insert(tables_[image::cut_process_table], hash64(entry.value().substr(0, image::cut_process_length), seed_), i);
      if (entry.kind == Kind::cidr) insert_network(entry.value(), i);
      ++i;
    }
  }
  void insert_network(std::string_view value, std::uint32_t index) {
    const std::optional<Network> network = parse_network(value);
    if (!network) return;
    const auto key = network->key();
    insert(tables_[image::network_table], hash64({key.data(), key.size()}, seed_), index);
    (network->v6 ? prefixes_v6_[network->prefix / 64] : prefixes_v4_) |= std::uint64_t{1} << (network->prefix % 64);
  }
  // Returns the number of slots that were taken before the one it used.
  std::uint32_t insert(image::Table& table, std::uint64_t hash, std::uint32_t index) {
    const std::uint64_t last = (std::uint64_t{1} << table.slot_bits) - 1;
    for (std::uint32_t i = 0; i <= image::probe_limit; ++i) {
      const std::uint64_t at = table.slots + ((hash + i) & last) * image::slot_size;
      if (image::load<std::uint64_t>(bytes(), at) != 0) continue;
      image::store(out_, at, std::uint64_t{image::fingerprint(hash)} << 32 | (index + 1));
      const std::uint64_t word = table.filter + image::filter_word(hash, table.filter_bits) * 8;
      image::store(out_, word, image::load<std::uint64_t>(bytes(), word) | image::filter_mask(hash));
      table.max_probe = std::max(table.max_probe, i);
      return i;
    }
    return image::probe_limit;
  }
  Bytes bytes() const { return as_bytes(out_); }

  void write_header() {
    using namespace image;
    std::copy(magic.begin(), magic.end(), out_.begin());
    store(out_, at::version, version);
    store(out_, at::header_size, static_cast<std::uint32_t>(header_size));
    store(out_, at::image_size, std::uint64_t{out_.size()});
    store(out_, at::seed, seed_);
    store(out_, at::indicator_count, row_count_);
    store(out_, at::source_count, static_cast<std::uint32_t>(store_.sources().size()));
    store(out_, at::name_count, static_cast<std::uint32_t>(store_.names().size()));
    store(out_, at::table_count, static_cast<std::uint32_t>(table_count));
    store(out_, at::rows, rows_);
    store(out_, at::sources, sources_);
    store(out_, at::names, names_);
    store(out_, at::pool, pool_);
    store(out_, at::pool_size, pool_size_);
    store(out_, at::prefixes_v4, prefixes_v4_);
    for (std::size_t i = 0; i < prefixes_v6_.size(); ++i) store(out_, at::prefixes_v6 + i * 8, prefixes_v6_[i]);
    for (std::size_t i = 0; i < table_count; ++i) store_table(out_, i, tables_[i]);
    store(out_, at::checksum, hash64(std::string_view(out_).substr(0, header_size)));
  }

  static constexpr std::uint32_t none = IndicatorStore::none;
  const IndicatorStore& store_;
  std::vector<std::uint32_t> name_numbers_, names_in_order_;
  std::string out_;
  std::array<image::Table, image::table_count> tables_{};
  std::uint64_t end_ = image::header_size, rows_ = 0, sources_ = 0, names_ = 0, first_table_ = 0, pool_ = 0;
  std::uint64_t pool_size_ = 0, used_ = 0, seed_ = 0;
  std::uint32_t row_count_ = 0, longest_probe_ = 0;
  std::uint64_t prefixes_v4_ = 0;
  std::array<std::uint64_t, 3> prefixes_v6_{};
};

}  // namespace

std::string write_image(const IndicatorStore& store) { return ImageWriter(store).write(); }

}  // namespace testudo
