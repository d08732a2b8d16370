// WhatsApp's identities: addresses ("jid"), private identifiers ("LID") and the phone numbers behind both. Floor 4.
// Facts: docs/formats/ios-whatsapp.md.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "parser/columns.h"
#include "parser/parser.h"

namespace testudo {

// A row of ZWAPHONENUMBERLIDPAIR.
struct LidPair {
  std::int64_t rowid;
  std::optional<std::string_view> lid, phone;
  std::optional<Time> paired_at;
};

// A row of ZWAPROFILEPUSHNAME: the name that a person gave itself.
struct PushName {
  std::int64_t rowid;
  std::optional<std::string_view> jid, name;
};

class WhatsAppPeople {
 public:
  static constexpr std::size_t most_octets = 64U << 20;

  // Reads the pairs of LID and number of a LID.sqlite or an older ChatStorage.sqlite, and hands each to `each`.
  // ok if the database has none of the tables.
  Result<void> read_pairs(const Database& db, Sink& out, const std::function<void(const LidPair&)>& each = {});
  // Names and LIDs of ContactsV2.sqlite.
  Result<void> read_contacts(const Database& db, Sink& out);
  // Names that people gave themselves (ZWAPROFILEPUSHNAME of ChatStorage.sqlite); hands each to `each`.
  Result<void> read_push_names(const Database& db, Sink& out, const std::function<void(const PushName&)>& each);
  // A chat or group names a member's LID and, beside it, its other address.
  void learn(std::optional<std::string_view> jid, std::optional<std::string_view> other, Sink& out);
  // All of these from the aids that lie in the WhatsApp (or WhatsApp Business) folder `domain`; any if empty. Reports
  // `aid_unreadable` for one that cannot be read: it costs numbers and names only.
  void read_aids(const Input& in, Sink& out, std::string_view domain);

  // "+15550100" for "15550100@s.whatsapp.net" (with or without a device suffix), for a LID with a known number, and for
  // bare digits; nothing for groups, broadcasts and unknown LIDs.
  std::optional<std::string> phone(std::string_view jid) const;
  // The number where it is known, else the address itself.
  std::optional<std::string> handle(std::optional<std::string_view> jid) const;
  // The name in the phone's contacts, else the one that the person chose.
  std::optional<std::string_view> name(std::string_view jid) const;

 private:
  void know(std::unordered_map<std::string, std::string>& map, std::string_view key, std::string_view value, Sink& out);

  std::unordered_map<std::string, std::string> phone_by_lid_, name_by_user_;  // by the part before '@'
  std::size_t used_ = 0;
};

// The user part of an address: digits before '@', without the suffixes of devices and agents
// ("1555.0:3@s.whatsapp.net").
std::string_view whatsapp_user(std::string_view jid);
bool is_lid(std::string_view jid);

// Domains of WhatsApp and WhatsApp Business.
inline constexpr std::string_view whatsapp_domains = "AppDomainGroup-group.net.whatsapp.WhatsApp*.shared";

}  // namespace testudo
