// One defect of one feed, and who is told of it. Floor 3.
#pragma once

#include <functional>
#include <string>

namespace testudo {

struct LintFinding {
  std::string file;    // as the caller named it
  std::string object;  // the object's id, "line N", or empty for the whole file
  std::string defect;  // a word of defects.h
  std::string value;   // what is wrong
  std::string mend;    // what to write instead; empty: what the catalogue says of the defect
};
using LintReceiver = std::function<void(const LintFinding&)>;

}  // namespace testudo
