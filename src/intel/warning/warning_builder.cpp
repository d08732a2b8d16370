// From lists as they are published to one image. Source of the form: misp-warninglists, schema.json.
#include <algorithm>
#include <cstring>
#include <unordered_map>

#include <simdjson.h>

#include "base/embedded.h"
#include "base/hash.h"
#include "base/host.h"
#include "base/text.h"
#include "intel/warning/warning_image.h"
#include "intel/warning/warning_lists.h"

namespace testudo {

using namespace warning_image;

namespace {

namespace dom = simdjson::dom;

constexpr std::uint64_t most_entries = 5'000'000;
constexpr std::size_t longest_entry = 4096;
constexpr std::uint64_t every_kind = ~std::uint64_t{0};

// What the attribute types of MISP are about; types of two halves are about both.
std::uint64_t kinds_of_attribute(std::string_view attribute) {
  static const std::unordered_map<std::string_view, std::uint64_t> kinds = [] {
    const std::uint64_t ip = kind_bit(Kind::ipv4) | kind_bit(Kind::ipv6) | kind_bit(Kind::cidr);
    const std::uint64_t host = kind_bit(Kind::host), email = kind_bit(Kind::email);
    return std::unordered_map<std::string_view, std::uint64_t>{{"ip-src", ip},
                                                               {"ip-dst", ip},
                                                               {"ip-src|port", ip},
                                                               {"ip-dst|port", ip},
                                                               {"domain|ip", ip | host},
                                                               {"domain", host},
                                                               {"hostname", host},
                                                               {"hostname|port", host},
                                                               {"url", kind_bit(Kind::url)},
                                                               {"uri", kind_bit(Kind::url)},
                                                               {"link", kind_bit(Kind::url)},
                                                               {"email", email},
                                                               {"email-src", email},
                                                               {"email-dst", email},
                                                               {"target-email", email},
                                                               {"whois-registrant-email", email},
                                                               {"dns-soa-email", email},
                                                               {"md5", kind_bit(Kind::md5)},
                                                               {"sha1", kind_bit(Kind::sha1)},
                                                               {"sha256", kind_bit(Kind::sha256)},
                                                               {"filename|md5", kind_bit(Kind::md5)},
                                                               {"filename|sha1", kind_bit(Kind::sha1)},
                                                               {"filename|sha256", kind_bit(Kind::sha256)},
                                                               {"filename", kind_bit(Kind::file_name)},
                                                               {"phone-number", kind_bit(Kind::phone)},
                                                               {"whois-registrant-phone", kind_bit(Kind::phone)},
                                                               {"AS", kind_bit(Kind::asn)},
                                                               {"x509-fingerprint-sha1", kind_bit(Kind::cert_sha1)},
                                                               {"x509-fingerprint-sha256", kind_bit(Kind::cert_sha256)},
                                                               {"x509-fingerprint-md5", kind_bit(Kind::cert_md5)},
                                                               {"ja3-fingerprint-md5", kind_bit(Kind::ja3)},
                                                               {"regkey", kind_bit(Kind::registry_key)},
                                                               {"ALL", every_kind}};
  }();
  const auto found = kinds.find(attribute);
  return found == kinds.end() ? 0 : found->second;
}

std::string text_under(dom::object object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

class Compiler {
 public:
  void list(std::uint32_t number, std::string_view type, const std::vector<std::string>& entries) {
    for (const std::string& entry : entries) {
      if (entry.empty() || entry.size() > longest_entry) continue;
      if (type == "cidr" && network(number, entry)) continue;
      if (type == "regex")
        expressions.push_back({number, keep(entry), static_cast<std::uint32_t>(entry.size()), ignores_case(entry)});
      else if (type == "substring")
        part(number, lower_ascii(entry));
      else
        name(number, entry, type == "hostname");
    }
  }
  void sort() {
    std::ranges::sort(
        names, [](const NameRow& a, const NameRow& b) { return a.hash != b.hash ? a.hash < b.hash : a.list < b.list; });
    std::ranges::sort(networks, [](const NetworkRow& a, const NetworkRow& b) {
      if (a.v6 != b.v6) return a.v6 < b.v6;
      if (a.address != b.address) return a.address < b.address;
      return a.prefix != b.prefix ? a.prefix < b.prefix : a.list < b.list;
    });
    std::ranges::stable_sort(parts, {}, &PartRow::start);
  }
  std::uint32_t keep(std::string_view value) {
    const auto at = static_cast<std::uint32_t>(text.size());
    text += value;
    return at;
  }

  std::vector<NameRow> names;
  std::vector<NetworkRow> networks;
  std::vector<PartRow> parts;
  std::vector<ExpressionRow> expressions;
  std::string text;

 private:
  static std::uint32_t ignores_case(std::string_view expression) {
    const std::size_t end = expression.rfind('/');
    return end != std::string_view::npos && expression.substr(end).find('i') != std::string_view::npos ? 1 : 0;
  }
  bool network(std::uint32_t number, const std::string& entry) {
    const auto parsed = parse_network(trim(entry));
    if (!parsed) return false;
    const Network masked = parsed->masked(parsed->prefix);
    networks.push_back(
        {masked.address, number, static_cast<std::uint8_t>(masked.v6), static_cast<std::uint8_t>(masked.prefix), 0});
    return true;
  }
  void part(std::uint32_t number, const std::string& entry) {
    parts.push_back({start_of(entry), number, keep(entry), static_cast<std::uint32_t>(entry.size())});
  }
  // A leading dot or "*." says that the names below are meant too, whatever the type of the list.
  void name(std::uint32_t number, std::string_view entry, bool below) {
    std::string value = lower_ascii(trim(entry));
    if (value.starts_with("*.")) value.erase(0, 1);
    if (value.starts_with('.') && value.size() > 1) {
      value.erase(0, 1);
      below = true;
    }
    if (value.ends_with('.') && value.size() > 1) value.pop_back();
    if (!is_ascii(value))
      if (const auto host = normalise_host(value)) value = host->text;
    if (value.empty()) return;
    names.push_back({hash64(value, hash_seed), number, keep(value), static_cast<std::uint32_t>(value.size()),
                     static_cast<std::uint32_t>(below)});
  }
};

template <typename Row>
void append(std::string& out, const std::vector<Row>& rows) {
  if (!rows.empty()) out.append(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row));
}

}  // namespace

Result<void> WarningListBuilder::add_json(std::string_view json) {
  dom::parser parser;
  dom::object object;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS)
    return error(Fault::malformed, "warnings_no_list");
  Row row{.name = text_under(object, "name"), .type = text_under(object, "type")};
  dom::array list, attributes;
  if (row.name.empty() || object["list"].get(list) != simdjson::SUCCESS)
    return error(Fault::malformed, "warnings_no_list");
  if (row.type != "cidr" && row.type != "hostname" && row.type != "substring" && row.type != "regex")
    row.type = "string";
  row.verdict = verdict_of_list(row.name);
  row.kinds = 0;
  if (object["matching_attributes"].get(attributes) == simdjson::SUCCESS)
    for (const dom::element item : attributes) {
      std::string_view text;
      if (item.get(text) == simdjson::SUCCESS) row.kinds |= kinds_of_attribute(text);
    }
  if (row.kinds == 0) row.kinds = every_kind;
  for (const dom::element item : list) {
    std::string_view text;
    if (item.get(text) != simdjson::SUCCESS) continue;
    if (++entry_count_ > most_entries) return error(Fault::limit, "too many entries of warning lists");
    row.entries.emplace_back(text);
  }
  lists_.push_back(std::move(row));
  return {};
}

void WarningListBuilder::add(std::string_view name, std::string_view type, WarningVerdict verdict,
                             const std::vector<Kind>& kinds, const std::vector<std::string>& entries) {
  Row row{std::string(name), std::string(type), verdict, 0, entries};
  for (const Kind kind : kinds) row.kinds |= kind_bit(kind);
  if (row.kinds == 0) row.kinds = every_kind;
  entry_count_ += entries.size();
  lists_.push_back(std::move(row));
}

std::string WarningListBuilder::compile() const {
  Compiler compiler;
  std::vector<ListRow> rows;
  for (const Row& list : lists_) {
    ListRow row{.kinds = list.kinds,
                .entries = static_cast<std::uint32_t>(list.entries.size()),
                .verdict = static_cast<std::uint32_t>(list.verdict)};
    row.name_at = compiler.keep(list.name);
    row.name_size = static_cast<std::uint32_t>(list.name.size());
    row.type_at = compiler.keep(list.type);
    row.type_size = static_cast<std::uint32_t>(list.type.size());
    compiler.list(static_cast<std::uint32_t>(rows.size()), list.type, list.entries);
    rows.push_back(row);
  }
  compiler.sort();
  Header header{};
  std::memcpy(header.magic.data(), magic.data(), magic.size());
  header.lists = static_cast<std::uint32_t>(rows.size());
  header.names = static_cast<std::uint32_t>(compiler.names.size());
  header.networks = static_cast<std::uint32_t>(compiler.networks.size());
  header.parts = static_cast<std::uint32_t>(compiler.parts.size());
  header.expressions = static_cast<std::uint32_t>(compiler.expressions.size());
  header.text = compiler.text.size();
  std::string out(reinterpret_cast<const char*>(&header), sizeof header);
  append(out, rows);
  append(out, compiler.names);
  append(out, compiler.networks);
  append(out, compiler.parts);
  append(out, compiler.expressions);
  return out + compiler.text;
}

}  // namespace testudo
