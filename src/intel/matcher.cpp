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
  std::uint32_t first_source = 0, sources_end = 0;
  Kind kind = Kind::text;
  std::uint8_t flags = 0;
};

std::string_view text_at(Bytes bytes, std::uint64_t place, std::uint64_t length) {
  if (place > bytes.size() || length > bytes.size() - place) return {};
  return as_text(bytes.subspan(static_cast<std::size_t>(place), static_cast<std::size_t>(length)));
}

// The place of row `index` of an array, or the image's end where there is none.
std::uint64_t place(Bytes bytes, std::uint64_t array_at, std::uint64_t count_at, std::uint32_t index,
                    std::uint64_t each) {
  if (index >= image::load<std::uint32_t>(bytes, count_at)) return bytes.size();
  const auto base = image::load<std::uint64_t>(bytes, array_at);
  if (base > bytes.size() || (bytes.size() - base) / each <= index) return bytes.size();
  return base + index * each;
}

std::uint32_t indicator_count(Bytes bytes) { return image::load<std::uint32_t>(bytes, image::at::indicator_count); }

Row load_row(Bytes bytes, std::uint32_t index) {
  const std::uint64_t at = place(bytes, image::at::rows, image::at::indicator_count, index, image::row_size);
  Row row;
  if (at >= bytes.size()) return row;
  const image::Place value = image::load_place(bytes, at), shown = image::load_place(bytes, at + 16);
  row.value = text_at(bytes, value.at, image::load<std::uint32_t>(bytes, at + 8));
  row.shown = text_at(bytes, shown.at, shown.beside);
  row.first_source = image::load<std::uint32_t>(bytes, at + 12);
  row.sources_end = index + 1 == indicator_count(bytes) ? image::load<std::uint32_t>(bytes, image::at::source_count)
                                                        : image::load<std::uint32_t>(bytes, at + image::row_size + 12);
  if (const unsigned kind = value.beside & 255U; kind < kind_count) row.kind = static_cast<Kind>(kind);
  row.flags = static_cast<std::uint8_t>(value.beside >> 8);
  return row;
}

std::string_view load_name(Bytes bytes, std::uint32_t index) {
  const std::uint64_t at = place(bytes, image::at::names, image::at::name_count, index, image::name_size);
  return text_at(bytes, image::load<std::uint64_t>(bytes, at), image::load<std::uint32_t>(bytes, at + 8));
}

IndicatorSource load_source(Bytes bytes, std::uint64_t at) {
  IndicatorSource source;
  source.id = text_at(bytes, image::load<std::uint64_t>(bytes, at), image::load<std::uint32_t>(bytes, at + 8));
  source.feed = load_name(bytes, image::load<std::uint32_t>(bytes, at + 12));
  source.threat = load_name(bytes, image::load<std::uint32_t>(bytes, at + 16));
  return source;
}

// Asks for the cache line of a place, so that it is on its way when it is read.
void prefetch(Bytes bytes, std::uint64_t place) {
  if (place < bytes.size()) __builtin_prefetch(bytes.data() + place);
}

// A record and where its text stands.
struct Candidate {
  std::uint32_t indicator = 0;
  bool exact_only = false;
  std::uint64_t text = 0;
  std::uint32_t length = 0;
};

// Calls `each(candidate)` for every record of the hash's group that carries its tag, until it returns false.
template <typename Each>
void probe(Bytes bytes, const image::Table& table, std::uint64_t hash, Each each) {
  if (table.group_count == 0) return;
  const std::uint32_t group = image::group_of(table, hash);
  const std::uint64_t mask = image::filter_mask(hash);
  if ((image::load<std::uint64_t>(bytes, image::filter_at(table, group)) & mask) != mask) return;
  const image::Place records = image::load_place(bytes, image::records_at(table, group));
  const std::uint32_t count = std::min<std::uint32_t>(records.beside, image::group_limit);
  std::uint64_t text = records.at + count * image::record_size;
  for (const unsigned line : {64U, 128U}) prefetch(bytes, records.at + line);
  for (std::uint32_t i = 0; i < count; ++i) {
    const image::Record record = image::load_record(bytes, records.at + i * image::record_size);
    if (record.tag == image::tag(hash) && record.indicator - 1 < indicator_count(bytes) &&
        !each(Candidate{record.indicator - 1, record.exact_only, text, record.length}))
      return;
    text += record.length;
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

  // The filter of a suffix is asked for before the suffix before it is looked up: cache misses overlap.
  void host(std::string_view value) {
    if (table_.group_count == 0) return;
    std::uint64_t hash = seed_, waiting_hash = 0;
    std::string_view waiting;
    for (std::size_t end = value.size();;) {
      const std::size_t dot = end == 0 ? std::string_view::npos : value.rfind('.', end - 1);
      const std::size_t begin = dot == std::string_view::npos ? 0 : dot + 1;
      hash = hash64(value.substr(begin, end - begin), hash);
      // A single label stands for itself alone: no indicator `com` can mean all that is below it.
      if (begin == 0 || end != value.size()) {
        prefetch(bytes_, image::filter_at(table_, image::group_of(table_, hash)));
        if (!waiting.empty()) one(waiting, waiting_hash, MatchHow::below);
        if (begin == 0) return one(value, hash, MatchHow::exact);
        waiting = value.substr(begin);
        waiting_hash = hash;
      }
      end = dot;
    }
  }

  void path(std::string_view value) {
    if (table_.group_count == 0) return;
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
    probe(bytes_, table, hash64(value, seed_), [&](const Candidate& candidate) {
      const Row row = load_row(bytes_, candidate.indicator);
      if (row.kind == Kind::process && row.value.size() > value.size() && row.value.starts_with(value))
        push(candidate.indicator, MatchHow::truncated, row.value);
      return true;
    });
  }

  void networks(std::string_view value) {
    const image::Table table = image::load_table(bytes_, image::network_table);
    if (table.group_count == 0) return;
    const std::optional<Network> address = parse_network(value);
    if (!address || address->v6 != (kind_ == Kind::ipv6)) return;
    for (unsigned prefix = address->bits() + 1; prefix-- > 0;) {
      const std::uint64_t word = (address->v6 ? image::at::prefixes_v6 : image::at::prefixes_v4) + prefix / 64 * 8;
      if ((image::load<std::uint64_t>(bytes_, word) >> (prefix % 64) & 1) == 0) continue;
      const Network network = address->masked(prefix);
      const auto key = network.key();
      probe(bytes_, table, hash64({key.data(), key.size()}, seed_), [&](const Candidate& candidate) {
        const Row row = load_row(bytes_, candidate.indicator);
        if (row.kind != Kind::cidr || parse_network(row.value) != network) return true;
        push(candidate.indicator, MatchHow::below, row.value);
        return false;
      });
    }
  }

 private:
  void one(std::string_view value, std::uint64_t hash, MatchHow how) {
    probe(bytes_, table_, hash, [&](const Candidate& candidate) {
      if (candidate.length != value.size() || text_at(bytes_, candidate.text, candidate.length) != value) return true;
      if (how == MatchHow::exact || !candidate.exact_only) push(candidate.indicator, how, value);
      return false;
    });
  }
  void push(std::uint32_t indicator, MatchHow how, std::string_view value) {
    out_.push_back({indicator, how, static_cast<std::uint32_t>(value.size())});
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
    TRY(check_array(bytes, table.groups, table.group_count, image::group_size, "groups of a table"));
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
  TRY(check_tables(image));
  return Matcher(image);
}

std::size_t Matcher::size() const { return indicator_count(image_); }

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
  for (std::uint32_t i = row.first_source; i < row.sources_end; ++i) {
    const std::uint64_t at = place(image_, image::at::sources, image::at::source_count, i, image::source_size);
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
