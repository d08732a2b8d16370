// A case that tests check a phone into, and what they read from it.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "app/program.h"

namespace testudo::test {

inline int check_into(const Folder& folder, const Phone& phone, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"check", phone.backup, "--case", folder / "case", "--quiet"});
  const Ran ran = run("testudo", more);
  EXPECT_TRUE(ran.status == 0 || ran.status == 1 || ran.status == 3) << ran.err;
  return ran.status;
}

// Finding ids of the case, with the whole finding beside each.
inline std::set<std::string> findings_of(const Folder& folder) {
  const auto rows =
      lines_of(run("testudo", {"case", "query", folder / "case", "--json", "SELECT id, json FROM finding"}).out);
  return {rows.begin(), rows.end()};
}

inline std::string first_id(const Folder& folder, const std::string& where = "1") {
  return lines_of(run("testudo", {"case", "query", folder / "case",
                                  "SELECT id FROM finding WHERE " + where + " ORDER BY place LIMIT 1"})
                      .out)
      .at(1);
}

}  // namespace testudo::test
