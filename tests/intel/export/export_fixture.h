// A store in memory, and exports of it into a folder that goes away.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/hash.h"
#include "base/text.h"
#include "intel/export/export_format.h"

namespace testudo::test {

inline Time day(const char* text) { return *parse_rfc3339(text); }

inline StoredClaim claim(std::string source, std::string object = "indicator--1",
                         std::vector<std::string> threats = {"Predator"}) {
  StoredClaim made;
  made.source = std::move(source);
  made.object = std::move(object);
  made.threats = std::move(threats);
  made.created = day("2026-11-20T10:00:00Z");
  return made;
}

inline StoredIndicator listed(Kind kind, std::string value, StoredClaim by = claim("feed-a")) {
  StoredIndicator made;
  made.kind = kind;
  made.value = std::move(value);
  made.claims.push_back(std::move(by));
  return made;
}

inline StoredIndicator with_role(StoredIndicator indicator, Role role) {
  indicator.claims.front().role = role;
  return indicator;
}

class VectorSource : public ExportSource {
 public:
  std::vector<StoredIndicator> indicators;
  std::vector<StoredPattern> patterns;
  Result<bool> next(StoredIndicator& out) override {
    if (at_ == indicators.size()) return false;
    out = indicators[at_++];
    return true;
  }
  Result<bool> next_pattern(StoredPattern& out) override {
    if (pattern_at_ == patterns.size()) return false;
    out = patterns[pattern_at_++];
    return true;
  }

 private:
  std::size_t at_ = 0, pattern_at_ = 0;
};

// One of everything that matters: kinds, roles, markings, times.
inline VectorSource standard_source() {
  VectorSource source;
  auto& all = source.indicators;
  all.push_back(with_role(listed(Kind::host, "evil.test"), Role::attacker));
  all.back().claims.push_back(claim("feed-b", "indicator--9", {"predator", "Cytrox"}));
  all.back().claims.back().confidence = 80;
  all.back().sightings = {{.at = day("2026-11-01")}, {.at = day("2026-11-03T04:05:06Z")}};
  all.push_back(listed(Kind::host, "xn--telegrm-qbd.test"));
  all.push_back(with_role(listed(Kind::host, "newspaper.test"), Role::victim));
  all.push_back(with_role(listed(Kind::host, "library.test"), Role::benign));
  all.push_back(listed(Kind::host, "withdrawn.test"));
  all.back().claims.front().revoked = true;
  all.push_back(listed(Kind::host, "old.test"));
  all.back().claims.front().valid_until = day("2025-01-01");
  all.push_back(listed(Kind::host, "secret.test"));
  all.back().claims.front().tlp = Tlp::red;
  all.push_back(listed(Kind::host, "partners.test"));
  all.back().claims.front().tlp = Tlp::amber_strict;
  all.push_back(listed(Kind::host, "bit.ly"));
  all.push_back(listed(Kind::url, "pages.test/Drop/x1?id=7"));
  all.back().shown = "https://pages.test/Drop/x1?id=7";
  all.back().claims.front().tlp = Tlp::green;
  all.push_back(listed(Kind::url, "whole.test/"));
  all.push_back(listed(Kind::ipv4, "198.51.100.7"));
  all.push_back(listed(Kind::ipv4, "192.168.1.1"));
  all.push_back(listed(Kind::ipv6, "2001:db8::1"));
  all.push_back(listed(Kind::cidr, "203.0.113.0/24"));
  all.push_back(listed(Kind::cidr, "2001:db8:7::/48"));
  all.push_back(listed(Kind::email, "sender@mail.test"));
  all.push_back(listed(Kind::phone, "+15550100"));
  all.push_back(listed(Kind::process, "bhd"));
  all.push_back(listed(Kind::path, "/private/var/tmp/agent"));
  all.push_back(listed(Kind::file_name, "agent.js"));
  all.push_back(listed(Kind::app_id, "com.evil.app"));
  all.back().shown = "com.Evil.App";
  all.push_back(listed(Kind::md5, std::string(32, 'a')));
  all.push_back(listed(Kind::sha1, std::string(40, 'b')));
  all.push_back(listed(Kind::sha256, std::string(64, 'c')));
  all.push_back(listed(Kind::cert_sha1, std::string(40, 'd')));
  all.push_back(listed(Kind::property, "sys.evil"));
  all.push_back(listed(Kind::profile_id, "com.evil.profile"));
  all.push_back(listed(Kind::asn, "64500"));
  all.push_back(listed(Kind::ja3, std::string(32, 'e')));
  all.push_back(listed(Kind::cve, "CVE-2026-0001"));
  source.patterns.push_back(
      {"feed-a", "stix", "[file:name = 'x' AND file:size = 5]", "indicator--5", "Two facts", "and", {}, false});
  source.patterns.push_back({"feed-c", "yara",
                             "import \"pe\"\nrule drop { strings: $a = \"x}{\" condition: $a and pe.is_dll() }", "",
                             "drop", "rule", Tlp::green, false});
  source.patterns.push_back(
      {"feed-c", "yara", "rule secret { condition: true }", "", "secret", "rule", Tlp::red, false});
  return source;
}

inline ExportRequest standard_request() {
  ExportRequest request;
  request.title = "Our list";
  request.author = "Test desk";
  request.as_of = day("2026-11-21T12:00:00Z");
  request.contact = "desk@desk.test";
  request.domain = "desk.test";
  request.evidence.push_back({"", "text/plain", "What we saw", "evidence\n"});
  return request;
}

class ExportFolder {
 public:
  ExportFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "testudo-export-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ExportFolder(const ExportFolder&) = delete;
  ExportFolder& operator=(const ExportFolder&) = delete;
  ~ExportFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The export's main file, or all files of its folder one after another under their names.
struct Exported {
  ExportSummary summary;
  std::string text;
};
inline Exported exported(std::string_view format, VectorSource source, const ExportRequest& request,
                         const std::string& path) {
  Exported made;
  const Result<ExportSummary> written = write_export(*find_export_format(format), request, source, path);
  if (!written) {
    ADD_FAILURE() << format << ": " << written.error().what;
    return made;
  }
  made.summary = *written;
  const bool folder = find_export_format(format)->folder;
  std::vector<std::string> files(made.summary.files.begin() + (folder ? 1 : 0), made.summary.files.end());
  if (folder) std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    if (folder) made.text += "== " + std::filesystem::path(file).filename().string() + "\n";
    made.text += slurp(file);
  }
  return made;
}
inline Exported exported(std::string_view format, VectorSource source,
                         const ExportRequest& request = standard_request()) {
  const ExportFolder folder;
  return exported(format, std::move(source), request, folder / "out.txt");
}

}  // namespace testudo::test
