// ios.analytics_daily: the preferences of osanalyticshelper for its daily report; netUsageBaseline counts the network
// traffic of each program since a time, and keeps programs that are gone.
// Floor 4. Format, generations and sources: docs/formats/ios-analytics-daily.md.

#include <array>
#include <cmath>

#include "parser/ios/network_name.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct BaselineUsage {
  std::string_view network_name;
  std::optional<std::string_view> process, on_behalf_of;
  std::optional<Time> at;
  std::optional<std::int64_t> wifi_in, wifi_out, wwan_in, wwan_out;
};

}  // namespace

template <>
struct Schema<BaselineUsage> {
  static constexpr std::string_view name = "ios.baseline_usage";
  static constexpr std::string_view prose =
      "Network traffic of one program as counted for the daily analytics report; does not say when within the span, "
      "nor with "
      "whom it was exchanged.";
  static constexpr std::string_view line = "{network_name} counted in the network baseline";
  static constexpr std::array identity{"network_name"};
  static constexpr std::tuple fields{
      Field<&BaselineUsage::network_name>{"network_name", Kind::text, "name as stored"},
      Field<&BaselineUsage::process>{"process", Kind::process, "the program itself"},
      Field<&BaselineUsage::on_behalf_of>{"on_behalf_of", Kind::process,
                                          "for whom a daemon exchanged the traffic, if stated"},
      Field<&BaselineUsage::at>{"at", Kind::time, "time stored with the counters", Show::event},
      Field<&BaselineUsage::wifi_in>{"wifi_in", Kind::integer, "octets received by Wi-Fi"},
      Field<&BaselineUsage::wifi_out>{"wifi_out", Kind::integer, "octets sent by Wi-Fi"},
      Field<&BaselineUsage::wwan_in>{"wwan_in", Kind::integer, "octets received by the mobile network"},
      Field<&BaselineUsage::wwan_out>{"wwan_out", Kind::integer, "octets sent by the mobile network"}};
};

namespace {

std::optional<std::int64_t> octets(const Node& node) {
  if (const auto integer = node.integer()) return integer;
  const auto real = node.real();
  if (!real || !(std::abs(*real) < 9e18)) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node baseline = root_dictionary(file, out)["netUsageBaseline"];
  if (!baseline) out.anomaly("baseline_missing");
  if (baseline && baseline.type() != Node::Type::dict) out.anomaly("unexpected_type", baseline.offset());
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    const Node counters = baseline[i];
    if (counters.type() != Node::Type::array) {
      out.anomaly("unexpected_type", counters.offset());
      continue;
    }
    BaselineUsage record{.network_name = baseline.key(i)};
    const NetworkName name = split_network_name(record.network_name);
    record.process = name.process;
    record.on_behalf_of = name.on_behalf_of;
    record.at = plist_time(counters[0], out);
    record.wifi_in = octets(counters[1]);
    record.wifi_out = octets(counters[2]);
    record.wwan_in = octets(counters[3]);
    record.wwan_out = octets(counters[4]);
    out.emit(record, in.at(counters.offset()));
  }
  return {};
}

constexpr std::array wants{Want{"HomeDomain", "Library/Preferences/com.apple.osanalytics.addaily.plist"}};
const std::array records{&record_type<BaselineUsage>()};
const Registration registration{{.name = "ios.analytics_daily",
                                 .page = "ios-analytics-daily.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
