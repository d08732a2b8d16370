#include "base/interruption.h"

#include <array>
#include <cerrno>

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/unfinished_file.h"

namespace testudo {
namespace {

sigset_t ending_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    struct sigaction now{};
    // A signal that is blocked waits although it is ignored, and would be read like any other.
    if (::sigaction(number, nullptr, &now) == 0 && now.sa_handler != SIG_IGN) ::sigaddset(&set, number);
  }
  return set;
}

[[noreturn]] void end_by(int number, const std::string& sentence) {
  const bool unfinished = remove_what_is_unfinished();
  // Where a line of progress stands on a terminal, it goes.
  const std::string line = (::isatty(STDERR_FILENO) != 0 ? "\r\x1b[K" : "") + sentence + "\n";
  if (unfinished) static_cast<void>(write_all(STDERR_FILENO, as_bytes(line)).ok());
  const sigset_t set = ending_signals();
  std::signal(number, SIG_DFL);
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  ::raise(number);
  ::_exit(128 + number);
}

}  // namespace

Interruption::Interruption(std::string sentence) : sentence_(std::move(sentence)) {
  struct sigaction ignored{};
  ignored.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignored, &pipe_before_);
  const sigset_t set = ending_signals();
  ::pthread_sigmask(SIG_BLOCK, &set, &before_);
  signals_.reset(::signalfd(-1, &set, SFD_CLOEXEC));
  over_.reset(::eventfd(0, EFD_CLOEXEC));
  thread_ = std::thread([this] { wait(); });
}

Interruption::~Interruption() {
  const std::uint64_t one = 1;
  static_cast<void>(::write(over_.get(), &one, sizeof one) == sizeof one);
  thread_.join();
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  ::sigaction(SIGPIPE, &pipe_before_, nullptr);
}

void Interruption::wait() const {
  std::array<pollfd, 2> either{{{signals_.get(), POLLIN, 0}, {over_.get(), POLLIN, 0}}};
  for (;;) {
    if (::poll(either.data(), either.size(), -1) < 0 && errno != EINTR) return;
    signalfd_siginfo caught{};
    if ((either[0].revents & POLLIN) != 0 && ::read(signals_.get(), &caught, sizeof caught) == sizeof caught)
      end_by(static_cast<int>(caught.ssi_signo), sentence_);
    if ((either[1].revents & POLLIN) != 0) return;
  }
}

}  // namespace testudo
