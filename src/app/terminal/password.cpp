#include "app/terminal/password.h"

#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <openssl/crypto.h>
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

Result<Secret> ask(const std::string& prompt) {
  const Descriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  termios before{};
  if (!terminal.valid() || ::tcgetattr(terminal.get(), &before) != 0) return error(Fault::usage, "password_needed");
  termios silent = before;
  silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(terminal.get(), TCSAFLUSH, &silent);
  static_cast<void>(write_all(terminal.get(), as_bytes(prompt)).ok());
  Secret secret(read_line(terminal.get()));
  ::tcsetattr(terminal.get(), TCSAFLUSH, &before);
  static_cast<void>(write_all(terminal.get(), as_bytes("\n")).ok());
  return secret;
}

}  // namespace

Secret::~Secret() {
  if (!text_.empty()) OPENSSL_cleanse(text_.data(), text_.size());
}

Result<Secret> obtain_password(const std::optional<std::string>& file, const std::string& prompt) {
  if (file && *file == "-") return Secret(read_line(STDIN_FILENO));
  if (file) {
    const Descriptor opened = TRY(open_named(*file, Pipes::allow));
    return Secret(read_line(opened.get()));
  }
  if (const char* given = std::getenv("TESTUDO_BACKUP_PASSWORD")) return Secret(given);
  return ask(prompt);
}

}  // namespace testudo
