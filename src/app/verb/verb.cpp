// How a verb runs, and how it says that it could not do it: one plain sentence.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <system_error>

#include <unistd.h>

#include "app/terminal/error_line.h"
#include "app/verb/verb.h"
#include "base/descriptor.h"
#include "base/text.h"
#include "base/unfinished_file.h"

namespace testudo {

std::string sentence_of(const Catalogue& words, const Error& e) {
  const std::string key = "error." + e.what;
  return words.has(key) ? words.say(key) : visible(e.what);
}

int fail(const Catalogue& words, const Error& e, const std::string& about) {
  std::string sentence = sentence_of(words, e);
  if (!about.empty()) sentence = words.say("error.about", {{"what", visible(about)}, {"text", sentence}});
  std::fprintf(stderr, "%s\n", words.say("error.prefix", {{"text", sentence}}).c_str());
  return exit_failed;
}

namespace {

// What a thread that gets no memory leaves to say: there is none left then to make it of.
std::string no_resources_line;

// Reached where an exception leaves a thread other than the first.
[[noreturn]] void end_without_resources() {
  try {
    if (std::current_exception()) throw;
  } catch (const std::bad_alloc&) {
    remove_what_is_unfinished();
    static_cast<void>(write_all(STDERR_FILENO, as_bytes(no_resources_line)).ok());
    ::_exit(exit_failed);
  } catch (...) {  // a defect of ours
  }
  std::abort();
}

// A thread that cannot be started is a std::system_error.
Result<int> with_resources(const std::function<Result<int>()>& action) {
  try {
    return action();
  } catch (const std::bad_alloc&) {
    return no_resources();
  } catch (const std::system_error& e) {
    if (e.code() != std::errc::resource_unavailable_try_again) throw;
    return no_resources();
  }
}

}  // namespace

int run_action(const VerbContext& context, const std::function<Result<int>(const Catalogue&)>& action) {
  const auto words = Catalogue::load(context.language);
  if (!words) {
    std::fprintf(stderr, "testudo: %s\n", visible(words.error().what).c_str());
    return exit_failed;
  }
  no_resources_line = error_line(*words, "error.no_resources") + "\n";
  std::set_terminate(end_without_resources);
  const auto done = with_resources([&] { return action(*words); });
  if (!done) return fail(*words, done.error());
  // A full disk or a reader that went away: what was asked for is not there.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return fail(*words, error(Fault::io, "output_not_written"));
  return *done;
}

}  // namespace testudo
