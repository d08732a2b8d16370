// A TAXII request and its answer, free of sockets. Floor 3.
// Source of all rules in this folder: TAXII Version 2.1 (OASIS Standard, 10 June 2021); docs/manual/taxii.md lists
// them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace testudo {

inline constexpr std::string_view taxii_media_type = "application/taxii+json;version=2.1";

struct TaxiiRequest {
  std::string method;  // upper case
  std::string path;    // as it was sent, percent-encoded, without the query
  std::string query;   // behind the '?'
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::optional<std::string> user;  // who it was proved to be
  std::string base;                 // "https://host:port", under which the client sees the server

  // The value of the first header of this name, any case; nothing if there is none.
  std::optional<std::string_view> header(std::string_view name) const;
};

struct TaxiiResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  // Content-Type among them
  std::string body;
};

}  // namespace testudo
