#include "app/terminal/password.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <openssl/crypto.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "base/descriptor.h"

namespace testudo {
namespace {

constexpr std::size_t longest = 4096;

std::string read_line(int fd) {
  std::string line;
  char c = 0;
  while (line.size() < longest && ::read(fd, &c, 1) == 1 && c != '\n') line.push_back(c);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

volatile std::sig_atomic_t caught = 0;

void catch_signal(int number) { caught = number; }

// A terminal that shows nothing of what is typed, until the object goes. A signal that ends the program meanwhile ends
// it only after that: who pressed Ctrl-C must see again what they type.
class SilentTerminal {
 public:
  SilentTerminal(int fd, const termios& before) : fd_(fd), before_(before) {
    sigset_t ending;
    ::sigemptyset(&ending);
    for (const int number : signals) ::sigaddset(&ending, number);
    ::pthread_sigmask(SIG_BLOCK, &ending, &mask_);
    caught = 0;
    for (std::size_t i = 0; i < signals.size(); ++i) {
      struct sigaction now{};
      now.sa_handler = catch_signal;
      ::sigaction(signals[i], nullptr, &actions_[i]);
      if (actions_[i].sa_handler != SIG_IGN) ::sigaction(signals[i], &now, nullptr);
    }
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(fd_, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() {
    ::tcsetattr(fd_, TCSAFLUSH, &before_);
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &actions_[i], nullptr);
    ::pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
    if (caught != 0) ::raise(caught);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  // The terminal gives whole lines, so that what is there when it can be read is one, or its end. Signals come only
  // while nothing is read.
  Secret read_secret() const {
    pollfd terminal{fd_, POLLIN, 0};
    while (caught == 0) {
      const int ready = ::ppoll(&terminal, 1, nullptr, &mask_);
      if (ready > 0) return Secret(read_line(fd_));
      if (ready < 0 && errno != EINTR) break;
    }
    return {};
  }

 private:
  static constexpr std::array signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  int fd_;
  termios before_;
  sigset_t mask_{};
  std::array<struct sigaction, signals.size()> actions_{};
};

Result<Secret> ask(const std::string& prompt) {
  const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  termios before{};
  if (!terminal.valid() || ::tcgetattr(terminal.get(), &before) != 0) return error(Fault::usage, "password_needed");
  Secret secret;
  {
    const SilentTerminal silent(terminal.get(), before);
    static_cast<void>(write_all(terminal.get(), as_bytes(prompt)).ok());
    secret = silent.read_secret();
  }
  static_cast<void>(write_all(terminal.get(), as_bytes("\n")).ok());
  return secret;
}

// Editors of Windows begin a text file with U+FEFF, which nobody can type as part of a password.
std::string without_mark(std::string line) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (!line.starts_with(mark)) return line;
  std::string rest = line.substr(mark.size());
  OPENSSL_cleanse(line.data(), line.size());
  return rest;
}

}  // namespace

Result<Secret> read_password(const std::string& file) {
  const Descriptor opened = file == "-" ? Descriptor() : TRY(open_named(file, Pipes::allow));
  Secret password(without_mark(read_line(opened.valid() ? opened.get() : STDIN_FILENO)));
  if (password.text().empty()) return error(Fault::usage, "password_empty");
  return password;
}

Secret::~Secret() {
  if (!text_.empty()) OPENSSL_cleanse(text_.data(), text_.size());
}

Result<Secret> obtain_password(const std::optional<std::string>& file, const std::string& prompt) {
  if (file) return read_password(*file);
  const char* given = std::getenv("TESTUDO_BACKUP_PASSWORD");
  if (given != nullptr && *given != '\0') return Secret(given);
  return ask(prompt);
}

}  // namespace testudo
