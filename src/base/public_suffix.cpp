// Public suffixes. Floor 0. Source: publicsuffix.org's list by libpsl: the newer of Debian's file and the one that
// libpsl was built with.
#include <libpsl.h>

#include <array>
#include <cstring>
#include <memory>

#include "base/hash.h"
#include "base/host.h"

namespace testudo {
namespace {

// Kept until the program ends: the list is shared by all threads and only read.
const psl_ctx_t* suffixes() {
  static const psl_ctx_t* const list = [] {
    const psl_ctx_t* latest = psl_latest(psl_dist_filename());
    return latest != nullptr ? latest : psl_builtin();
  }();
  return list;
}

bool ask(std::string_view name, int types) {
  std::array<char, 256> text;  // the library wants a zero at the end
  if (name.empty() || name.size() >= text.size()) return false;
  if (suffixes() == nullptr) return name.find('.') == std::string_view::npos;
  std::memcpy(text.data(), name.data(), name.size());
  text[name.size()] = '\0';
  return psl_is_public_suffix2(suffixes(), text.data(), types) != 0;
}

// What was asked lately: a feed asks for the same names and their endings again and again, and each question costs the
// library some microseconds.
struct Answer {
  std::array<char, 61> name;
  std::uint8_t size = 0;  // 0: none yet
  std::uint8_t types = 0;
  bool is_suffix = false;
};

bool asks(std::string_view name, int types) {
  constexpr std::size_t remembered = 4096;
  thread_local const auto answers = std::make_unique<std::array<Answer, remembered>>();
  if (name.empty() || name.size() > Answer().name.size()) return ask(name, types);
  Answer& answer = (*answers)[hash64(name, static_cast<std::uint64_t>(types)) % remembered];
  if (answer.types == types && std::string_view(answer.name.data(), answer.size) == name) return answer.is_suffix;
  std::memcpy(answer.name.data(), name.data(), name.size());
  answer.size = static_cast<std::uint8_t>(name.size());
  answer.types = static_cast<std::uint8_t>(types);
  answer.is_suffix = ask(name, types);
  return answer.is_suffix;
}

}  // namespace

void load_host_tables() { static_cast<void>(suffixes()); }

bool is_public_suffix(std::string_view name) { return asks(name, PSL_TYPE_ANY); }

bool is_listed_suffix(std::string_view name) { return asks(name, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE); }

std::optional<std::string_view> registrable_domain(std::string_view name) {
  const bool address = name.find(':') != std::string_view::npos || canonical_ipv4(name);
  if (name.empty() || address || is_public_suffix(name)) return std::nullopt;
  for (;;) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view parent = name.substr(dot + 1);
    if (is_public_suffix(parent)) return name;
    name = parent;
  }
}

}  // namespace testudo
