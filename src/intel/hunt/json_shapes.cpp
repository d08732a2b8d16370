#include "intel/hunt/json_shapes.h"

#include <charconv>

#include "base/text.h"

namespace testudo {

namespace dom = simdjson::dom;

std::optional<dom::object> object_at(dom::object object, std::initializer_list<std::string_view> path) {
  for (const std::string_view key : path)
    if (object[key].get(object) != simdjson::SUCCESS) return std::nullopt;
  return object;
}

namespace {

std::optional<dom::element> element_at(dom::object object, std::initializer_list<std::string_view> path) {
  for (auto key = path.begin(); key != path.end(); ++key) {
    dom::element value;
    if (object[*key].get(value) != simdjson::SUCCESS) return std::nullopt;
    if (key + 1 == path.end()) return value;
    if (value.get(object) != simdjson::SUCCESS) return std::nullopt;
  }
  return std::nullopt;
}

// The values that dates of the internet have: 1990 to 2100.
std::optional<Time> plausible_seconds(double seconds) {
  constexpr double from = 631152000, to = 4102444800;
  if (seconds >= from * 1000 && seconds <= to * 1000) seconds /= 1000;
  if (!(seconds >= from && seconds <= to)) return std::nullopt;
  return from_unix_seconds(seconds);
}

}  // namespace

std::string_view text_at(dom::object object, std::initializer_list<std::string_view> path) {
  const auto value = element_at(object, path);
  std::string_view text;
  return value && value->get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::string scalar_at(dom::object object, std::initializer_list<std::string_view> path) {
  const auto value = element_at(object, path);
  if (!value) return {};
  std::string_view text;
  if (value->get(text) == simdjson::SUCCESS) return std::string(text);
  std::int64_t number = 0;
  return value->get(number) == simdjson::SUCCESS ? std::to_string(number) : std::string();
}

std::optional<Time> hunted_time(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 40) return std::nullopt;
  double seconds = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (fault == std::errc() && end == text.data() + text.size()) return plausible_seconds(seconds);
  std::string iso(text);
  if (iso.size() > 10 && iso[10] == ' ') iso[10] = 'T';
  if (iso.ends_with(" UTC")) iso.replace(iso.size() - 4, 4, "Z");
  if (auto time = parse_rfc3339(iso)) return time;
  // "+0100", as Suricata writes it.
  if (iso.size() > 20 && (iso[iso.size() - 5] == '+' || iso[iso.size() - 5] == '-'))
    return parse_rfc3339(iso.insert(iso.size() - 2, ":"));
  // Shodan and crt.sh write fractions of a second without a zone; they mean UTC.
  return parse_rfc3339(iso + "Z");
}

std::optional<Time> hunted_time(dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return hunted_time(text);
  double seconds = 0;
  return value.get(seconds) == simdjson::SUCCESS ? plausible_seconds(seconds) : std::nullopt;
}

std::optional<Time> time_at(dom::object object, std::initializer_list<std::string_view> path) {
  const auto value = element_at(object, path);
  return value ? hunted_time(*value) : std::nullopt;
}

Tie tie_of_record(std::string_view type) {
  if (equals_ignoring_case(type, "A") || equals_ignoring_case(type, "AAAA") || type == "1" || type == "28")
    return Tie::address;
  if (equals_ignoring_case(type, "NS") || type == "2") return Tie::name_server;
  if (equals_ignoring_case(type, "CNAME") || type == "5") return Tie::alias;
  if (equals_ignoring_case(type, "MX") || type == "15") return Tie::mail_server;
  return Tie::none;
}

bool is_host_query(std::string_view type) {
  for (const std::string_view wanted : {"A", "AAAA", "CNAME", "NS", "MX", "HTTPS", "SVCB", "-", "*", ""})
    if (type == wanted) return true;
  return false;
}

std::string plain_fingerprint(std::string_view text) {
  std::string plain;
  for (const char c : lower_ascii(text)) {
    if (c == ':' || c == ' ') continue;
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return {};
    plain += c;
  }
  return plain.size() >= 16 && plain.size() <= 128 ? plain : std::string();
}

void give_certificate(std::string_view host, const CertificateFacts& c, const HuntReceiver& use) {
  use({.host = host, .first = c.made});
  if (!c.fingerprint.empty())
    use({.host = host, .tie = Tie::certificate, .value = c.fingerprint, .first = c.made});
  else if (!c.serial.empty() && !c.issuer.empty())
    use({.host = host, .tie = Tie::certificate, .value = c.issuer + " " + c.serial, .first = c.made});
  if (c.made && !c.issuer.empty()) use({.host = host, .tie = Tie::batch, .value = c.issuer, .first = c.made});
}

}  // namespace testudo
