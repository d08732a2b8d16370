// Interruption: a program that is told to end while it writes leaves nothing half done, and says so. Floor 0.
#pragma once

#include <csignal>
#include <string>
#include <thread>

#include "base/descriptor.h"

namespace testudo {

// While such an object lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT remove every UnfinishedFile, write the sentence to
// standard error if there was one, and end the program by that signal, whatever its threads are doing. A signal that
// was ignored stays so. Writing to a pipe that nobody reads any more is an error meanwhile, not the end. A thread that
// was there before would take the signal as usual: there must be none.
class Interruption {
 public:
  explicit Interruption(std::string sentence);
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

 private:
  void wait() const;
  std::string sentence_;
  sigset_t before_{};
  struct sigaction pipe_before_{};
  Descriptor signals_, over_;
  std::thread thread_;
};

}  // namespace testudo
