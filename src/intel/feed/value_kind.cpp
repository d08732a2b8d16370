// Kinds by looks, by word and by file name.
#include "intel/feed/value_kind.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/host.h"
#include "base/idn.h"
#include "base/octet_set.h"
#include "base/text.h"
#include "base/url.h"
#include "intel/network.h"

namespace testudo {
namespace {

bool all_of(std::string_view text, bool (*is)(char)) { return !text.empty() && std::ranges::all_of(text, is); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.'; }

// What no address, name or link holds as feeds write them.
constexpr OctetSet ends_value(" \t\"'<>|\\,;");

std::optional<Kind> hash_kind(std::size_t digits, bool certificate) {
  if (digits == 32) return certificate ? Kind::cert_md5 : Kind::md5;
  if (digits == 40) return certificate ? Kind::cert_sha1 : Kind::sha1;
  if (digits == 64) return certificate ? Kind::cert_sha256 : Kind::sha256;
  return std::nullopt;
}

// "ab:cd:…", as tools print the fingerprint of a certificate.
std::optional<Kind> fingerprint(std::string_view value) {
  if (value.size() != 47 && value.size() != 59 && value.size() != 95) return std::nullopt;
  for (std::size_t i = 0; i < value.size(); ++i)
    if (i % 3 == 2 ? value[i] != ':' : !is_hex(value[i])) return std::nullopt;
  return hash_kind((value.size() + 1) / 3 * 2, true);
}

bool starts_with_any(std::string_view value, std::initializer_list<std::string_view> beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view beginning) {
    return value.size() > beginning.size() && equals_ignoring_case(value.substr(0, beginning.size()), beginning);
  });
}

std::optional<Kind> path_or_key(std::string_view value) {
  if ((value[0] == 'H' || value[0] == 'h') &&
      starts_with_any(value, {"HKLM\\", "HKCU\\", "HKCR\\", "HKU\\", "HKCC\\", "HKEY_"}))
    return Kind::registry_key;
  // Behind '?' stands the query of a link whose host is not said.
  if (value.size() > 1 && value[0] == '/' && value[1] != '/' && value[1] != ' ')
    return value.find('?') == std::string_view::npos ? std::optional(Kind::path) : std::nullopt;
  if (value.size() > 3 && is_letter(value[0]) && value[1] == ':' && (value[2] == '\\' || value[2] == '/'))
    return Kind::path;
  if (value.starts_with("~/") && value.size() > 2) return Kind::path;
  if (value.size() > 3 && value[0] == '%' && value.find("%\\", 1) != std::string_view::npos) return Kind::path;
  return std::nullopt;
}

std::string_view without_port(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.find(':', colon + 1) != std::string_view::npos ||
      !all_of(text.substr(colon + 1), is_digit))
    return text;
  return text.substr(0, colon);
}

std::string_view last_label(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// Some countries have rules for what is below their suffix alone: "co.za" is listed, "za" is not.
// The names that RFC 6761 reserves are no public suffixes, but hosts.
bool has_listed_suffix(std::string_view name) {
  const std::string_view label = last_label(name);
  if (label == "test" || label == "example" || label == "invalid" || is_listed_suffix(label)) return true;
  const std::size_t last = name.rfind('.');
  const std::size_t before = last == std::string_view::npos || last == 0 ? last : name.rfind('.', last - 1);
  return last != std::string_view::npos &&
         is_listed_suffix(name.substr(before == std::string_view::npos ? 0 : before + 1));
}

bool is_host(std::string_view text) {
  if (text.starts_with("*.")) text.remove_prefix(2);
  if (text.starts_with('.')) text.remove_prefix(1);
  if (text.size() > 253 * 4 || text.find('%') != std::string_view::npos) return false;
  if (!may_hold_dot(text)) return false;
  const std::optional<HostName> host = normalise_host(text);
  return host && host->type == HostName::Type::name && host->text.find('.') != std::string::npos &&
         has_listed_suffix(host->text);
}

// Reversed host names, as applications are called: they begin with what host names end with.
bool is_app_id(std::string_view text) {
  const std::size_t dot = text.find('.');
  return dot != std::string_view::npos && dot >= 2 && all_of(text, is_name) && !text.ends_with('.') &&
         text.find("..") == std::string_view::npos && is_letter(text[dot + 1]) &&
         is_listed_suffix(lower_ascii(text.substr(0, dot))) && !has_listed_suffix(lower_ascii(text));
}

std::optional<Kind> network_kind(std::string_view value) {
  constexpr OctetSet beyond_names =
      OctetSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.").others();
  if (const std::optional<Network> network = parse_network(value)) {
    if (value.find('/') != std::string_view::npos) return Kind::cidr;
    return network->v6 ? Kind::ipv6 : Kind::ipv4;
  }
  if (!beyond_names.is_in(value)) return is_host(value) ? std::optional(Kind::host) : std::nullopt;
  if (value.find("://") != std::string_view::npos) return parse_url(value) ? std::optional(Kind::url) : std::nullopt;
  const std::size_t at = value.find('@');
  const std::size_t end = OctetSet("/?").find_in(value);
  const std::size_t slash = end < value.size() ? end : std::string_view::npos;
  if (at != std::string_view::npos && slash == std::string_view::npos) {
    const bool one = at > 0 && at + 1 < value.size() && value.find('@', at + 1) == std::string_view::npos;
    return one ? std::optional(Kind::email) : std::nullopt;
  }
  const std::string_view host = without_port(value.substr(0, slash));
  const bool address = host.size() != value.size() && parse_network(host).has_value();
  if (!address && !is_host(host)) return std::nullopt;
  if (slash != std::string_view::npos) return Kind::url;
  return address ? Kind::ipv4 : Kind::host;
}

std::optional<Kind> numbered(std::string_view value) {
  if (value.size() >= 13 && value[8] == '-' && starts_with_any(value, {"CVE-"}) &&
      all_of(value.substr(4, 4), is_digit) && all_of(value.substr(9), is_digit))
    return Kind::cve;
  if (starts_with_any(value, {"AS"}) && value.size() <= 12 && all_of(value.substr(2), is_digit)) return Kind::asn;
  return std::nullopt;
}

struct Word {
  std::string_view word;
  Kind kind;
};
// In the order of the alphabet, for the binary search.
constexpr std::array words{
    Word{"androidpackage", Kind::app_id},
    Word{"androidpackagename", Kind::app_id},
    Word{"androidproperties", Kind::property},
    Word{"androidproperty", Kind::property},
    Word{"app", Kind::app_id},
    Word{"appid", Kind::app_id},
    Word{"appids", Kind::app_id},
    Word{"applicationid", Kind::app_id},
    Word{"as", Kind::asn},
    Word{"asn", Kind::asn},
    Word{"autonomoussystem", Kind::asn},
    Word{"bundle", Kind::app_id},
    Word{"bundleid", Kind::app_id},
    Word{"bundleidentifier", Kind::app_id},
    Word{"bundleids", Kind::app_id},
    Word{"c2", Kind::host},
    Word{"c2server", Kind::host},
    Word{"cert", Kind::cert_sha1},
    Word{"certfingerprint", Kind::cert_sha1},
    Word{"certhash", Kind::cert_sha1},
    Word{"certificate", Kind::cert_sha1},
    Word{"certificatefingerprint", Kind::cert_sha1},
    Word{"certificatehash", Kind::cert_sha1},
    Word{"certificates", Kind::cert_sha1},
    Word{"certificatesha1", Kind::cert_sha1},
    Word{"certificatesha256", Kind::cert_sha256},
    Word{"certmd5", Kind::cert_md5},
    Word{"certsha1", Kind::cert_sha1},
    Word{"certsha256", Kind::cert_sha256},
    Word{"cidr", Kind::cidr},
    Word{"configprofile", Kind::profile_id},
    Word{"configprofiles", Kind::profile_id},
    Word{"configurationprofile", Kind::profile_id},
    Word{"cve", Kind::cve},
    Word{"cves", Kind::cve},
    Word{"destinationip", Kind::ipv4},
    Word{"directory", Kind::path},
    Word{"domain", Kind::host},
    Word{"domainname", Kind::host},
    Word{"domainnames", Kind::host},
    Word{"domains", Kind::host},
    Word{"dstip", Kind::ipv4},
    Word{"email", Kind::email},
    Word{"emailaddr", Kind::email},
    Word{"emailaddress", Kind::email},
    Word{"emailaddresses", Kind::email},
    Word{"emaildst", Kind::email},
    Word{"emails", Kind::email},
    Word{"emailsrc", Kind::email},
    Word{"filehash", Kind::sha256},
    Word{"filehashmd5", Kind::md5},
    Word{"filehashsha1", Kind::sha1},
    Word{"filehashsha256", Kind::sha256},
    Word{"filename", Kind::file_name},
    Word{"filenames", Kind::file_name},
    Word{"filepath", Kind::path},
    Word{"filepaths", Kind::path},
    Word{"files", Kind::file_name},
    Word{"fqdn", Kind::host},
    Word{"fqdns", Kind::host},
    Word{"hash", Kind::sha256},
    Word{"hashes", Kind::sha256},
    Word{"host", Kind::host},
    Word{"hostname", Kind::host},
    Word{"hostnames", Kind::host},
    Word{"hosts", Kind::host},
    Word{"ip", Kind::ipv4},
    Word{"ipaddr", Kind::ipv4},
    Word{"ipaddress", Kind::ipv4},
    Word{"ipaddresses", Kind::ipv4},
    Word{"ipdst", Kind::ipv4},
    Word{"ips", Kind::ipv4},
    Word{"ipsrc", Kind::ipv4},
    Word{"ipv4", Kind::ipv4},
    Word{"ipv4addr", Kind::ipv4},
    Word{"ipv4address", Kind::ipv4},
    Word{"ipv6", Kind::ipv6},
    Word{"ipv6addr", Kind::ipv6},
    Word{"ipv6address", Kind::ipv6},
    Word{"ja3", Kind::ja3},
    Word{"ja3fingerprint", Kind::ja3},
    Word{"ja3hash", Kind::ja3},
    Word{"ja3md5", Kind::ja3},
    Word{"ja4", Kind::ja4},
    Word{"md5", Kind::md5},
    Word{"md5hash", Kind::md5},
    Word{"md5s", Kind::md5},
    Word{"mobileappid", Kind::app_id},
    Word{"msisdn", Kind::phone},
    Word{"network", Kind::cidr},
    Word{"networks", Kind::cidr},
    Word{"package", Kind::app_id},
    Word{"packagecerthashes", Kind::cert_sha256},
    Word{"packagename", Kind::app_id},
    Word{"packagenames", Kind::app_id},
    Word{"packages", Kind::app_id},
    Word{"paths", Kind::path},
    Word{"phone", Kind::phone},
    Word{"phonenumber", Kind::phone},
    Word{"phonenumbers", Kind::phone},
    Word{"phones", Kind::phone},
    Word{"process", Kind::process},
    Word{"processes", Kind::process},
    Word{"processname", Kind::process},
    Word{"processnames", Kind::process},
    Word{"profileid", Kind::profile_id},
    Word{"profiles", Kind::profile_id},
    Word{"properties", Kind::property},
    Word{"registry", Kind::registry_key},
    Word{"registrykey", Kind::registry_key},
    Word{"registrykeys", Kind::registry_key},
    Word{"regkey", Kind::registry_key},
    Word{"samples", Kind::sha256},
    Word{"sha1", Kind::sha1},
    Word{"sha1hash", Kind::sha1},
    Word{"sha1s", Kind::sha1},
    Word{"sha256", Kind::sha256},
    Word{"sha256hash", Kind::sha256},
    Word{"sha256s", Kind::sha256},
    Word{"srcip", Kind::ipv4},
    Word{"sslcertfingerprint", Kind::cert_sha1},
    Word{"subnet", Kind::cidr},
    Word{"subnets", Kind::cidr},
    Word{"uri", Kind::url},
    Word{"uris", Kind::url},
    Word{"url", Kind::url},
    Word{"urls", Kind::url},
    Word{"vulnerability", Kind::cve},
};
static_assert(std::ranges::is_sorted(words, {}, &Word::word));

std::string letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : lower_ascii(text))
    if (is_letter(c) || is_digit(c)) out.push_back(c);
  return out;
}

bool is_address_kind(Kind kind) { return kind == Kind::ipv4 || kind == Kind::ipv6 || kind == Kind::cidr; }
bool is_file_hash(Kind kind) { return kind == Kind::md5 || kind == Kind::sha1 || kind == Kind::sha256; }
bool is_cert_hash(Kind kind) { return kind == Kind::cert_md5 || kind == Kind::cert_sha1 || kind == Kind::cert_sha256; }

}  // namespace

std::optional<Kind> kind_of_value(std::string_view value) {
  value = trim(value);
  if (value.empty() || value.size() > 65536) return std::nullopt;
  // Browsers drop line breaks inside an address; in a feed they stand between two.
  constexpr OctetSet in_no_value(std::string_view("\0\r\n", 3));
  if (in_no_value.is_in(value)) return std::nullopt;
  if (all_of(value, is_hex))
    if (const auto kind = hash_kind(value.size(), false)) return kind;
  if (const auto kind = fingerprint(value)) return kind;
  if (const auto kind = numbered(value)) return kind;
  if (const auto kind = path_or_key(value)) return kind;
  if (ends_value.is_in(value)) return std::nullopt;
  if (const auto kind = network_kind(value)) return kind;
  if (is_app_id(value)) return Kind::app_id;
  return std::nullopt;
}

std::optional<Kind> kind_of_word(std::string_view word) {
  if (word.size() > 64) return std::nullopt;
  const std::string plain = letters_and_digits(word);
  const auto* found = std::ranges::lower_bound(words, std::string_view(plain), {}, &Word::word);
  if (found == words.end() || found->word != plain) return std::nullopt;
  return found->kind;
}

bool names_other_digest(std::string_view name) {
  constexpr std::array<std::string_view, 17> others{
      "imphash", "impfuzzy", "pehash",  "authentihash", "richhash",  "richheader", "richpe", "telfhash", "tlsh",
      "ssdeep",  "permhash", "symhash", "machoc",       "logichash", "favicon",    "jarm",   "hassh"};
  // At the beginning alone: "Android hash" and "App hash" are of files.
  constexpr std::array<std::string_view, 4> short_ones{"vhash", "dhash", "phash", "icon"};
  const std::string plain = letters_and_digits(name.substr(0, 64));
  return std::ranges::any_of(others, [&](std::string_view other) { return plain.find(other) != std::string::npos; }) ||
         std::ranges::any_of(short_ones, [&](std::string_view other) { return plain.starts_with(other); });
}

Kind fitted_kind(Kind kind, std::string_view value) {
  value = trim(value);
  if (is_address_kind(kind)) {
    if (value.find('/') != std::string_view::npos) return parse_network(value) ? Kind::cidr : kind;
    const std::optional<Network> network = parse_network(value);
    if (network) return network->v6 ? Kind::ipv6 : Kind::ipv4;
    return kind;
  }
  if (is_file_hash(kind)) return all_of(value, is_hex) ? hash_kind(value.size(), false).value_or(kind) : kind;
  if (is_cert_hash(kind)) {
    if (const auto shaped = fingerprint(value)) return *shaped;
    return all_of(value, is_hex) ? hash_kind(value.size(), true).value_or(kind) : kind;
  }
  return kind;
}

std::optional<Kind> kind_of_file_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::string_view extension = dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
  if (extension == "md5" || extension == "sha1" || extension == "sha256") return kind_of_word(extension);
  const std::string_view stem = name.substr(0, dot);
  if (const auto kind = kind_of_word(stem)) return kind;
  // "v4_validation_domains", "Lycantrox_domains_high_confidence": the last word or pair of words that names a kind.
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < stem.size();) {
    const std::size_t end = OctetSet("_- .").find_in(stem, at);
    if (end > at) parts.push_back(stem.substr(at, end - at));
    at = end + 1;
  }
  for (std::size_t i = parts.size(); i-- > 0;) {
    if (i > 0)
      if (const auto kind = kind_of_word(std::string(parts[i - 1]) + std::string(parts[i]))) return kind;
    if (parts[i].size() > 2 || parts[i] == "ip")
      if (const auto kind = kind_of_word(parts[i])) return kind;
  }
  return std::nullopt;
}

}  // namespace testudo
