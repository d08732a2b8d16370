// Look-ups in the image. Nothing read from it is believed: every place is checked when it is used, so that neither a
// hostile image nor one that changes after open() can lead outside.
#include "intel/matcher.h"

#include "intel/image_layout.h"
#include "intel/network.h"

namespace testudo {
namespace {

// Octets that one description may take: a hostile image can let a million sources share one long text.
constexpr std::size_t description_limit = 16 << 20;

struct Row {
  std::string_view value;
  std::string_view shown;  // as people know it; empty where the value is that
  std::uint32_t first_source = 0, sources = 0;
  Kind kind = Kind::text;
  std::uint8_t flags = 0;
};

std::string_view pool_text(Bytes bytes, std::uint64_t offset, std::uint64_t length) {
  const auto pool = image::load<std::uint64_t>(bytes, image::at::pool);
  if (pool > bytes.size() || offset > bytes.size() - pool || length > bytes.size() - pool - offset) return {};
  return as_text(bytes.subspan(static_cast<std::size_t>(pool + offset), static_cast<std::size_t>(length)));
}

// The place of record `index` of an array, or the image's end where there is none.
std::uint64_t place(Bytes bytes, std::uint64_t array_at, std::uint64_t count_at, std::uint32_t index,
                    std::uint64_t each) {
  if (index >= image::load<std::uint32_t>(bytes, count_at)) return bytes.size();
  const auto base = image::load<std::uint64_t>(bytes, array_at);
  if (base > bytes.size() || (bytes.size() - base) / each <= index) return bytes.size();
  return base + index * each;
}

Row load_row(Bytes bytes, std::uint32_t index) {
  const std::uint64_t at = place(bytes, image::at::rows, image::at::indicator_count, index, image::row_size);
  Row row;
  if (at >= bytes.size()) return row;
  row.value = pool_text(bytes, image::load<std::uint64_t>(bytes, at), image::load<std::uint32_t>(bytes, at + 8));
  row.shown = pool_text(bytes, image::load<std::uint64_t>(bytes, at) + row.value.size(),
                        image::load<std::uint16_t>(bytes, at + 22));
  row.first_source = image::load<std::uint32_t>(bytes, at + 12);
  row.sources = image::load<std::uint32_t>(bytes, at + 16);
  const auto kind = image::load<std::uint8_t>(bytes, at + 20);
  if (kind < kind_count) row.kind = static_cast<Kind>(kind);
  row.flags = image::load<std::uint8_t>(bytes, at + 21);
  return row;
}

std::string_view load_name(Bytes bytes, std::uint32_t index) {
  const std::uint64_t at = place(bytes, image::at::names, image::at::name_count, index, image::name_size);
  return pool_text(bytes, image::load<std::uint64_t>(bytes, at), image::load<std::uint32_t>(bytes, at + 8));
}

IndicatorSource load_source(Bytes bytes, std::uint64_t at) {
  IndicatorSource source;
  source.id = pool_text(bytes, image::load<std::uint64_t>(bytes, at), image::load<std::uint32_t>(bytes, at + 8));
  source.feed = load_name(bytes, image::load<std::uint32_t>(bytes, at + 12));
  source.threat = load_name(bytes, image::load<std::uint32_t>(bytes, at + 16));
  return source;
}

// Calls `each(indicator)` for every entry of the table whose fingerprint is that of `hash`, until it returns false.
template <typename Each>
void probe(Bytes bytes, const image::Table& table, std::uint64_t hash, Each each) {
  if (table.count == 0 || table.slot_bits > 31 || table.filter_bits > 31) return;
  const std::uint64_t word =
      image::load<std::uint64_t>(bytes, table.filter + image::filter_word(hash, table.filter_bits) * 8);
  const std::uint64_t mask = image::filter_mask(hash);
  if ((word & mask) != mask) return;
  const std::uint64_t last = (std::uint64_t{1} << table.slot_bits) - 1;
  const std::uint32_t probes = std::min(table.max_probe, image::probe_limit);
  for (std::uint32_t i = 0; i <= probes; ++i) {
    const auto slot = image::load<std::uint64_t>(bytes, table.slots + ((hash + i) & last) * image::slot_size);
    if (slot == 0) return;
    if (static_cast<std::uint32_t>(slot >> 32) != image::fingerprint(hash)) continue;
    const auto indicator = static_cast<std::uint32_t>(slot);
    if (indicator != 0 && !each(indicator - 1)) return;
  }
}

class Finder {
 public:
  Finder(Bytes bytes, Kind kind, std::vector<Match>& out)
      : bytes_(bytes),
        kind_(kind),
        seed_(image::load<std::uint64_t>(bytes, image::at::seed)),
        out_(out),
        table_(image::load_table(bytes, static_cast<std::size_t>(kind))) {}

  void whole(std::string_view value) { one(value, image::hash_value(kind_, value, seed_), MatchHow::exact); }

  void host(std::string_view value) {
    if (table_.count == 0) return;
    std::uint64_t hash = seed_;
    for (std::size_t end = value.size();;) {
      const std::size_t dot = end == 0 ? std::string_view::npos : value.rfind('.', end - 1);
      const std::size_t begin = dot == std::string_view::npos ? 0 : dot + 1;
      hash = hash64(value.substr(begin, end - begin), hash);
      if (begin == 0) return one(value, hash, MatchHow::exact);
      // A single label stands for itself alone: no indicator `com` can mean all that is below it.
      if (end != value.size()) one(value.substr(begin), hash, MatchHow::below);
      end = dot;
    }
  }

  void path(std::string_view value) {
    if (table_.count == 0) return;
    std::uint64_t hash = seed_;
    for (std::size_t begin = 0;;) {
      const std::size_t slash = value.find('/', begin);
      if (slash == std::string_view::npos) {
        hash = hash64(value.substr(begin), hash);
        return one(value, hash, MatchHow::exact);
      }
      hash = hash64(value.substr(begin, slash - begin), hash);
      if (slash != 0) one(value.substr(0, slash), hash, MatchHow::below);
      begin = slash + 1;
    }
  }

  // Names of exactly 16 octets may have lost their end; several indicators can begin with them.
  void cut_process(std::string_view value) {
    if (value.size() != image::cut_process_length) return;
    const image::Table table = image::load_table(bytes_, image::cut_process_table);
    probe(bytes_, table, hash64(value, seed_), [&](std::uint32_t indicator) {
      const Row row = load_row(bytes_, indicator);
      if (row.kind == Kind::process && row.value.size() > value.size() && row.value.starts_with(value))
        push(indicator, MatchHow::truncated, row);
      return true;
    });
  }

  void networks(std::string_view value) {
    const image::Table table = image::load_table(bytes_, image::network_table);
    if (table.count == 0) return;
    const std::optional<Network> address = parse_network(value);
    if (!address || address->v6 != (kind_ == Kind::ipv6)) return;
    for (unsigned prefix = address->bits() + 1; prefix-- > 0;) {
      const std::uint64_t word = (address->v6 ? image::at::prefixes_v6 : image::at::prefixes_v4) + prefix / 64 * 8;
      if ((image::load<std::uint64_t>(bytes_, word) >> (prefix % 64) & 1) == 0) continue;
      const Network network = address->masked(prefix);
      const auto key = network.key();
      probe(bytes_, table, hash64({key.data(), key.size()}, seed_), [&](std::uint32_t indicator) {
        const Row row = load_row(bytes_, indicator);
        if (row.kind != Kind::cidr || parse_network(row.value) != network) return true;
        push(indicator, MatchHow::below, row);
        return false;
      });
    }
  }

 private:
  void one(std::string_view value, std::uint64_t hash, MatchHow how) {
    probe(bytes_, table_, hash, [&](std::uint32_t indicator) {
      const Row row = load_row(bytes_, indicator);
      if (row.value != value || row.kind != kind_) return true;
      if (how == MatchHow::exact || (row.flags & image::exact_only) == 0) push(indicator, how, row);
      return false;
    });
  }
  void push(std::uint32_t indicator, MatchHow how, const Row& row) {
    out_.push_back({indicator, how, static_cast<std::uint32_t>(row.value.size())});
  }

  Bytes bytes_;
  Kind kind_;
  std::uint64_t seed_;
  std::vector<Match>& out_;
  image::Table table_;
};

Result<void> check_array(Bytes bytes, std::uint64_t at, std::uint64_t count, std::uint64_t each,
                         std::string_view what) {
  if (at > bytes.size() || count > (bytes.size() - at) / each) return error(Fault::malformed, what, at);
  return {};
}

Result<void> check_tables(Bytes bytes) {
  for (std::size_t i = 0; i < image::table_count; ++i) {
    const image::Table table = image::load_table(bytes, i);
    const std::uint64_t place = image::at::tables + i * image::table_size;
    if (table.slot_bits > 31 || table.filter_bits > 31) return error(Fault::malformed, "table too large", place);
    if (table.count == 0) continue;
    TRY(check_array(bytes, table.slots, std::uint64_t{1} << table.slot_bits, image::slot_size, "slots of a table"));
    TRY(check_array(bytes, table.filter, std::uint64_t{1} << table.filter_bits, 8, "filter of a table"));
  }
  return {};
}

Result<void> check_header(Bytes bytes) {
  using namespace image;
  if (bytes.size() < header_size) return error(Fault::malformed, "shorter than an indicator image's header", 0);
  if (as_text(bytes.first(magic.size())) != magic) return error(Fault::malformed, "not an indicator image", 0);
  if (load<std::uint32_t>(bytes, at::version) != version)
    return error(Fault::malformed, "an indicator image of another version", at::version);
  if (load<std::uint32_t>(bytes, at::header_size) != header_size ||
      load<std::uint32_t>(bytes, at::table_count) != table_count)
    return error(Fault::malformed, "header of another size", at::header_size);
  if (load<std::uint64_t>(bytes, at::image_size) != bytes.size())
    return error(Fault::malformed, "the image is cut or has something behind it", at::image_size);
  std::string header(as_text(bytes.first(header_size)));
  store(header, at::checksum, std::uint64_t{0});
  if (load<std::uint64_t>(bytes, at::checksum) != hash64(header))
    return error(Fault::malformed, "the header's checksum is wrong", at::checksum);
  return {};
}

}  // namespace

Matcher::Matcher(Bytes image) : image_(image) {
  for (std::size_t kind = 0; kind < counts_.size(); ++kind) counts_[kind] = image::load_table(image_, kind).count;
}

Result<Matcher> Matcher::open(Bytes image) {
  using namespace image;
  TRY(check_header(image));
  const auto number = [&](std::uint64_t offset) { return load<std::uint64_t>(image, offset); };
  const auto count = [&](std::uint64_t offset) { return load<std::uint32_t>(image, offset); };
  TRY(check_array(image, number(at::rows), count(at::indicator_count), row_size, "indicator rows"));
  TRY(check_array(image, number(at::sources), count(at::source_count), source_size, "source rows"));
  TRY(check_array(image, number(at::names), count(at::name_count), name_size, "name rows"));
  TRY(check_array(image, number(at::pool), number(at::pool_size), 1, "pool of text"));
  TRY(check_tables(image));
  return Matcher(image);
}

std::size_t Matcher::size() const { return image::load<std::uint32_t>(image_, image::at::indicator_count); }

void Matcher::find(Kind type, std::string_view value, std::vector<Match>& out) const {
  if (image_.empty() || value.empty()) return;
  Finder finder(image_, type, out);
  switch (type) {
    case Kind::host:
      return finder.host(value);
    case Kind::path:
      return finder.path(value);
    case Kind::process:
      finder.whole(value);
      return finder.cut_process(value);
    case Kind::ipv4:
    case Kind::ipv6:
      finder.whole(value);
      return finder.networks(value);
    default:
      return finder.whole(value);
  }
}

IndicatorRef Matcher::describe(std::uint32_t indicator) const {
  const Row row = load_row(image_, indicator);
  IndicatorRef ref;
  ref.type = row.kind;
  if ((row.flags & image::victim) != 0)
    ref.role = "victim";
  else if ((row.flags & image::context) != 0)
    ref.role = "context";
  ref.value = std::string(row.shown.empty() ? row.value : row.shown);
  std::size_t text = ref.value.size();
  for (std::uint32_t i = 0; i < row.sources && row.first_source + i >= row.first_source; ++i) {
    const std::uint64_t at =
        place(image_, image::at::sources, image::at::source_count, row.first_source + i, image::source_size);
    if (at >= image_.size()) break;
    IndicatorSource source = load_source(image_, at);
    text += sizeof source + source.id.size() + source.feed.size() + source.threat.size();
    if (text > description_limit) break;
    if (ref.threat.empty()) ref.threat = source.threat;
    ref.sources.push_back(std::move(source));
  }
  return ref;
}

Kind Matcher::type(std::uint32_t indicator) const { return load_row(image_, indicator).kind; }

std::string_view Matcher::value(std::uint32_t indicator) const { return load_row(image_, indicator).value; }

bool Matcher::is_generic(std::uint32_t indicator) const {
  return (load_row(image_, indicator).flags & image::generic) != 0;
}

bool Matcher::is_accused(std::uint32_t indicator) const {
  return (load_row(image_, indicator).flags & (image::context | image::victim)) == 0;
}

}  // namespace testudo
