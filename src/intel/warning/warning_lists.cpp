// Look-ups in compiled lists.
#include "intel/warning/warning_lists.h"

#include <algorithm>
#include <cstring>

#include <re2/re2.h>

#include "base/hash.h"
#include "base/host.h"
#include "base/text.h"
#include "base/url.h"
#include "intel/warning/warning_image.h"

namespace testudo {

using namespace warning_image;

namespace {

constexpr std::size_t most_expressions = 10'000;

template <typename Row>
class Rows {
 public:
  Rows() = default;
  Rows(const std::uint8_t* begin, std::size_t count) : begin_(begin), count_(count) {}
  std::size_t size() const { return count_; }
  // Copied out, because the image need not be aligned.
  Row operator[](std::size_t i) const {
    Row row;
    std::memcpy(&row, begin_ + i * sizeof(Row), sizeof(Row));
    return row;
  }
  // The first row that is not before; the rows are in order of `before`.
  template <typename Before>
  std::size_t lower_bound(Before before) const {
    std::size_t low = 0, high = count_;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (before((*this)[middle]))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

 private:
  const std::uint8_t* begin_ = nullptr;
  std::size_t count_ = 0;
};

bool is_name_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

// Where the listed text is a host name, it must stand alone: "mail.test" is not in "hotmail.test".
bool stands_alone(std::string_view value, std::size_t at, std::string_view part) {
  const bool name = part.find('.') != std::string_view::npos &&
                    std::ranges::all_of(part, [](char c) { return is_name_octet(c) || c == '.'; });
  if (!name) return true;
  const std::size_t end = at + part.size();
  return (at == 0 || !is_name_octet(value[at - 1]) || part.front() == '.') &&
         (end == value.size() || !is_name_octet(value[end]));
}

int compare(const NetworkRow& row, bool v6, const std::array<std::uint8_t, 16>& address) {
  if (row.v6 != static_cast<std::uint8_t>(v6)) return row.v6 < static_cast<std::uint8_t>(v6) ? -1 : 1;
  return std::memcmp(row.address.data(), address.data(), address.size());
}

}  // namespace

struct WarningLists::Image {
  Rows<ListRow> lists;
  Rows<NameRow> names;
  Rows<NetworkRow> networks;
  Rows<PartRow> parts;
  Rows<ExpressionRow> expressions;
  std::string_view text;
  std::vector<unsigned> prefixes4, prefixes6;  // that occur, ascending
  std::vector<std::unique_ptr<re2::RE2>> compiled;

  std::string_view at(std::uint32_t from, std::uint32_t size) const {
    return from <= text.size() && size <= text.size() - from ? text.substr(from, size) : std::string_view{};
  }
  // Adds a hit of a list that is about the kind, or improves the one that there is.
  void hit(std::uint32_t list, std::uint64_t kinds, std::string_view entry, WarningHit::How how,
           std::vector<WarningHit>& hits) const {
    if (list >= lists.size()) return;
    const ListRow row = lists[list];
    if ((row.kinds & kinds) == 0) return;
    const std::string_view name = at(row.name_at, row.name_size);
    const auto verdict = static_cast<WarningVerdict>(std::min<std::uint32_t>(row.verdict, 2));
    const auto known = std::ranges::find(hits, name, &WarningHit::list);
    if (known == hits.end())
      hits.push_back({name, std::string(entry), verdict, how});
    else if (how < known->how)
      *known = {name, std::string(entry), verdict, how};
  }
  void find_name(std::string_view name, std::uint64_t kinds, bool below, WarningHit::How how,
                 std::vector<WarningHit>& hits) const {
    const std::uint64_t hash = hash64(name, hash_seed);
    for (std::size_t i = names.lower_bound([&](const NameRow& row) { return row.hash < hash; }); i < names.size();
         ++i) {
      const NameRow row = names[i];
      if (row.hash != hash) return;
      if (below && row.below == 0) continue;
      if (const std::string_view entry = at(row.at, row.size); entry == name) hit(row.list, kinds, entry, how, hits);
    }
  }
  // A host and the parents that stand for what is below them.
  void find_host(std::string_view host, std::uint64_t kinds, bool inside, std::vector<WarningHit>& hits) const {
    find_name(host, kinds, false, inside ? WarningHit::How::host : WarningHit::How::equal, hits);
    for (std::size_t dot; (dot = host.find('.')) != std::string_view::npos;) {
      host.remove_prefix(dot + 1);
      find_name(host, kinds, true, inside ? WarningHit::How::host : WarningHit::How::below, hits);
    }
  }
  void find_network(const Network& wanted, std::uint64_t kinds, bool inside, std::vector<WarningHit>& hits) const {
    const Network network = wanted.masked(wanted.prefix);
    const auto how = [&](WarningHit::How outright) { return inside ? WarningHit::How::host : outright; };
    for (const unsigned prefix : network.v6 ? prefixes6 : prefixes4) {
      if (prefix > network.prefix) break;
      const Network block = network.masked(prefix);
      const auto before = [&](const NetworkRow& row) {
        const int order = compare(row, block.v6, block.address);
        return order < 0 || (order == 0 && row.prefix < prefix);
      };
      for (std::size_t i = networks.lower_bound(before); i < networks.size(); ++i) {
        const NetworkRow row = networks[i];
        if (compare(row, block.v6, block.address) != 0 || row.prefix != prefix) break;
        hit(row.list, kinds, entry_of(row),
            how(prefix == network.prefix ? WarningHit::How::equal : WarningHit::How::below), hits);
      }
    }
    if (network.prefix == network.bits()) return;
    // Listed networks inside the value's: those that begin in it.
    constexpr std::size_t most = 1000;
    const auto before = [&](const NetworkRow& row) { return compare(row, network.v6, network.address) < 0; };
    std::size_t left = most;
    for (std::size_t i = networks.lower_bound(before); i < networks.size() && left-- > 0; ++i) {
      const NetworkRow row = networks[i];
      Network listed{row.address, row.v6 != 0, row.prefix};
      if (listed.v6 != network.v6 || listed.masked(network.prefix) != network) break;
      if (row.prefix > network.prefix) hit(row.list, kinds, entry_of(row), how(WarningHit::How::overlaps), hits);
    }
  }
  static std::string entry_of(const NetworkRow& row) { return Network{row.address, row.v6 != 0, row.prefix}.text(); }
  void find_parts(std::string_view value, std::uint64_t kinds, std::vector<WarningHit>& hits) const {
    if (parts.size() == 0) return;
    const auto look = [&](std::uint32_t start, std::size_t from) {
      for (std::size_t i = parts.lower_bound([&](const PartRow& row) { return row.start < start; }); i < parts.size();
           ++i) {
        const PartRow row = parts[i];
        if (row.start != start) return;
        const std::string_view part = at(row.at, row.size);
        if (part.empty()) continue;
        const std::size_t place = start == 0 ? value.find(part) : from;
        if (place == std::string_view::npos || !value.substr(place).starts_with(part)) continue;
        if (stands_alone(value, place, part)) hit(row.list, kinds, part, WarningHit::How::part, hits);
      }
    };
    look(0, 0);
    for (std::size_t i = 0; i + 3 <= value.size(); ++i) look(start_of(value.substr(i)), i);
  }
  void find_expressions(std::string_view value, std::uint64_t kinds, std::vector<WarningHit>& hits) const {
    for (std::size_t i = 0; i < compiled.size(); ++i) {
      const ExpressionRow row = expressions[i];
      if (compiled[i] == nullptr || row.list >= lists.size() || (lists[row.list].kinds & kinds) == 0) continue;
      if (re2::RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), *compiled[i]))
        hit(row.list, kinds, at(row.at, row.size), WarningHit::How::part, hits);
    }
  }
};

namespace {

// "/…/i": MISP keeps expressions as PHP spells them.
std::string_view bare_expression(std::string_view text) {
  if (text.size() < 2 || text.front() != '/') return text;
  const std::size_t end = text.rfind('/');
  return end == 0 ? text : text.substr(1, end - 1);
}

}  // namespace

WarningLists::WarningLists(std::unique_ptr<Image> image) : image_(std::move(image)) {}
WarningLists::WarningLists(WarningLists&&) noexcept = default;
WarningLists& WarningLists::operator=(WarningLists&&) noexcept = default;
WarningLists::~WarningLists() = default;

Result<WarningLists> WarningLists::open(Bytes octets) {
  Header header;
  if (octets.size() < sizeof header) return error(Fault::truncated, "warnings_damaged");
  std::memcpy(&header, octets.data(), sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != magic)
    return error(Fault::malformed, "warnings_damaged");
  auto image = std::make_unique<Image>();
  std::size_t at = sizeof header;
  const auto rows = [&]<typename Row>(Rows<Row>& out, std::uint32_t count) {
    if (count > (octets.size() - at) / sizeof(Row)) return false;
    out = Rows<Row>(octets.data() + at, count);
    at += count * sizeof(Row);
    return true;
  };
  if (!rows(image->lists, header.lists) || !rows(image->names, header.names) ||
      !rows(image->networks, header.networks) || !rows(image->parts, header.parts) ||
      !rows(image->expressions, header.expressions) || header.text != octets.size() - at)
    return error(Fault::truncated, "warnings_damaged");
  image->text = as_text(octets.subspan(at));
  std::array<bool, 129> seen4{}, seen6{};
  for (std::size_t i = 0; i < image->networks.size(); ++i) {
    const NetworkRow row = image->networks[i];
    if (row.prefix <= (row.v6 != 0 ? 128 : 32)) (row.v6 != 0 ? seen6 : seen4)[row.prefix] = true;
  }
  for (unsigned prefix = 0; prefix < seen6.size(); ++prefix) {
    if (seen4[prefix]) image->prefixes4.push_back(prefix);
    if (seen6[prefix]) image->prefixes6.push_back(prefix);
  }
  for (std::size_t i = 0; i < std::min(image->expressions.size(), most_expressions); ++i) {
    const ExpressionRow row = image->expressions[i];
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    options.set_case_sensitive(row.ignores_case == 0);
    const std::string_view text = bare_expression(image->at(row.at, row.size));
    auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
    if (!compiled->ok()) compiled = nullptr;
    image->compiled.push_back(std::move(compiled));
  }
  return WarningLists(std::move(image));
}

void WarningLists::find(Kind kind, std::string_view value, std::vector<WarningHit>& hits) const {
  const Image& image = *image_;
  const std::uint64_t kinds = kind_bit(kind);
  std::string lowered;
  if (std::ranges::any_of(value, [](char c) { return c >= 'A' && c <= 'Z'; })) value = lowered = lower_ascii(value);
  switch (kind) {
    case Kind::host:
      image.find_host(value, kinds, false, hits);
      break;
    case Kind::ipv4:
    case Kind::ipv6:
    case Kind::cidr:
      if (const auto network = parse_network(value))
        image.find_network(*network, kinds | kind_bit(Kind::cidr), false, hits);
      image.find_name(value, kinds, false, WarningHit::How::equal, hits);
      break;
    case Kind::url: {
      image.find_name(value, kinds, false, WarningHit::How::equal, hits);
      // A list of hosts or addresses is about URLs on them too, whether or not it says so.
      if (const auto url = parse_url(value)) {
        const std::uint64_t of_host = kinds | kind_bit(url->host.type == HostName::Type::name   ? Kind::host
                                                       : url->host.type == HostName::Type::ipv4 ? Kind::ipv4
                                                                                                : Kind::ipv6);
        image.find_host(url->host.text, of_host, true, hits);
        if (const auto network = parse_network(url->host.text)) image.find_network(*network, of_host, true, hits);
      }
      break;
    }
    case Kind::email:
      image.find_name(value, kinds, false, WarningHit::How::equal, hits);
      if (const std::size_t at = value.rfind('@'); at != std::string_view::npos)
        image.find_host(value.substr(at + 1), kinds, true, hits);
      break;
    default:
      image.find_name(value, kinds, false, WarningHit::How::equal, hits);
  }
  image.find_parts(value, kinds, hits);
  image.find_expressions(value, kinds, hits);
}

std::vector<WarningList> WarningLists::lists() const {
  std::vector<WarningList> out;
  for (std::size_t i = 0; i < image_->lists.size(); ++i) {
    const ListRow row = image_->lists[i];
    out.push_back({image_->at(row.name_at, row.name_size), image_->at(row.type_at, row.type_size),
                   static_cast<WarningVerdict>(std::min<std::uint32_t>(row.verdict, 2)), row.entries});
  }
  return out;
}

WarningVerdict strongest_verdict(const std::vector<WarningHit>& hits, const WarningHit** by) {
  WarningVerdict strongest = WarningVerdict::annotate;
  if (by != nullptr) *by = nullptr;
  for (const WarningHit& hit : hits) {
    const bool itself = hit.how == WarningHit::How::equal || hit.how == WarningHit::How::below;
    const WarningVerdict allowed = itself ? hit.verdict : std::min(hit.verdict, WarningVerdict::exact);
    if (allowed <= strongest) continue;
    strongest = allowed;
    if (by != nullptr) *by = &hit;
  }
  return strongest;
}

std::string_view warning_verdict_name(WarningVerdict verdict) {
  constexpr std::string_view names[] = {"annotate", "exact", "suppress"};
  return names[static_cast<std::size_t>(verdict)];
}

}  // namespace testudo
