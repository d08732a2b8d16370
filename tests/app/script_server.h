// A server that is a Python script of tests/consumers: it writes its port on its first line, and ends with its input.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace testudo::test {

class ScriptServer {
 public:
  explicit ScriptServer(const std::string& name, const std::vector<std::string>& arguments = {}) {
    const std::string script = std::string(TESTUDO_SOURCE_DIR) + "/tests/consumers/" + name;
    std::vector<const char*> argv{"python3", script.c_str()};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    argv.push_back(nullptr);
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(in[0], 0);
      ::dup2(out[1], 1);
      ::execvp(argv[0], const_cast<char* const*>(argv.data()));
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) port_ += c;
    ::close(out[0]);
  }
  ~ScriptServer() {
    ::close(input_);
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
  }
  ScriptServer(const ScriptServer&) = delete;
  ScriptServer& operator=(const ScriptServer&) = delete;
  // False where there is no Python.
  bool runs() const { return !port_.empty(); }
  const std::string& port() const { return port_; }

 private:
  pid_t pid_ = 0;
  int input_ = -1;
  std::string port_;
};

}  // namespace testudo::test
