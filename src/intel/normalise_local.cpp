// Digits, letters and separators: what is typography goes, what cannot be the thing is refused.
#include "intel/normalise_local.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "base/text.h"

namespace testudo {
namespace {

using Normalised = std::optional<NormalisedIndicator>;

Normalised refuse(Defects& defects, std::string_view why) {
  defects.push_back(why);
  return std::nullopt;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

struct HashKinds {
  std::size_t length;  // hexadecimal digits
  Kind file, certificate;
};
constexpr HashKinds hashes[] = {
    {32, Kind::md5, Kind::cert_md5}, {40, Kind::sha1, Kind::cert_sha1}, {64, Kind::sha256, Kind::cert_sha256}};

}  // namespace

bool is_first_folder(std::string_view path) {
  return path.starts_with('/') && path.find('/', 1) == std::string_view::npos;
}

Normalised normalise_hash(Kind type, std::string_view value, Defects& defects) {
  std::string text = lower_ascii(value);
  if (text.size() > 64) std::erase(text, ':');  // "ab:cd:…", as certificate tools print it
  if (text.size() == 47 || text.size() == 59) std::erase(text, ':');
  if (!is_hex(text)) return refuse(defects, "not_a_hash");
  const bool certificate = std::ranges::find(hashes, type, &HashKinds::certificate) != std::end(hashes);
  const auto* kinds = std::ranges::find(hashes, text.size(), &HashKinds::length);
  if (kinds == std::end(hashes)) return refuse(defects, "not_a_hash");
  const Kind actual = certificate ? kinds->certificate : kinds->file;
  if (actual != type) defects.push_back("hash_of_other_length");
  return NormalisedIndicator{actual, std::move(text)};
}

Normalised normalise_path(std::string_view value, Defects& defects) {
  while (value.ends_with('/')) value = trim(value.substr(0, value.size() - 1));
  if (value.empty()) return refuse(defects, "value_too_general");
  if (value.find('/') == std::string_view::npos && value.find('\\') == std::string_view::npos) {
    defects.push_back("file_name_in_path");
    return NormalisedIndicator{Kind::file_name, std::string(value)};
  }
  NormalisedIndicator found{Kind::path, std::string(value)};
  if (is_first_folder(value)) {
    found.exact_only = true;
    defects.push_back("value_too_general");
  }
  return found;
}

Normalised normalise_file(Kind type, std::string_view value, Defects& defects) {
  // No file of Windows has a backslash in its name.
  const bool windows_path = type == Kind::file_name && value.find('\\') != std::string_view::npos;
  if (value.find('/') == std::string_view::npos && !windows_path) return NormalisedIndicator{type, std::string(value)};
  defects.push_back(type == Kind::process ? "path_in_process_name" : "path_in_file_name");
  return normalise_path(value, defects);
}

// Digits with an optional '+': the spaces, hyphens, dots and parentheses between them are typography (E.123).
Normalised normalise_phone(std::string_view value, Defects& defects) {
  if (value.starts_with("tel:")) value.remove_prefix(4);
  std::string text;
  for (const char c : value) {
    if ((c >= '0' && c <= '9') || (c == '+' && text.empty())) {
      text.push_back(c);
    } else if (std::string_view(" -.()/\xC2\xA0").find(c) == std::string_view::npos) {
      return refuse(defects, "not_a_phone_number");
    }
  }
  if (text.starts_with("00")) text.replace(0, 2, "+");
  if (text.size() < 3) return refuse(defects, "not_a_phone_number");
  return NormalisedIndicator{Kind::phone, std::move(text)};
}

Normalised normalise_cve(std::string_view value, Defects& defects) {
  std::string text = upper_ascii(value);
  const std::string_view view = text;
  if (!view.starts_with("CVE-") || view.size() < 13 || view[8] != '-' || !is_digits(view.substr(4, 4)) ||
      !is_digits(view.substr(9)))
    return refuse(defects, "not_a_cve");
  return NormalisedIndicator{Kind::cve, std::move(text)};
}

Normalised normalise_asn(std::string_view value, Defects& defects) {
  if (value.size() > 2 && equals_ignoring_case(value.substr(0, 2), "AS")) value.remove_prefix(2);
  std::uint32_t number = 0;  // RFC 6793
  const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (fault != std::errc() || end != value.data() + value.size()) return refuse(defects, "not_an_asn");
  return NormalisedIndicator{Kind::asn, std::to_string(number)};
}

std::string normalise_registry_key(std::string_view value) {
  constexpr std::pair<std::string_view, std::string_view> roots[] = {{"hklm", "hkey_local_machine"},
                                                                     {"hkcu", "hkey_current_user"},
                                                                     {"hkcr", "hkey_classes_root"},
                                                                     {"hku", "hkey_users"},
                                                                     {"hkcc", "hkey_current_config"}};
  std::string text = lower_ascii(value);
  const std::size_t end = std::min(text.find('\\'), text.size());
  std::size_t size = end;
  if (size > 0 && text[size - 1] == ':') --size;  // "HKLM:\…", as PowerShell writes it
  for (const auto& [root, full] : roots)
    if (std::string_view(text).substr(0, size) == root) {
      text.replace(0, end, full);
      break;
    }
  return text;
}

}  // namespace testudo
