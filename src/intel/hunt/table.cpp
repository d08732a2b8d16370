// Tables: certificate dumps, passive DNS, scans and logs as delimited text with a header line.
#include <array>
#include <vector>

#include "base/text.h"
#include "intel/hunt/hunt_file.h"
#include "intel/hunt/json_shapes.h"
#include "intel/screen/csv_rows.h"

namespace testudo {
namespace {

// Of several the first counts: those that hold all names of a row stand before those that hold one.
constexpr std::array<std::string_view, 19> host_columns = {
    "host",   "hostname",   "domain",     "domain_name", "fqdn", "dns_names",   "name_value", "matching_identities",
    "names",  "sans",       "san",        "dns_name",    "name", "common_name", "query",      "qname",
    "rrname", "subject_cn", "server_name"};

struct TieColumn {
  std::string_view name;
  Tie tie;
};
constexpr std::array<TieColumn, 32> tie_columns = {{{"ip", Tie::address},
                                                    {"ip_str", Tie::address},
                                                    {"ip_address", Tie::address},
                                                    {"ip_addresses", Tie::address},
                                                    {"address", Tie::address},
                                                    {"a", Tie::address},
                                                    {"aaaa", Tie::address},
                                                    {"ns", Tie::name_server},
                                                    {"nameserver", Tie::name_server},
                                                    {"nameservers", Tie::name_server},
                                                    {"name_server", Tie::name_server},
                                                    {"name_servers", Tie::name_server},
                                                    {"cname", Tie::alias},
                                                    {"mx", Tie::mail_server},
                                                    {"fingerprint", Tie::certificate},
                                                    {"fingerprint_sha256", Tie::certificate},
                                                    {"sha256", Tie::certificate},
                                                    {"cert_sha256", Tie::certificate},
                                                    {"cert_sha1", Tie::certificate},
                                                    {"sha_256", Tie::certificate},
                                                    {"jarm", Tie::jarm},
                                                    {"html_hash", Tie::page},
                                                    {"body_hash", Tie::page},
                                                    {"title_hash", Tie::page},
                                                    {"banner_hash", Tie::banner},
                                                    {"handle", Tie::handle},
                                                    {"registrant", Tie::handle},
                                                    {"registrant_email", Tie::handle},
                                                    {"contact_email", Tie::handle},
                                                    {"registrar", Tie::registrar},
                                                    {"registrar_name", Tie::registrar},
                                                    {"asn", Tie::asn}}};

// "Common Name" and "commonName" are "common_name".
std::vector<std::string> plain_columns(const std::vector<std::string>& row) {
  std::vector<std::string> plain;
  for (const std::string& cell : row) {
    std::string name;
    for (const char c : trim(cell)) {
      const bool capital = c >= 'A' && c <= 'Z';
      if (capital && !name.empty() && name.back() >= 'a' && name.back() <= 'z') name += '_';
      name += c == ' ' || c == '-' || c == '.' ? '_' : c;
    }
    plain.push_back(lower_ascii(name));
  }
  return plain;
}

std::string_view first_cell(const CsvHeader& header, const std::vector<std::string>& row,
                            std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const std::string_view cell = header.get(row, name); !cell.empty()) return cell;
  return {};
}

// A cell of names or addresses may hold several.
template <typename Each>
void each_part(std::string_view cell, Each each) {
  while (!cell.empty()) {
    const std::size_t end = cell.find_first_of(" ,;|\n");
    if (const std::string_view part = trim(cell.substr(0, end)); !part.empty()) each(part);
    cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
  }
}

void read_row(const CsvHeader& header, const std::vector<std::string>& row, std::string_view host,
              const HuntReceiver& use) {
  const auto first =
      hunted_time(first_cell(header, row, {"first_seen", "time_first", "first", "ts", "time", "timestamp"}));
  const auto last = hunted_time(first_cell(header, row, {"last_seen", "time_last", "last"}));
  use({.host = host, .first = first, .last = last});
  bool fingerprint = false;
  for (const TieColumn& column : tie_columns) {
    const std::string_view cell = header.get(row, column.name);
    fingerprint |= column.tie == Tie::certificate && !cell.empty();
    each_part(cell, [&](std::string_view part) {
      use({.host = host, .tie = column.tie, .value = part, .first = first, .last = last});
    });
  }
  CertificateFacts facts{.issuer = std::string(first_cell(header, row, {"issuer", "issuer_name", "issuer_cn"})),
                         .made = hunted_time(header.get(row, "not_before"))};
  if (!fingerprint) facts.serial = lower_ascii(first_cell(header, row, {"serial", "serial_number"}));
  if (!facts.issuer.empty()) give_certificate(host, facts, use);
  const auto registered =
      hunted_time(first_cell(header, row, {"registered", "created", "creation_date", "created_date"}));
  const std::string_view registrar = first_cell(header, row, {"registrar", "registrar_name"});
  if (registered && !registrar.empty()) {
    const std::string who = "registrar " + std::string(registrar);
    use({.host = host, .tie = Tie::batch, .value = who, .first = registered});
  }
}

std::string_view host_column(const CsvHeader& header) {
  for (const std::string_view name : host_columns)
    if (header.column(name)) return name;
  return {};
}

class TableReader : public HuntReader {
 public:
  TableReader(const HuntReceiver& use, HuntNotes& notes) : use_(use), notes_(notes) {}

  std::size_t read(std::string_view text, std::uint64_t at, bool last) override {
    if (!separator_ && !last && text.find('\n') == std::string_view::npos) return 0;
    if (!separator_) separator_ = csv_separator(text);
    TableRows rows(text, *separator_);
    std::vector<std::string> row;
    for (;;) {
      const std::size_t begin = rows.next_offset();
      if (!rows.next(row)) break;
      // A row that ends with the text may go on behind it, and a quote that is open may close there.
      if (!last && (rows.next_offset() == text.size() || rows.open_quote())) return begin;
      one(row, at);
    }
    if (rows.open_quote()) notes_.add("open_quote", at + rows.offset());
    if (rows.too_long()) notes_.add("row_too_long", at + rows.offset());
    return text.size();
  }

 private:
  void one(const std::vector<std::string>& row, std::uint64_t at) {
    if (!header_) {
      header_.emplace(plain_columns(row));
      column_ = host_column(*header_);
      if (column_.empty()) notes_.add("no_host_column", at);
      return;
    }
    if (column_.empty()) return;
    const std::string hosts(header_->get(row, column_));
    each_part(hosts, [&](std::string_view host) { read_row(*header_, row, host, use_); });
  }

  const HuntReceiver& use_;
  HuntNotes& notes_;
  std::optional<char> separator_;
  std::optional<CsvHeader> header_;
  std::string_view column_;
};

bool looks_like_table(std::string_view head) {
  const std::string_view line = next_line(head);
  if (line.find_first_of(",;\t|") == std::string_view::npos) return false;
  TableRows rows(line, csv_separator(line));
  std::vector<std::string> row;
  return rows.next(row) && !host_column(CsvHeader(plain_columns(row))).empty();
}

}  // namespace

const HuntFormat hunt_table_format = {"table", looks_like_table, open_reader<TableReader>};

}  // namespace testudo
