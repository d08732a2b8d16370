// ios.crash_reporter: the preferences of ReportCrash in root's folder. Pegasus is reported to have written them to stop
// crash reports; on a clean device the same file holds throttling dates, so that its presence proves nothing.
// Floor 4. Format, generations and sources: docs/formats/ios-crash-reporter.md.

#include <array>

#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct CrashReporterSetting {
  std::string_view setting;
  std::string setting_value;
  std::optional<Time> setting_time;
  std::optional<std::string_view> process;
  bool is_known = false;
};

}  // namespace

template <>
struct Schema<CrashReporterSetting> {
  static constexpr std::string_view name = "ios.crash_reporter_setting";
  static constexpr std::string_view prose =
      "A setting of the crash reporter; the file exists on clean devices and proves nothing by being there.";
  static constexpr std::string_view line = "crash reporter setting {setting}";
  static constexpr std::array identity{"setting"};
  static constexpr std::tuple fields{
      Field<&CrashReporterSetting::setting>{"setting", Kind::text, "name of the setting"},
      Field<&CrashReporterSetting::setting_value>{"setting_value", Kind::text,
                                                  "its value; lists and dictionaries as JSON"},
      Field<&CrashReporterSetting::setting_time>{"setting_time", Kind::time, "its value, where that is a date",
                                                 Show::event},
      Field<&CrashReporterSetting::process>{"process", Kind::process,
                                            "program that an ExcResourceDiagInfo_ setting names; may be gone since"},
      Field<&CrashReporterSetting::is_known>{"is_known", Kind::boolean,
                                             "whether clean devices are known to have this setting"}};
};

namespace {

constexpr std::string_view resource_prefix = "ExcResourceDiagInfo_";

bool is_known(std::string_view setting) {
  return setting.starts_with(resource_prefix) || setting == "NANDTaskScheduler_Priority" || setting == "defTS";
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node root = root_dictionary(file, out);
  Budget budget(file, out);
  for (std::size_t i = 0; i < root.size(); ++i) {
    const Node value = root[i];
    CrashReporterSetting record{.setting = root.key(i)};
    record.setting_value = value.text() ? std::string(*value.text()) : budget.json(value);
    if (value.type() == Node::Type::date) record.setting_time = out.checked(value.date(), value.offset());
    if (record.setting_time) record.setting_value = to_rfc3339(*record.setting_time);
    if (record.setting.starts_with(resource_prefix))
      record.process = non_empty(record.setting.substr(resource_prefix.size()));
    record.is_known = is_known(record.setting);
    out.emit(record, in.at(value.offset()));
  }
  return {};
}

constexpr std::array wants{Want{"RootDomain", "Library/Preferences/com.apple.CrashReporter.plist"}};
const std::array records{&record_type<CrashReporterSetting>()};
const Registration registration{{.name = "ios.crash_reporter",
                                 .page = "ios-crash-reporter.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
