// ios.datausage: DataUsage.sqlite of CommCenter: the network traffic of each program, by Wi-Fi where it is counted and
// by the mobile network. Rows stay when a program is gone, which makes it the best record of short-lived implants.
// Floor 4. Format, generations and sources: docs/formats/ios-datausage.md.

#include <array>
#include <cmath>

#include "parser/ios/network_name.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct DataUsage {
  std::optional<std::string_view> network_name, process, on_behalf_of, app_id;
  std::optional<Time> first_seen, last_seen, at;
  std::optional<std::int64_t> wifi_in, wifi_out, wwan_in, wwan_out;
  std::optional<std::int64_t> process_key, usage_key, usage_process_key;
};

struct DataUsageKeys {
  std::string_view entity;
  std::int64_t highest_key = 0;
};

}  // namespace

template <>
struct Schema<DataUsage> {
  static constexpr std::string_view name = "ios.data_usage";
  static constexpr std::string_view prose =
      "Network traffic of one program; shows that a program of this name exchanged data, not with whom, and not that "
      "its name "
      "is true.";
  static constexpr std::string_view line = "{network_name} used the network";
  static constexpr std::array identity{"network_name", "process_key", "usage_key"};
  static constexpr std::tuple fields{
      Field<&DataUsage::network_name>{"network_name", Kind::text, "name as stored (ZPROCNAME)"},
      Field<&DataUsage::process>{"process", Kind::process, "the program itself"},
      Field<&DataUsage::on_behalf_of>{"on_behalf_of", Kind::process,
                                      "for whom a daemon exchanged the traffic, if stated"},
      Field<&DataUsage::app_id>{"app_id", Kind::app_id, "bundle identifier (ZBUNDLENAME); absent for daemons"},
      Field<&DataUsage::first_seen>{"first_seen", Kind::time, "when the program was first counted", Show::event},
      Field<&DataUsage::last_seen>{"last_seen", Kind::time, "when the program was last counted", Show::event},
      Field<&DataUsage::at>{"at", Kind::time, "time of the counters (ZLIVEUSAGE)", Show::event},
      Field<&DataUsage::wifi_in>{"wifi_in", Kind::integer, "octets received by Wi-Fi"},
      Field<&DataUsage::wifi_out>{"wifi_out", Kind::integer, "octets sent by Wi-Fi"},
      Field<&DataUsage::wwan_in>{"wwan_in", Kind::integer, "octets received by the mobile network"},
      Field<&DataUsage::wwan_out>{"wwan_out", Kind::integer, "octets sent by the mobile network"},
      Field<&DataUsage::process_key>{"process_key", Kind::integer, "ZPROCESS.Z_PK; absent where that row is missing"},
      Field<&DataUsage::usage_key>{"usage_key", Kind::integer, "ZLIVEUSAGE.Z_PK; absent where nothing was counted"},
      Field<&DataUsage::usage_process_key>{"usage_process_key", Kind::integer,
                                           "ZLIVEUSAGE.ZHASPROCESS: the ZPROCESS row that the counters belong to"}};
};

template <>
struct Schema<DataUsageKeys> {
  static constexpr std::string_view name = "ios.data_usage_keys";
  static constexpr std::string_view prose =
      "The highest primary key that Core Data ever gave in a table of DataUsage.sqlite; a higher number than rows "
      "exist is "
      "normal where rows expire.";
  static constexpr std::string_view line = "{entity}: keys up to {highest_key} were given";
  static constexpr std::array identity{"entity"};
  static constexpr std::tuple fields{
      Field<&DataUsageKeys::entity>{"entity", Kind::text, "Process or LiveUsage"},
      Field<&DataUsageKeys::highest_key>{"highest_key", Kind::integer, "Z_MAX of Z_PRIMARYKEY"}};
};

namespace {

std::optional<std::int64_t> octets(std::optional<double> count) {
  if (!count || !(std::abs(*count) < 9e18)) return std::nullopt;
  return static_cast<std::int64_t>(*count);
}

// Columns: 0 ZPROCESS.Z_PK, 1 ZPROCNAME, 2 ZBUNDLENAME, 3 ZFIRSTTIMESTAMP, 4 ZTIMESTAMP.
void add_process(const QueryRow& row, const Locator& where, DataUsage& record, Sink& out) {
  record.process_key = row.integer(0);
  record.network_name = non_empty(row.text(1));
  record.app_id = non_empty(row.text(2));
  record.first_seen = column_time(row, 3, where, out);
  record.last_seen = column_time(row, 4, where, out);
  if (!record.network_name) return;
  const NetworkName name = split_network_name(*record.network_name);
  record.process = name.process;
  record.on_behalf_of = name.on_behalf_of;
}

Result<void> read_usage(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT {p=ZPROCESS.Z_PK}, {p=ZPROCESS.ZPROCNAME}, {p=ZPROCESS.ZBUNDLENAME}, {p=ZPROCESS.ZFIRSTTIMESTAMP}, "
      "{p=ZPROCESS.ZTIMESTAMP}, {u=ZLIVEUSAGE.Z_PK}, {u=ZLIVEUSAGE.ZHASPROCESS}, {u=ZLIVEUSAGE.ZTIMESTAMP}, "
      "{?u=ZLIVEUSAGE.ZWIFIIN}, {?u=ZLIVEUSAGE.ZWIFIOUT}, {u=ZLIVEUSAGE.ZWWANIN}, {u=ZLIVEUSAGE.ZWWANOUT} "
      "FROM ZLIVEUSAGE AS u LEFT JOIN ZPROCESS AS p ON p.Z_PK = u.ZHASPROCESS ORDER BY u.Z_PK",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(5).value_or(0));
        DataUsage record;
        add_process(row, where, record, out);
        record.usage_key = row.integer(5);
        record.usage_process_key = row.integer(6);
        record.at = column_time(row, 7, where, out);
        record.wifi_in = octets(row.real(8));
        record.wifi_out = octets(row.real(9));
        record.wwan_in = octets(row.real(10));
        record.wwan_out = octets(row.real(11));
        out.emit(record, where);
        return true;
      });
}

// Programs without counters: Core Data removes counters first, so these are the older ones.
Result<void> read_uncounted(const Input& in, const Database& db, bool has_usage, Sink& out) {
  std::string sql =
      "SELECT {p=ZPROCESS.Z_PK}, {p=ZPROCESS.ZPROCNAME}, {p=ZPROCESS.ZBUNDLENAME}, {p=ZPROCESS.ZFIRSTTIMESTAMP}, "
      "{p=ZPROCESS.ZTIMESTAMP} FROM ZPROCESS AS p";
  // Without the NULLs: NOT IN answers nothing once a single ZHASPROCESS is NULL.
  if (has_usage)
    sql +=
        " WHERE {p=ZPROCESS.Z_PK} NOT IN (SELECT {?u=ZLIVEUSAGE.ZHASPROCESS} FROM ZLIVEUSAGE AS u WHERE "
        "{?u=ZLIVEUSAGE.ZHASPROCESS} IS NOT NULL)";
  return db.each(sql + " ORDER BY p.Z_PK", [&](const QueryRow& row) {
    const Locator where = in.row(row.integer(0).value_or(0));
    DataUsage record;
    add_process(row, where, record, out);
    out.emit(record, where);
    return true;
  });
}

Result<void> read_keys(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT {Z_PRIMARYKEY.Z_NAME}, {Z_PRIMARYKEY.Z_MAX}, rowid FROM Z_PRIMARYKEY "
      "WHERE Z_NAME IN ('Process', 'LiveUsage') ORDER BY rowid",
      [&](const QueryRow& row) {
        const auto entity = row.text(0);
        const auto highest = row.integer(1);
        if (entity && highest) out.emit(DataUsageKeys{*entity, *highest}, in.row(row.integer(2).value_or(0)));
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  const bool has_usage = db.has_table("ZLIVEUSAGE"), has_processes = db.has_table("ZPROCESS");
  if (!has_usage && !has_processes) return error(Fault::not_found, "ZPROCESS");
  if (!has_usage) out.anomaly("table_missing");
  Result<void> usage;
  if (has_usage && has_processes) usage = read_usage(in, db, out);
  // One damaged table does not hide the others.
  Result<void> rest = has_processes ? read_uncounted(in, db, has_usage, out) : error(Fault::not_found, "ZPROCESS");
  if (db.has_table("Z_PRIMARYKEY")) {
    auto keys = read_keys(in, db, out);
    if (!keys && rest) rest = std::move(keys);
  } else {
    out.anomaly("keys_missing");
  }
  if (!usage) return usage;
  return rest;
}

constexpr std::array wants{Want{"WirelessDomain", "Library/Databases/DataUsage.sqlite"}};
const std::array records{&record_type<DataUsage>(), &record_type<DataUsageKeys>()};
const Registration registration{{.name = "ios.datausage",
                                 .page = "ios-datausage.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
