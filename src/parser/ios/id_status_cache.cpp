// ios.id_status_cache: the cache of identityservicesd: for each Apple service (iMessage, FaceTime, HomeKit …) the
// addresses that the device asked Apple's directory about. A look-up needs no message and no act of the owner: an
// incoming message or a typed recipient causes one.
// Floor 4. Format, generations and sources: docs/formats/ios-id-status-cache.md.

#include <array>
#include <unordered_map>

#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct IdStatus {
  std::string_view service;
  std::string_view user;
  std::optional<std::string_view> email, phone, account;
  std::optional<Time> looked_up;
  std::optional<std::int64_t> id_status;
  std::optional<double> valid_seconds;
  std::int64_t occurrences = 0;
  bool has_double_nul = false;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<IdStatus> {
  static constexpr std::string_view name = "ios.id_status";
  static constexpr std::string_view prose =
      "An address that the device looked up in Apple's directory for one service; does not prove that a message was "
      "sent or "
      "received, nor that the owner knows the address.";
  static constexpr std::string_view line = "looked up {user} for {service}";
  static constexpr std::array identity{"service", "user"};
  static constexpr std::tuple fields{
      Field<&IdStatus::service>{"service", Kind::text, "Apple service, such as com.apple.madrid for iMessage"},
      Field<&IdStatus::user>{"user", Kind::text, "address as stored, with its mailto: or tel: prefix and any NUL in it",
                             Show::content},
      Field<&IdStatus::email>{"email", Kind::email, "e-mail address of a mailto: address, up to its first NUL",
                              Show::content},
      Field<&IdStatus::phone>{"phone", Kind::phone, "number of a tel: address, up to its first NUL", Show::content},
      Field<&IdStatus::account>{"account", Kind::account, "any other address, such as an urn: of a device",
                                Show::content},
      Field<&IdStatus::looked_up>{"looked_up", Kind::time, "when the directory was last asked", Show::event},
      Field<&IdStatus::id_status>{"id_status", Kind::integer, "answer: 1 the address uses the service, 2 it does not"},
      Field<&IdStatus::valid_seconds>{"valid_seconds", Kind::real,
                                      "seconds for which the answer was to be kept (ValidExpiry)"},
      Field<&IdStatus::occurrences>{"occurrences", Kind::integer, "number of services under which this address occurs"},
      Field<&IdStatus::has_double_nul>{"has_double_nul", Kind::boolean,
                                       "whether two NUL characters stand together in the address"},
      Field<&IdStatus::extra>{"extra", Kind::text, "the remaining keys of the answer, as JSON", Show::rest}};
};

namespace {

constexpr std::array<std::string_view, 3> shown_keys{"LookupDate", "IDStatus", "ValidExpiry"};
constexpr std::size_t least_octets = 16;  // of an entry: two references of a dictionary, and what they name

using Occurrences = std::unordered_map<std::string_view, std::int64_t>;

void split_address(IdStatus& record) {
  const std::string_view text = record.user.substr(0, record.user.find('\0'));
  if (text.starts_with("mailto:")) {
    record.email = non_empty(text.substr(7));
  } else if (text.starts_with("tel:")) {
    record.phone = non_empty(text.substr(4));
  } else if (text.find('@') != std::string_view::npos) {
    record.email = text;
  } else {
    record.account = non_empty(text);
  }
}

void emit_user(std::string_view service, std::string_view user, const Node& answer, const Occurrences& seen,
               const Input& in, Budget& budget, Sink& out) {
  IdStatus record{.service = service, .user = user};
  split_address(record);
  record.looked_up = plist_time(answer["LookupDate"], out);
  record.id_status = answer["IDStatus"].integer();
  record.valid_seconds = answer["ValidExpiry"].real();
  record.occurrences = seen.at(user);
  record.has_double_nul = user.find(std::string_view("\0\0", 2)) != std::string_view::npos;
  record.extra = rest_of(answer, shown_keys, budget);
  out.emit(record, in.at(answer.offset()));
}

template <typename Each>
void each_user(const Node& root, Budget budget, Each&& each) {
  for (std::size_t i = 0; i < root.size(); ++i) {
    const Node users = root[i];
    if (users.type() != Node::Type::dict) continue;  // CacheVersion and the like
    for (std::size_t j = 0; j < users.size() && budget.take(least_octets, users.offset()); ++j)
      if (users[j].type() == Node::Type::dict) each(root.key(i), users.key(j), users[j]);
  }
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node root = root_dictionary(file, out);
  Occurrences seen;
  const Budget budget(file, out);
  each_user(root, budget, [&](std::string_view, std::string_view user, const Node&) { ++seen[user]; });
  Budget room(file, out);
  each_user(root, budget, [&](std::string_view service, std::string_view user, const Node& answer) {
    emit_user(service, user, answer, seen, in, room, out);
  });
  return {};
}

constexpr std::array wants{Want{"HomeDomain", "Library/Preferences/com.apple.identityservices.idstatuscache.plist"},
                           Want{"HomeDomain", "Library/IdentityServices/idstatuscache.plist"}};
const std::array records{&record_type<IdStatus>()};
const Registration registration{{.name = "ios.id_status_cache",
                                 .page = "ios-id-status-cache.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
