// The prompt for a password on a terminal: whatever ends the program there, what is typed afterwards is shown again.
#include <gtest/gtest.h>
#include <csignal>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

class Terminal {
 public:
  Terminal() : near_(::posix_openpt(O_RDWR | O_NOCTTY)) {
    ::grantpt(near_);
    ::unlockpt(near_);
    name_ = ::ptsname(near_);
    far_ = ::open(name_.c_str(), O_RDWR | O_NOCTTY);
  }
  ~Terminal() {
    ::close(near_);
    ::close(far_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // A program of which this is the terminal.
  pid_t start(const std::vector<std::string>& arguments) const {
    const std::string program = std::string(TESTUDO_BINARY_DIR) + "/testudo";
    std::vector<const char*> argv{program.c_str()};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    argv.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    ::setsid();
    // What starts the tests may ignore them, and children inherit it.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
    const int terminal = ::open(name_.c_str(), O_RDWR);  // the first that a session opens
    for (int fd = 0; fd < 3; ++fd) ::dup2(terminal, fd);
    ::execv(program.c_str(), const_cast<char* const*>(argv.data()));
    ::_exit(127);
  }
  bool shows_what_is_typed() const {
    termios state{};
    return ::tcgetattr(far_, &state) == 0 && (state.c_lflag & ECHO) != 0;
  }
  bool waits_in_silence() const {
    for (int i = 0; i < 3000 && shows_what_is_typed(); ++i) ::usleep(10'000);
    return !shows_what_is_typed();
  }
  void type(const std::string& text) const {
    EXPECT_EQ(::write(near_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

 private:
  int near_, far_ = -1;
  std::string name_;
};

TEST(Password, AFileThatHoldsNoneIsToldAsSuch) {
  const Folder folder;
  const Phone locked = make_phone(folder, {"--seed", "8", "--clean", "--password", "secret", "--rounds", "1000"});
  std::ofstream(folder / "empty") << "\nsecret\n";
  const std::vector<std::string> check{"check", locked.backup, "--quiet", "--password-file"};
  for (const std::string& file : {folder / "empty", std::string("-")}) {
    std::vector<std::string> arguments = check;
    arguments.push_back(file);
    const Ran ran = run("testudo", arguments);
    EXPECT_EQ(ran.status, 2);
    EXPECT_NE(ran.err.find("its first line is empty"), std::string::npos) << ran.err;
  }
}

TEST(Password, AnEmptyVariableCountsAsUnset) {
  const Folder folder;
  const Phone locked = make_phone(folder, {"--seed", "8", "--clean", "--password", "secret", "--rounds", "1000"});
  ::setenv("TESTUDO_BACKUP_PASSWORD", "", 1);
  const Ran ran = run("testudo", {"check", locked.backup, "--quiet"});
  ::unsetenv("TESTUDO_BACKUP_PASSWORD");
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("give its password"), std::string::npos) << ran.err;
}

TEST(Password, AFileThatCannotBeReadIsAnErrorAlsoWhereNoneIsNeeded) {
  const Folder folder;
  const Phone open = make_phone(folder, {"--seed", "8", "--clean"});
  for (const std::string option : {"--password-file", "--key-file"})
    for (const auto& [file, why] : {std::pair{folder / "nothing", "there is nothing at "},
                                    std::pair{folder.path(), "is a folder, or something else"}}) {
      const Ran ran = run("testudo", {"check", open.backup, "--quiet", option, file});
      EXPECT_EQ(ran.status, 2);
      EXPECT_NE(ran.err.find("The file named with " + option + " cannot be read: "), std::string::npos) << ran.err;
      EXPECT_NE(ran.err.find(why), std::string::npos) << ran.err;
    }
}

int end_of(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return status;
}

TEST(Password, TheTerminalIsAsItWasWhateverEndsThePrompt) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8", "--clean", "--password", "secret"});
  const std::vector<std::string> check{"check", phone.backup, "--quiet"};
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    const Terminal terminal;
    const pid_t pid = terminal.start(check);
    ASSERT_TRUE(terminal.waits_in_silence());
    ::kill(pid, number);
    const int status = end_of(pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == number) << status;
    EXPECT_TRUE(terminal.shows_what_is_typed()) << number;
  }
  const Terminal terminal;
  const pid_t pid = terminal.start(check);
  ASSERT_TRUE(terminal.waits_in_silence());
  terminal.type("\x03");
  EXPECT_TRUE(WIFSIGNALED(end_of(pid)));
  EXPECT_TRUE(terminal.shows_what_is_typed());

  const Terminal another;
  const pid_t answered = another.start(check);
  ASSERT_TRUE(another.waits_in_silence());
  another.type("secret\n");
  const int status = end_of(answered);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_TRUE(another.shows_what_is_typed());
}

// A program that crashes would write the password, and what it decrypted, to the disk.
TEST(Password, NoCrashLeavesItInAFile) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8", "--clean", "--password", "secret"});
  const Terminal terminal;
  const pid_t pid = terminal.start({"check", phone.backup, "--quiet"});
  ASSERT_TRUE(terminal.waits_in_silence());
  rlimit core{1, 1};
  ::prlimit(pid, RLIMIT_CORE, nullptr, &core);
  ::kill(pid, SIGTERM);
  static_cast<void>(end_of(pid));
  EXPECT_EQ(core.rlim_cur, 0U);
  EXPECT_EQ(core.rlim_max, 0U);
}

}  // namespace
}  // namespace testudo::test
