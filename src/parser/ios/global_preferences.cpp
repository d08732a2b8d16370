// ios.global_preferences: the settings that all applications of the user share (NSGlobalDomain): languages, region,
// keyboards, and since iOS 16 whether Lockdown Mode is on.
// Floor 4. Format, generations and sources: docs/formats/ios-global-preferences.md.

#include <array>

#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct Preference {
  std::string_view entry;
  std::string value;
  std::optional<bool> lockdown_mode;
};

}  // namespace

template <>
struct Schema<Preference> {
  static constexpr std::string_view name = "ios.preference";
  static constexpr std::string_view prose =
      "A setting shared by all applications, as it stood when the backup was made; does not say since when, nor who "
      "set it.";
  static constexpr std::string_view line = "setting {entry}";
  static constexpr std::array identity{"entry"};
  static constexpr std::tuple fields{
      Field<&Preference::entry>{"entry", Kind::text, "name of the setting"},
      Field<&Preference::value>{"value", Kind::text, "its value; lists and dictionaries as JSON", Show::content},
      Field<&Preference::lockdown_mode>{"lockdown_mode", Kind::boolean,
                                        "state of Lockdown Mode, for the entry LDMGlobalEnabled alone"}};
};

namespace {

// LDMGlobalEnabled is a boolean; `defaults` and restored backups also leave it as 0 or 1.
std::optional<bool> as_switch(const Node& node) {
  if (const auto truth = node.boolean()) return truth;
  if (const auto number = node.integer()) return *number != 0;
  return std::nullopt;
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node root = root_dictionary(file, out);
  Budget budget(file, out);
  for (std::size_t i = 0; i < root.size(); ++i) {
    const Node value = root[i];
    Preference record{.entry = root.key(i)};
    record.value = value.text() ? std::string(*value.text()) : budget.json(value);
    if (record.entry == "LDMGlobalEnabled") {
      record.lockdown_mode = as_switch(value);
      if (!record.lockdown_mode) out.anomaly("unexpected_type", value.offset());
    }
    out.emit(record, in.at(value.offset()));
  }
  return {};
}

constexpr std::array wants{Want{"HomeDomain", "Library/Preferences/.GlobalPreferences.plist"}};
const std::array records{&record_type<Preference>()};
const Registration registration{{.name = "ios.global_preferences",
                                 .page = "ios-global-preferences.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
