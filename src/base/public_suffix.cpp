// Public suffixes. Floor 0. Source: publicsuffix.org's list by libpsl: the newer of Debian's file and the one that
// libpsl was built with.
#include <libpsl.h>

#include <array>
#include <atomic>
#include <cstring>

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

// What was asked lately, by any thread: a feed asks for the same names and their endings again and again, feeds that
// are read side by side ask for the same, and each question costs the library some microseconds.
struct Answer {
  std::atomic_flag in_use;
  std::array<char, 60> name;
  std::uint8_t size;  // 0: none yet
  std::uint8_t types;
  bool is_suffix;
};
constinit std::array<Answer, 8192> answers{};

bool asks(std::string_view name, int types) {
  if (name.empty() || name.size() > answers[0].name.size()) return ask(name, types);
  Answer& answer = answers[hash64(name, static_cast<std::uint64_t>(types)) % answers.size()];
  // Rare, and not worth waiting for.
  if (answer.in_use.test_and_set(std::memory_order_acquire)) return ask(name, types);
  if (answer.types != types || std::string_view(answer.name.data(), answer.size) != name) {
    std::memcpy(answer.name.data(), name.data(), name.size());
    answer.size = static_cast<std::uint8_t>(name.size());
    answer.types = static_cast<std::uint8_t>(types);
    answer.is_suffix = ask(name, types);
  }
  const bool is_suffix = answer.is_suffix;
  answer.in_use.clear(std::memory_order_release);
  return is_suffix;
}

}  // namespace

void load_host_tables() { static_cast<void>(suffixes()); }

bool is_public_suffix(std::string_view name) {
  // Of a single label the list's rule "*" says it.
  return (!name.empty() && name.find('.') == std::string_view::npos) || asks(name, PSL_TYPE_ANY);
}

bool is_listed_suffix(std::string_view name) { return asks(name, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE); }

std::optional<std::string_view> registrable_domain(std::string_view name) {
  if (name.empty() || name.find(':') != std::string_view::npos) return std::nullopt;
  const bool digit = name.back() >= '0' && name.back() <= '9';
  if ((digit && canonical_ipv4(name)) || is_public_suffix(name)) return std::nullopt;
  for (;;) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view parent = name.substr(dot + 1);
    if (is_public_suffix(parent)) return name;
    name = parent;
  }
}

}  // namespace testudo
