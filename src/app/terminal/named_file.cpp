#include "app/terminal/named_file.h"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/text.h"

namespace testudo {
namespace {

bool has_own_sentence(const Catalogue& words, const Error& e) { return words.has("error." + e.what); }

Error told(const Catalogue& words, const char* sentence, std::string_view option, const std::string& path,
           const std::string& why) {
  const std::string reason = words.has(why) ? words.say(why, {{"path", visible(path)}}) : why;
  return error(Fault::usage, words.say(sentence, {{"option", std::string(option)}, {"why", reason}}));
}

}  // namespace

Error not_readable(const Catalogue& words, std::string_view option, const std::string& path, const Error& e) {
  if (has_own_sentence(words, e)) return e;
  const std::string why = path.empty()                    ? "named.empty"
                          : e.fault == Fault::not_found   ? "named.absent"
                          : e.fault == Fault::denied      ? "named.closed"
                          : e.fault == Fault::unsupported ? "named.no_file"
                                                          : e.what;
  return told(words, "named.not_readable", option, path, why);
}

Error not_written(const Catalogue& words, std::string_view option, const std::string& path, const Error& e) {
  if (e.what != "file_exists" && has_own_sentence(words, e)) return e;
  std::error_code fault;
  const bool exists = std::filesystem::exists(std::filesystem::symlink_status(path, fault));
  const std::string why = exists                        ? "named.exists"
                          : e.fault == Fault::not_found ? "named.no_folder"
                          : e.fault == Fault::denied    ? "named.not_writable"
                                                        : e.what;
  return told(words, "named.not_written", option, path, why);
}

Result<void> look_at_named(const Catalogue& words, std::string_view option, const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    if (::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0)
      return not_readable(words, option, path, file_error(path));
  return {};
}

}  // namespace testudo
