// testudo: the program. Forks the zygote before anything hostile or secret is read, then runs the verb that was asked
// for.
#include <clocale>
#include <csignal>
#include <cstdio>
#include <new>
#include <string_view>

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include "app/verb/verb.h"
#include "app/worker/functions.h"
#include "base/hash.h"
#include "base/host.h"

namespace {

// The next file that is opened would take the number of a closed stream, and what is said would be written into it.
// What is put there instead takes no text, so that it is told as not written.
void fill_closed_streams() {
  for (const int stream : {0, 1, 2})
    if (::fcntl(stream, F_GETFD) == -1) static_cast<void>(::open("/dev/null", O_RDONLY));
}

int run(int argc, char** argv) {
  using namespace testudo;
  fill_closed_streams();
  // Asked by scripts before each use; needs none of what follows.
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    if (std::puts(TESTUDO_VERSION) >= 0 && std::fflush(stdout) == 0) return exit_done;
    const auto words = Catalogue::load("en");
    return words ? fail(*words, error(Fault::io, "output_not_written")) : exit_failed;
  }
  // A program that crashes would write its memory to the disk, with the password and what was decrypted in it.
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  // A file that may not grow any more is an error like a full disk, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
  // What workers need must be there before they are forked: they open no file of their own.
  // Every process uses SQLite from one thread alone; its locks and its counting of memory would cost at every value.
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_ADD_ALL_DIGESTS | OPENSSL_INIT_ADD_ALL_CIPHERS,
                      nullptr);
  static_cast<void>(sha256({}));  // makes the library load what else it needs
  load_host_tables();
  auto zygote = Zygote::start(worker_functions());
  if (!zygote) {
    std::fprintf(stderr, "testudo: %s\n", zygote.error().what.c_str());
    return exit_failed;
  }
  VerbContext context{*zygote};
  CommandLine line("testudo", TESTUDO_VERSION);
  Verb program = line.program();
  program.option("--lang", context.language);
  add_check_verb(program, context);
  add_unlock_verb(program, context);
  add_case_verb(program, context);
  add_intel_verb(program, context);
  return line.run(argc, argv, context.language);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace testudo;
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {  // before a verb could say so
    const auto words = Catalogue::load("en");
    return words ? fail(*words, no_resources()) : exit_failed;
  }
}
