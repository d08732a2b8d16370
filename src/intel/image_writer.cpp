// Writes the matcher's image: docs/design/matcher-image.md.
#include <algorithm>
#include <array>
#include <utility>

#include "intel/image_layout.h"
#include "intel/indicator_store.h"
#include "intel/network.h"

namespace testudo {
namespace {

// Records in a group of values that a look-up walks through at most; chance alone gives some twenty.
constexpr std::uint32_t group_goal = 64;
constexpr std::uint64_t seed_attempts = 16;

class ImageWriter {
 public:
  explicit ImageWriter(const IndicatorStore& store) : store_(store), name_numbers_(store.names().size(), none) {}

  std::string write() {
    plan();
    // Values that were chosen to collide under one seed do not under the next.
    while (count_groups() > group_goal && seed_ + 1 < seed_attempts) ++seed_;
    place_groups();
    write_rows();
    write_names();
    out_.resize(static_cast<std::size_t>(end_));
    write_header();
    return std::move(out_);
  }

 private:
  // Gives the arrays their places. What stands behind them is as long whatever the seed, or shorter: records that a
  // full group does not take.
  void plan() {
    std::uint64_t text = 0;
    for (const auto& entry : store_.entries()) {
      if (!in_use(entry)) continue;
      ++row_count_;
      ++tables_[static_cast<std::size_t>(entry.kind)].count;
      if (in_cut_table(entry)) ++tables_[image::cut_process_table].count;
      if (entry.kind == Kind::cidr) ++tables_[image::network_table].count;
      text += entry.value_and_shown().size();
    }
    for (const auto& source : store_.sources()) text += source.id().size();
    for (const std::string_view name : store_.names()) text += name.size();
    std::size_t records = 0;
    rows_ = take(row_count_ * image::row_size);
    sources_ = take(store_.sources().size() * image::source_size);
    names_ = take(store_.names().size() * image::name_size);
    first_group_ = end_;
    for (image::Table& table : tables_) {
      table.group_count = (table.count + image::group_values - 1) / image::group_values;
      table.groups = take(table.group_count * image::group_size);
      records += table.count;
    }
    slots_.reserve(records);
    text += records * image::record_size;
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

  // Sets the filters and, in the place of each group's records, how many octets they take. Returns the number of
  // records of the largest group of values.
  std::uint32_t count_groups() {
    std::fill_n(out_.begin() + static_cast<std::ptrdiff_t>(first_group_), end_ - first_group_, '\0');
    slots_.clear();
    std::uint32_t largest = 0;
    for (const auto& entry : store_.entries()) {
      if (!in_use(entry)) continue;
      const auto kind = static_cast<std::size_t>(entry.kind);
      largest = std::max(largest, count(kind, image::hash_value(entry.kind, entry.value(), seed_), entry.length));
      if (in_cut_table(entry))
        count(image::cut_process_table, hash64(entry.value().substr(0, image::cut_process_length), seed_), 0);
      if (entry.kind == Kind::cidr) count_network(entry.value());
    }
    return largest;
  }
  void count_network(std::string_view value) {
    const Network network = parse_network(value).value_or(Network{});
    const auto key = network.key();
    count(image::network_table, hash64({key.data(), key.size()}, seed_), 0);
    (network.v6 ? prefixes_v6_[network.prefix / 64] : prefixes_v4_) |= std::uint64_t{1} << (network.prefix % 64);
  }
  // Returns how many records the group has then.
  std::uint32_t count(std::size_t table, std::uint64_t hash, std::uint64_t length) {
    const image::Table& groups = tables_[table];
    const std::uint32_t group = image::group_of(groups, hash);
    const std::uint64_t at = image::records_at(groups, group), filter = image::filter_at(groups, group);
    image::Place records = image::load_place(bytes(), at);
    slots_.push_back({none, image::tag(hash)});
    if (records.beside == image::group_limit) return image::group_limit;
    slots_.back().group = static_cast<std::uint32_t>((groups.groups - first_group_) / image::group_size) + group;
    records.at += image::record_size + length;
    ++records.beside;
    image::store_place(out_, at, records);
    image::store(out_, filter, image::load<std::uint64_t>(bytes(), filter) | image::filter_mask(hash));
    return records.beside;
  }
  void place_groups() {
    cursors_.reserve((end_ - first_group_) / image::group_size);
    for (const image::Table& table : tables_)
      for (std::uint32_t group = 0; group < table.group_count; ++group) {
        const std::uint64_t at = image::records_at(table, group);
        const image::Place records = image::load_place(bytes(), at);
        const std::uint64_t place = take(records.at);
        image::store_place(out_, at, {place, records.beside});
        cursors_.push_back({place, place + records.beside * image::record_size});
      }
  }

  // Writes a record of the entry in turn, and its text. Returns the place of the text, or 0 where the group is full.
  std::uint64_t put_record(image::Record record, std::string_view text) {
    const Slot slot = slots_[next_slot_++];
    fetch_ahead();
    if (slot.group == none) return 0;
    Cursor& next = cursors_[slot.group];
    record.tag = slot.tag;
    image::store_record(out_, next.record, record);
    next.record += image::record_size;
    put(next.text, text);
    return std::exchange(next.text, next.text + text.size());
  }
  // Groups come in no order: without this, writing a million records is waiting for memory.
  void fetch_ahead() const {
    constexpr std::size_t ahead = 16;
    if (next_slot_ + 2 * ahead >= slots_.size()) return;
    if (const Slot far = slots_[next_slot_ + 2 * ahead]; far.group != none) __builtin_prefetch(&cursors_[far.group], 1);
    const Slot near = slots_[next_slot_ + ahead];
    if (near.group == none) return;
    __builtin_prefetch(out_.data() + cursors_[near.group].record, 1);
    __builtin_prefetch(out_.data() + cursors_[near.group].text, 1);
  }
  void put(std::uint64_t at, std::string_view text) {
    std::copy(text.begin(), text.end(), out_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  std::uint64_t keep(std::string_view text) {
    const std::uint64_t at = take(text.size());
    put(at, text);
    return at;
  }
  void put_text(std::uint64_t at, std::string_view text) {
    image::store(out_, at, keep(text));
    image::store(out_, at + 8, static_cast<std::uint32_t>(text.size()));
  }

  // The entry's records in the order in which they were counted; the place of its value.
  std::uint64_t write_records(const IndicatorStore::Entry& entry, std::uint32_t index) {
    image::Record record{
        .indicator = index + 1, .length = entry.length, .exact_only = (entry.flags & image::exact_only) != 0};
    const std::uint64_t value = put_record(record, entry.value());
    record.length = 0;
    if (in_cut_table(entry)) put_record(record, {});
    if (entry.kind == Kind::cidr) put_record(record, {});
    return value != 0 ? value : keep(entry.value());
  }
  void write_rows() {
    std::uint32_t index = 0, next_source = 0;
    for (const auto& entry : store_.entries()) {
      if (!in_use(entry)) continue;
      const std::uint64_t row = rows_ + index * image::row_size;
      const auto kind_and_flags =
          static_cast<std::uint16_t>(static_cast<unsigned>(entry.kind) | unsigned{entry.flags} << 8);
      image::store_place(out_, row, {write_records(entry, index), kind_and_flags});
      image::store(out_, row + 8, entry.length);
      image::store(out_, row + 12, next_source);
      if (entry.shown != 0)
        image::store_place(out_, row + 16, {keep(entry.value_and_shown().substr(entry.length)), entry.shown});
      for (std::uint32_t i = entry.first_source; i != none; i = store_.sources()[i].next)
        write_source(next_source++, store_.sources()[i]);
      ++index;
    }
  }
  void write_names() {
    std::uint64_t row = names_;
    for (const std::uint32_t name : names_in_order_) {
      put_text(row, store_.names()[name]);
      row += image::name_size;
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
    store(out_, at::prefixes_v4, prefixes_v4_);
    for (std::size_t i = 0; i < prefixes_v6_.size(); ++i) store(out_, at::prefixes_v6 + i * 8, prefixes_v6_[i]);
    for (std::size_t i = 0; i < table_count; ++i) store_table(out_, i, tables_[i]);
    store(out_, at::checksum, hash64(std::string_view(out_).substr(0, header_size)));
  }

  static constexpr std::uint32_t none = IndicatorStore::none;
  const IndicatorStore& store_;
  std::vector<std::uint32_t> name_numbers_, names_in_order_;
  std::string out_;
  struct Slot {
    std::uint32_t group = none;  // among the groups of all tables; none where it is full
    std::uint8_t tag = 0;
  };
  std::vector<Slot> slots_;  // of the records in the order in which they are written
  std::size_t next_slot_ = 0;
  struct Cursor {
    std::uint64_t record = 0, text = 0;
  };
  std::vector<Cursor> cursors_;  // where the next record of each group goes
  std::array<image::Table, image::table_count> tables_{};
  std::uint64_t end_ = image::header_size, rows_ = 0, sources_ = 0, names_ = 0, first_group_ = 0, seed_ = 0;
  std::uint32_t row_count_ = 0;
  std::uint64_t prefixes_v4_ = 0;
  std::array<std::uint64_t, 3> prefixes_v6_{};
};

}  // namespace

std::string write_image(const IndicatorStore& store) { return ImageWriter(store).write(); }

}  // namespace testudo
