#include "app/program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace testudo::test {
namespace {

namespace fs = std::filesystem;
using simdjson::dom::element;

std::string text(element object, const char* key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

Trace read_trace(element object, const char* rule, const char* severity) {
  Trace trace;
  trace.name = text(object, "name");
  trace.source = text(object, "source");
  trace.rule = text(object, rule);
  trace.value = text(object, "value");
  trace.severity = text(object, severity);
  trace.id = text(object, "id");
  return trace;
}

}  // namespace

Ran run(const std::string& program, const std::vector<std::string>& arguments) {
  return Running(program, arguments).end();
}

Running::Running(const std::string& program, const std::vector<std::string>& arguments, std::uint64_t largest_file) {
  std::vector<const char*> argv;
  const std::string path = std::string(TESTUDO_BINARY_DIR) + "/" + program;
  argv.push_back(path.c_str());
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  argv.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ != 0) return;
  ::dup2(::open("/dev/null", O_RDONLY), 0);
  ::dup2(::open((folder_ / "out").c_str(), O_WRONLY | O_CREAT, 0600), 1);
  ::dup2(::open((folder_ / "err").c_str(), O_WRONLY | O_CREAT, 0600), 2);
  ::setsid();  // no terminal: a prompt must not wait for one
  // What starts the tests may ignore them, and children inherit it.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
  if (largest_file > 0) {
    const rlimit limit{largest_file, largest_file};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ::execv(path.c_str(), const_cast<char* const*>(argv.data()));
  ::_exit(127);
}

Running::~Running() {
  if (pid_ > 0) static_cast<void>(end());
}

void Running::send_when(const std::string& path, int signal) const {
  while (::access(path.c_str(), F_OK) != 0) {
    siginfo_t ended{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0) return;
    ::usleep(500);
  }
  ::kill(pid_, signal);
}

Ran Running::end() {
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), read_file(folder_ / "out"),
          read_file(folder_ / "err")};
}

Folder::Folder() {
  char name[] = "/tmp/testudo-test-XXXXXX";
  path_ = ::mkdtemp(name);
}
Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Phone make_phone(const Folder& folder, std::vector<std::string> arguments) {
  const std::string out = folder / "phone";
  arguments.insert(arguments.begin(), {"backup", "--out", out});
  const Ran made = run("testudo-lab", arguments);
  EXPECT_EQ(made.status, 0) << made.err;
  return {out + "/backup", out + "/indicators.stix2", out + "/planted.json"};
}

int Trace::level() const {
  const std::vector<std::string> names = {"info", "low", "medium", "high", "critical"};
  return static_cast<int>(std::ranges::find(names, severity) - names.begin());
}

std::vector<Trace> read_planted(const std::string& file) {
  simdjson::dom::parser parser;
  std::vector<Trace> traces;
  for (element object : simdjson::dom::array(parser.load(file))) {
    Trace trace = read_trace(object, "expect", "severity_at_least");
    trace.indicator = text(object, "indicator");
    traces.push_back(std::move(trace));
  }
  return traces;
}

std::vector<Trace> read_findings(const std::string& file) {
  simdjson::dom::parser parser;
  std::vector<Trace> traces;
  std::istringstream lines(read_file(file));
  for (std::string line; std::getline(lines, line);) {
    const element object = parser.parse(line);
    Trace trace = read_trace(object, "rule", "severity");
    trace.path = text(object["evidence"], "path");
    if (element indicator; object["indicator"].get(indicator) == simdjson::SUCCESS && indicator.is_object())
      trace.indicator = text(indicator, "value");
    for (element other : simdjson::dom::array(object["also"])) trace.also.push_back(text(other, "value"));
    traces.push_back(std::move(trace));
  }
  return traces;
}

std::map<std::string, std::string> read_coverage(const std::string& file) {
  simdjson::dom::parser parser;
  std::map<std::string, std::string> statuses;
  for (element row : simdjson::dom::array(parser.load(file))) statuses[text(row, "source")] = text(row, "status");
  return statuses;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder).string());
  std::ranges::sort(files);
  return files;
}

std::string file_named(const std::string& folder, const std::string& name) {
  for (const std::string& file : files_below(folder))
    if (file == name || file.ends_with("/" + name)) return file;
  ADD_FAILURE() << name;
  return "";
}

}  // namespace testudo::test
