// ios.profile_events: the journal of profiled: each installation, update and removal of a configuration profile, with
// the process that asked for it. Entries stay when the profile is gone. Floor 4. Format, generations and sources:
// docs/formats/ios-profile-events.md.

#include <array>

#include "base/text.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct ProfileEvent {
  std::string_view profile_id;
  std::optional<Time> at;
  std::optional<std::string_view> operation, process;
  std::string details;
};

}  // namespace

template <>
struct Schema<ProfileEvent> {
  static constexpr std::string_view name = "ios.profile_event";
  static constexpr std::string_view prose =
      "A configuration profile was installed, updated or removed; does not show what the profile allowed, nor who held "
      "the "
      "device.";
  static constexpr std::string_view line = "profile {profile_id}: {operation} by {process}";
  static constexpr std::array identity{"profile_id", "at", "operation", "process"};
  static constexpr std::tuple fields{
      Field<&ProfileEvent::profile_id>{"profile_id", Kind::profile_id, "identifier of the profile"},
      Field<&ProfileEvent::at>{"at", Kind::time, "when it happened", Show::event},
      Field<&ProfileEvent::operation>{"operation", Kind::text, "install, update or remove, as stored"},
      Field<&ProfileEvent::process>{"process", Kind::process, "process that asked for it"},
      Field<&ProfileEvent::details>{"details", Kind::text, "all that the entry holds, as JSON"}};
};

namespace {

// The keys are spelt with and without capitals in different generations.
Node get_any_case(const Node& entry, std::string_view lower_key) {
  for (std::size_t i = 0; i < entry.size(); ++i)
    if (equals_ignoring_case(entry.key(i), lower_key)) return entry[i];
  return Node();
}

void emit_event(std::string_view profile_id, const Node& event, const Input& in, Budget& budget, Sink& out) {
  ProfileEvent record{.profile_id = profile_id};
  record.at = plist_time(get_any_case(event, "timestamp"), out);
  record.operation = get_any_case(event, "operation").text();
  record.process = get_any_case(event, "process").text();
  record.details = budget.json(event);
  out.emit(record, in.at(event.offset()));
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node events = root_dictionary(file, out)["ProfileEvents"];
  if (events && events.type() != Node::Type::array) out.anomaly("unexpected_type", events.offset());
  Budget budget(file, out);
  for (std::size_t i = 0; i < events.size() && !budget.is_spent(); ++i) {
    // Each item is a dictionary of one entry: the profile's identifier, and what happened to it.
    const Node item = events[i];
    if (item.type() != Node::Type::dict) out.anomaly("unexpected_type", item.offset());
    for (std::size_t j = 0; j < item.size() && !budget.is_spent(); ++j) {
      if (item[j].type() == Node::Type::dict)
        emit_event(item.key(j), item[j], in, budget, out);
      else
        out.anomaly("unexpected_type", item[j].offset());
    }
  }
  return {};
}

constexpr std::array wants{Want{"*", "Library/ConfigurationProfiles/MCProfileEvents.plist"}};
const std::array records{&record_type<ProfileEvent>()};
const Registration registration{{.name = "ios.profile_events",
                                 .page = "ios-profile-events.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
