// Runs the program and the laboratory as a user would, and reads what they wrote.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace testudo::test {

struct Ran {
  int status = -1;  // less than 0: the signal that ended it
  std::string out, err;
};
// Runs a program of the build folder ("testudo", "testudo-lab") with arguments; standard input is empty.
Ran run(const std::string& program, const std::vector<std::string>& arguments);

// A folder that is removed with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A program that runs meanwhile.
class Running {
 public:
  // `largest_file`: no file may grow beyond, as on a full disk; 0: any size.
  Running(const std::string& program, const std::vector<std::string>& arguments, std::uint64_t largest_file = 0);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  // Sends a signal as soon as there is something at `path`; none if the program ends before.
  void send_when(const std::string& path, int signal) const;
  // Waits for its end.
  Ran end();

 private:
  Folder folder_;
  int pid_ = -1;
};

// A generated phone: its backup folder, indicators and list of what was planted.
struct Phone {
  std::string backup, indicators, planted;
};
Phone make_phone(const Folder& folder, std::vector<std::string> arguments);

// One planted trace, or one finding, as far as the tests compare them.
struct Trace {
  std::string name, source, rule, value, indicator, severity, id, path;
  std::vector<std::string> also;  // values of all other indicators
  int level() const;              // of the severity: 0 info to 4 critical
};
std::vector<Trace> read_planted(const std::string& file);
std::vector<Trace> read_findings(const std::string& file);
// source -> status
std::map<std::string, std::string> read_coverage(const std::string& file);

std::string read_file(const std::string& path);
// Without their line breaks.
std::vector<std::string> lines_of(const std::string& text);
// Relative paths of all regular files below a folder, in order.
std::vector<std::string> files_below(const std::string& folder);
// Where below a folder the first file of this name lies; fails the test where there is none.
std::string file_named(const std::string& folder, const std::string& name);

}  // namespace testudo::test
