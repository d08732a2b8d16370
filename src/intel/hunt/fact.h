// What files about infrastructure say: a host, and something that it shares with other hosts. Floor 3.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace testudo {

// What two hosts can have in common. The order is that of the names below.
enum class Tie : std::uint8_t {
  none,         // the host alone
  address,      // IPv4 or IPv6 address that it resolves to, or at which a scan found its name
  name_server,  // of its zone
  alias,        // CNAME target
  mail_server,
  certificate,  // fingerprint in lower-case hexadecimal, or issuer and serial number
  batch,        // certificates or registrations made within minutes of each other; the value is who made them
  jarm,         // fingerprint of a TLS server's answers
  page,         // hash of an HTTP body or title, or the title itself
  banner,       // hash of what a service says
  handle,       // registry handle or e-mail address of a person or organisation
  registrar,
  asn,
  domain,   // its own registrable domain: names of one domain belong together
  network,  // a known block of addresses in which one of its addresses lies
};
inline constexpr std::size_t tie_count = 15;
std::string_view tie_name(Tie tie);

// Views live until the call returns. Names are as the file spells them.
struct HuntFact {
  std::string_view host;
  Tie tie = Tie::none;
  std::string_view value;
  std::optional<Time> first, last;  // seen; for `batch`, `first` is when it was made
};

// What could not be read: a stable word, how often, and where first.
class HuntNotes {
 public:
  struct Note {
    std::uint64_t count = 0, first_offset = 0;
  };
  void add(std::string_view what, std::uint64_t offset) {
    const auto found = notes_.find(what);
    Note& note = found != notes_.end() ? found->second : notes_.emplace(what, Note{0, offset}).first->second;
    ++note.count;
  }
  const std::map<std::string, Note, std::less<>>& all() const { return notes_; }

 private:
  std::map<std::string, Note, std::less<>> notes_;
};

using HuntReceiver = std::function<void(const HuntFact&)>;

}  // namespace testudo
