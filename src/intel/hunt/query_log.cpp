// Query logs of name servers: dnsmasq, BIND and unbound.
// Sources: dnsmasq(8) --log-queries ("query[A] host from 192.0.2.1", "reply host is 192.0.2.9"), BIND 9 ARM query log
// ("query: host IN A +"), unbound.conf(5) log-queries and log-replies ("info: 192.0.2.1 host. A IN").

#include "base/text.h"
#include "intel/hunt/hunt_file.h"

namespace testudo {
namespace {

std::string_view word(std::string_view& rest) {
  rest = trim(rest);
  const std::size_t end = rest.find(' ');
  const std::string_view found = rest.substr(0, end);
  rest.remove_prefix(found.size());
  return found;
}

// What stands behind a mark; nothing if the line does not have it.
std::optional<std::string_view> behind(std::string_view line, std::string_view mark) {
  const std::size_t at = line.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return line.substr(at + mark.size());
}

bool read_dnsmasq(std::string_view line, const HuntReceiver& use) {
  if (const auto query = behind(line, "query[")) {
    const std::size_t close = query->find("] ");
    if (close == std::string_view::npos) return false;
    std::string_view rest = query->substr(close + 2);
    const std::string_view host = word(rest);
    if (word(rest) != "from") return false;
    if (!query->starts_with("PTR")) use({.host = host});
    return true;
  }
  for (const std::string_view mark : {" reply ", " cached "}) {
    auto rest = behind(line, mark);
    if (!rest) continue;
    const std::string_view host = word(*rest);
    if (word(*rest) != "is") continue;
    const std::string_view answer = word(*rest);
    const bool address = answer.find_first_of("0123456789") == 0 || answer.find(':') != std::string_view::npos;
    if (!answer.starts_with('<') && address) use({.host = host, .tie = Tie::address, .value = answer});
    return true;
  }
  return false;
}

bool read_bind(std::string_view line, const HuntReceiver& use) {
  auto rest = behind(line, " query: ");
  if (!rest) return false;
  const std::string_view host = word(*rest);
  if (word(*rest) != "IN") return false;
  if (word(*rest) != "PTR") use({.host = host});
  return true;
}

bool read_unbound(std::string_view line, const HuntReceiver& use) {
  auto rest = behind(line, " info: ");
  if (!rest) return false;
  word(*rest);  // who asked
  const std::string_view host = word(*rest), type = word(*rest);
  if (word(*rest) != "IN" || !host.ends_with('.')) return false;
  if (type != "PTR") use({.host = host});
  return true;
}

bool read_line(std::string_view line, const HuntReceiver& use) {
  return read_dnsmasq(line, use) || read_bind(line, use) || read_unbound(line, use);
}

bool looks_like_log(std::string_view head) {
  for (std::size_t lines = 0; !head.empty() && lines < 200; ++lines)
    if (read_line(next_line(head), [](const HuntFact&) {})) return true;
  return false;
}

// Servers write much else into their logs: lines that are no question are not noted.
class QueryLogReader : public LineReader {
 public:
  using LineReader::LineReader;

 private:
  void line(std::string_view line, std::uint64_t /*at*/) override { read_line(line, use_); }
};

}  // namespace

const HuntFormat query_log_format = {"query-log", looks_like_log, open_reader<QueryLogReader>};

}  // namespace testudo
