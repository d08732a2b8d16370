// A vendor file: what is publicly known of one company of the surveillance market, each statement with its sources.
// Floor 3. Format: docs/formats/vendor.md. Our own files travel inside the program; a user may give others, so every
// octet is treated as hostile.
#pragma once

#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace testudo {

enum class VendorField : std::uint8_t {
  name,
  alias,
  summary,
  entity,
  country,
  owner,
  investor,
  person,
  product,
  customer,
  cve,
  measure,
  legal_case,
  relation,
  threat,
};
inline constexpr std::size_t vendor_field_count = 15;
// As it is written in a file: "name", "case", …
std::string_view vendor_field_name(VendorField field);

// A page whose text was read.
struct VendorSource {
  std::string letter;  // by which statements name it: "a", "ab"
  std::string url, title, publisher;
  std::string date;        // of the page; YYYY, YYYY-MM or YYYY-MM-DD; empty where the page tells none
  std::string read;        // day on which it was read, YYYY-MM-DD
  std::string grade;       // Admiralty: A1 … F6
  bool beginning = false;  // only the beginning of the page was read, about 2 000 characters
};

struct VendorStatement {
  VendorField field = VendorField::name;
  std::string value;
  std::vector<std::pair<std::string, std::string>> attributes;  // in the order of the file; each at most once
  std::vector<std::size_t> sources;                             // into VendorFile::sources; never empty
  std::size_t line = 0;                                         // counted from 1

  // The attribute's value; empty if the statement has none.
  std::string_view attribute(std::string_view key) const;
};

struct VendorFile {
  std::string id;  // a–z, 0–9 and hyphens
  std::vector<VendorSource> sources;
  std::vector<VendorStatement> statements;  // in the order of the file; exactly one name and one summary

  auto of(VendorField field) const {
    return statements | std::views::filter([field](const VendorStatement& s) { return s.field == field; });
  }
  const std::string& name() const;
  const std::string& summary() const;
};

// Limits that no honest file comes near; beyond them Fault::limit.
inline constexpr std::size_t vendor_file_limit = std::size_t{1} << 20;  // octets
inline constexpr std::size_t vendor_line_limit = 8192;                  // octets

// Reads a whole file. `path` is only used in errors, which read "<path>:<line>: <what>"; the first one ends the
// reading, because half of what is known of a company is no picture of it. Cost: linear in the text.
Result<VendorFile> parse_vendor_file(std::string_view path, std::string_view text);

}  // namespace testudo
