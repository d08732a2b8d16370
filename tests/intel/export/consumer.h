// The programs that read our exports, unpacked by tests/consumers/fetch. A test whose program is absent is skipped.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include "intel/export/hostile_source.h"

namespace testudo::test {

inline std::string consumers() { return std::string(TESTUDO_BINARY_DIR) + "/consumers"; }

// The program's path; empty if it was not unpacked.
inline std::string consumer(const std::string& inside) {
  const std::string path = consumers() + "/root/" + inside;
  return ::access(path.c_str(), X_OK) == 0 ? path : std::string();
}

inline void use_unpacked_libraries() {
  std::string folders;
  std::error_code ignored;
  // Some packages of Debian 12 still put theirs into /lib.
  for (const char* const below : {"/root/usr/lib", "/root/lib"})
    for (const auto& entry : std::filesystem::directory_iterator(consumers() + below, ignored))
      if (entry.path().filename().string().find("-linux-") != std::string::npos) folders += entry.path().string() + ":";
  ::setenv("LD_LIBRARY_PATH", folders.c_str(), 1);
}

struct Outcome {
  int status = -1;
  std::string text;  // both outputs
};

// Starts a program; its output goes to `output`.
inline pid_t start(const std::vector<std::string>& words, int output) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  use_unpacked_libraries();
  ::dup2(output, 1);
  ::dup2(output, 2);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

inline Outcome run(const std::vector<std::string>& words) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t child = start(words, ends[1]);
  ::close(ends[1]);
  Outcome outcome;
  char block[4096];
  for (ssize_t got; (got = ::read(ends[0], block, sizeof block)) > 0;)
    outcome.text.append(block, static_cast<std::size_t>(got));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return outcome;
}

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline std::uint16_t free_port() {
  const int udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  ::bind(udp, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(udp, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(udp);
  return ntohs(address.sin_port);
}

struct Answer {
  int code = -1;  // 0 no error, 2 server failure, 3 no such name; -1 none came
  std::string address;
};

// Asks for the A record of a name; waits two seconds, unless nobody listens there.
inline Answer ask(std::uint16_t port, const std::string& name) {
  std::string query("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 12);
  for (const std::string_view label : split(name, '.')) {
    query += static_cast<char>(label.size());
    query += label;
  }
  query += std::string("\0\0\1\0\1", 5);
  const int udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const sockaddr_in to = loopback(port);
  Answer answer;
  // Connected, so that the system says where nobody listens yet.
  ::connect(udp, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  ::send(udp, query.data(), query.size(), 0);
  pollfd wait{udp, POLLIN, 0};
  if (::poll(&wait, 1, 2000) == 1) {
    unsigned char reply[512];
    const ssize_t got = ::recv(udp, reply, sizeof reply, 0);
    if (got >= 12 && reply[0] == 0x12) answer.code = reply[3] & 15;
    if (got >= 16 && reply[7] > 0) {
      char text[INET_ADDRSTRLEN] = {};
      // The last record is the one answer; its last four octets are the address.
      ::inet_ntop(AF_INET, reply + got - 4, text, sizeof text);
      answer.address = text;
    }
  }
  ::close(udp);
  return answer;
}

// A server that ends with the test.
class Server {
 public:
  Server(const std::vector<std::string>& words, const std::string& log) {
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    child_ = start(words, out);
    ::close(out);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  // Whether it answers anything at all within some seconds.
  bool ready(std::uint16_t port, const std::string& name) const {
    for (int i = 0; i < 100; ++i) {
      if (ask(port, name).code >= 0) return true;
      if (::waitpid(child_, nullptr, WNOHANG) != 0) return false;
      ::usleep(100000);
    }
    return false;
  }

 private:
  pid_t child_ = -1;
};

inline bool has_python_module(const std::string& name) {
  return run({"/usr/bin/python3", "-c", "import " + name}).status == 0;
}

inline bool has_node_package(const std::string& name) {
  return std::filesystem::exists(consumers() + "/node_modules/" + name) && run({"node", "--version"}).status == 0;
}

}  // namespace testudo::test

// Skips the test unless `program`, a path or empty, is there.
#define NEEDS(program, name) \
  if ((program).empty()) GTEST_SKIP() << name << " is absent: run tests/consumers/fetch BUILD"
