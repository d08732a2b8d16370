// Matcher: all indicators compiled into one flat image that can be shared between processes as a memory file or mapped
// from disk. Look-ups are hash probes: their cost does not depend on how many indicators there are. Floor 3.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "record/finding.h"
#include "record/kind.h"

namespace testudo {

// How a value met an indicator.
enum class MatchHow : std::uint8_t {
  exact,
  below,      // a host below an indicator's host, a path below an indicator's folder, an address in a network
  truncated,  // a process name that the system cut at 16 characters: the indicator starts with it
};

struct Match {
  std::uint32_t indicator = 0;  // index into the image
  MatchHow how = MatchHow::exact;
  std::uint32_t length = 0;  // octets of the indicator's value: the longest is the most specific
};

class Matcher {
 public:
  // Checks the image (magic, version, every table's bounds) and borrows it. Fault::malformed otherwise. Safe on hostile
  // images: every access is checked, so that an image made by a worker process can be used by its parent.
  static Result<Matcher> open(Bytes image);
  Matcher() = default;  // matches nothing

  std::size_t size() const;  // indicators (type, normalised value), each counted once
  std::size_t size(Kind type) const { return counts_[static_cast<std::size_t>(type)]; }

  // Appends all indicators of type `type` that the normalised value meets. Values are normalised by the caller as
  // docs/design/matching.md says for each kind: hosts by normalise_host(), e-mail lower case, hashes lower-case
  // hexadecimal, URLs by normalise_url(), paths without a trailing '/', addresses as their canonical text.
  //   host: exact, and `below` at every label boundary, except for indicators marked exact-only (public suffixes and
  //   shared platforms). path: exact and below at '/' boundaries. process: exact; a name of exactly 16 octets that an
  //   indicator starts with: truncated. ipv4/ipv6: exact, and cidr indicators that contain it. Others: exact.
  void find(Kind type, std::string_view value, std::vector<Match>& out) const;

  // The indicator with all its sources, in the order in which the feeds were loaded. A URL is spelled as the first feed
  // spells it.
  IndicatorRef describe(std::uint32_t indicator) const;
  Kind type(std::uint32_t indicator) const;
  std::string_view value(std::uint32_t indicator) const;  // normalised
  bool is_generic(
      std::uint32_t indicator) const;  // a name that ordinary software uses too (knowledge/generic_names.txt)
  // False where every source says that it is context or a victim's: it says nothing against who has it.
  bool is_accused(std::uint32_t indicator) const;

 private:
  explicit Matcher(Bytes image);
  Bytes image_;
  std::array<std::uint32_t, kind_count> counts_{};  // indicators of each kind, asked for at every field
};

}  // namespace testudo
