// ios.calls: the call history that Phone, FaceTime and apps with CallKit share. Floor 4.
// Format and sources: docs/formats/ios-calls.md.
#include "parser/columns.h"
#include "parser/id_map.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Call {
  std::optional<Time> called_at;
  std::optional<Duration> duration;
  std::optional<std::string_view> number, participants, contact_name;
  std::optional<std::string_view> direction;
  std::optional<bool> answered, is_read, has_message;
  std::optional<std::string_view> call_kind, provider, location, country;
  std::optional<std::int64_t> disconnected_cause;
  std::optional<bool> blocked;
  std::optional<std::string_view> blocked_by;
  std::optional<std::int64_t> filtered_out_reason, junk_confidence;
  std::optional<std::string_view> junk_category;
  std::optional<std::int64_t> verification, trust_score;
  std::optional<bool> emergency;
  std::optional<std::string_view> origin_device, unique_id;
  std::optional<std::string> extra;
};

struct CallParty {
  std::optional<std::string_view> number, number_normalised;
  std::optional<Time> called_at;
  std::optional<std::string_view> unique_id;
};

}  // namespace

template <>
struct Schema<Call> {
  static constexpr std::string_view name = "ios.call";
  static constexpr std::string_view prose =
      "A call that the phone, FaceTime or an app with CallKit handed to the call history. It does not prove who spoke; "
      "caller numbers can be forged, and calls of other devices of the account are synced in.";
  static constexpr std::string_view line = "{direction} call, {call_kind}: {number} {contact_name} ({duration} s)";
  static constexpr std::array identity{"unique_id", "called_at", "number"};
  static constexpr std::tuple fields{
      Field<&Call::called_at>{"called_at", Kind::time, "when the call began to ring or to be placed", Show::event},
      Field<&Call::duration>{"duration", Kind::duration, "time that the call was connected; 0 if it was not"},
      Field<&Call::number>{"number", Kind::account, "phone number, e-mail or account of the other party",
                           Show::content},
      Field<&Call::participants>{"participants", Kind::text, "all other parties of a group call, one a line",
                                 Show::content},
      Field<&Call::contact_name>{"contact_name", Kind::text, "name that the carrier, an app or the contacts gave",
                                 Show::content},
      Field<&Call::direction>{"direction", Kind::text, "incoming or outgoing"},
      Field<&Call::answered>{"answered", Kind::boolean,
                             "whether the call was connected: answered here, or placed with a duration above 0"},
      Field<&Call::is_read>{"is_read", Kind::boolean, "whether the entry was seen in the list of calls"},
      Field<&Call::has_message>{"has_message", Kind::boolean, "whether a voice message was left"},
      Field<&Call::call_kind>{"call_kind", Kind::text, "telephone, facetime_audio, facetime_video or app"},
      Field<&Call::provider>{"provider", Kind::app_id, "service or app that carried the call, by its identifier"},
      Field<&Call::location>{"location", Kind::text, "region of the number as the phone worked it out, not a position",
                             Show::content},
      Field<&Call::country>{"country", Kind::text, "ISO country code of the number"},
      Field<&Call::disconnected_cause>{"disconnected_cause", Kind::integer, "why the call ended; 0 is an ordinary end"},
      Field<&Call::blocked>{"blocked", Kind::boolean, "whether an app or a filter kept the call from ringing"},
      Field<&Call::blocked_by>{"blocked_by", Kind::app_id, "extension that blocked the call"},
      Field<&Call::filtered_out_reason>{"filtered_out_reason", Kind::integer,
                                        "why the call was silenced; 0 if it was not"},
      Field<&Call::junk_confidence>{"junk_confidence", Kind::integer, "how sure the carrier or an app was of junk"},
      Field<&Call::junk_category>{"junk_category", Kind::text, "category that a caller identification gave"},
      Field<&Call::verification>{"verification", Kind::integer,
                                 "whether the carrier verified the caller's number (STIR/SHAKEN), as stored"},
      Field<&Call::trust_score>{"trust_score", Kind::integer, "score of iOS 26's call screening, as stored"},
      Field<&Call::emergency>{"emergency", Kind::boolean, "whether it was an emergency call"},
      Field<&Call::origin_device>{"origin_device", Kind::text, "name of the device that placed the call, if another"},
      Field<&Call::unique_id>{"unique_id", Kind::text, "the call's identifier, the same on all devices"},
      Field<&Call::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<CallParty> {
  static constexpr std::string_view name = "ios.call_party";
  static constexpr std::string_view prose =
      "A number or address that the call history keeps besides those of its calls: a party of a group call, or of a "
      "call whose entry is gone. It does not prove who spoke.";
  static constexpr std::string_view line = "party of a call: {number}";
  static constexpr std::array identity{"number", "unique_id"};
  static constexpr std::tuple fields{
      Field<&CallParty::number>{"number", Kind::account, "phone number, e-mail or account", Show::content},
      Field<&CallParty::number_normalised>{"number_normalised", Kind::account, "the same in the system's own spelling",
                                           Show::content},
      Field<&CallParty::called_at>{"called_at", Kind::time, "when its call began; missing where the call is gone",
                                   Show::event},
      Field<&CallParty::unique_id>{"unique_id", Kind::text, "identifier of its call"}};
};

namespace {

const std::vector<std::string_view> read_columns{"Z_PK",
                                                 "ZDATE",
                                                 "ZDURATION",
                                                 "ZADDRESS",
                                                 "ZNAME",
                                                 "ZORIGINATED",
                                                 "ZREAD",
                                                 "ZHASMESSAGE",
                                                 "ZSERVICE_PROVIDER",
                                                 "ZLOCATION",
                                                 "ZISO_COUNTRY_CODE",
                                                 "ZDISCONNECTED_CAUSE",
                                                 "ZBLOCKEDBYEXTENSION",
                                                 "ZFILTERED_OUT_REASON",
                                                 "ZJUNKCONFIDENCE",
                                                 "ZJUNKIDENTIFICATIONCATEGORY",
                                                 "ZVERIFICATIONSTATUS",
                                                 "ZCOMMUNICATIONTRUSTSCORE",
                                                 "ZWASEMERGENCYCALL",
                                                 "ZORIGINATINGDEVICENAME",
                                                 "ZUNIQUE_ID"};

std::optional<std::string_view> kind_of(std::optional<std::int64_t> type) {
  if (!type) return std::nullopt;
  switch (*type) {
    case 0:
      return "app";
    case 1:
      return "telephone";
    case 8:
      return "facetime_video";
    case 16:
      return "facetime_audio";
    default:
      return std::nullopt;
  }
}

// The other parties of each call. Core Data names the table and its columns after entity numbers, which change with the
// model: Z_2REMOTEPARTICIPANTHANDLES (Z_2REMOTEPARTICIPANTCALLS, Z_4REMOTEPARTICIPANTHANDLES).
class Participants {
 public:
  Result<void> read(const Database& db, Sink& out) {
    TRY(find_tables(db, out));
    if (table_.empty()) return {};
    return db.each("SELECT {j=" + table_ + "." + calls_ +
                       "}, {?h=ZHANDLE.ZVALUE}, {?h=ZHANDLE.ZNORMALIZEDVALUE} FROM " + table_ +
                       " AS j JOIN ZHANDLE AS h ON {h=ZHANDLE.Z_PK} = {j=" + table_ + "." + handles_ + "}",
                   [&](const QueryRow& row) { return add(row, out), true; });
  }

  // Those that no call names as its other party.
  Result<void> emit_others(const Database& db, Input& in, Sink& out) const {
    if (!db.has_table("ZHANDLE")) return {};
    std::string sql = "SELECT h.ROWID, {?h=ZHANDLE.ZVALUE}, {?h=ZHANDLE.ZNORMALIZEDVALUE}";
    sql += table_.empty() ? ", NULL, NULL FROM ZHANDLE AS h"
                          : ", {?c=ZCALLRECORD.ZDATE}, {?c=ZCALLRECORD.ZUNIQUE_ID} FROM ZHANDLE AS h LEFT JOIN " +
                                table_ + " AS j ON {j=" + table_ + "." + handles_ + "} = h.ROWID LEFT JOIN " +
                                "ZCALLRECORD AS c ON c.ROWID = {j=" + table_ + "." + calls_ + "}";
    sql +=
        " WHERE {?h=ZHANDLE.ZVALUE} IS NULL OR {?h=ZHANDLE.ZVALUE} NOT IN (SELECT CAST({?ZCALLRECORD.ZADDRESS} AS "
        "TEXT) "
        "FROM ZCALLRECORD WHERE {?ZCALLRECORD.ZADDRESS} IS NOT NULL)";
    return db.each(sql, [&](const QueryRow& row) {
      const std::int64_t id = row.integer(0).value_or(0);
      const Columns columns(row, out, id);
      CallParty party{.number = columns.text(1),
                      .number_normalised = columns.text(2),
                      .called_at = columns.mac_time(3),
                      .unique_id = columns.text(4)};
      if (!party.number) party.number = party.number_normalised;
      if (party.number == party.number_normalised) party.number_normalised.reset();
      if (party.number) out.emit(party, in.row(id));
      return true;
    });
  }

  std::optional<std::string_view> of(std::int64_t call) const { return lines_.find(call); }

 private:
  Result<void> find_tables(const Database& db, Sink& out) {
    std::string table;
    TRY(
        db.each("SELECT name FROM sqlite_master WHERE type='table' AND name GLOB 'Z_[0-9]*REMOTEPARTICIPANTHANDLES'"
                " AND name NOT GLOB '*[^A-Z0-9_]*'",
                [&](const QueryRow& row) { return table = std::string(row.text(0).value_or("")), false; }));
    if (table.empty() || !db.has_table("ZHANDLE")) return {};
    for (const std::string& column : db.columns(table)) {
      if (column.ends_with("CALLS")) calls_ = column;
      if (column.ends_with("HANDLES")) handles_ = column;
    }
    if (calls_.empty() || handles_.empty())
      out.anomaly("column_missing");
    else
      table_ = table;
    return {};
  }

  void add(const QueryRow& row, Sink& out) {
    const std::int64_t call = row.integer(0).value_or(0);
    const Columns in(row, out, call);
    auto value = in.text(1);
    if (!value) value = in.text(2);
    if (value && !lines_.add_line(call, *value)) out.anomaly("too_many_participants", static_cast<std::uint64_t>(call));
  }

  std::string table_, calls_, handles_;  // empty where the generation has none
  TextMap lines_;
};

Call read_call(const Columns& in) {
  Call call{.called_at = in.mac_time(1),
            .duration = in.seconds(2),
            .number = in.text(3),
            .contact_name = in.text(4),
            .is_read = in.boolean(7),
            .has_message = in.boolean(8),
            .call_kind = kind_of(in.integer(9)),
            .provider = in.text(10),
            .location = in.text(11),
            .country = in.text(12),
            .disconnected_cause = in.integer(13),
            .blocked_by = in.text(14),
            .filtered_out_reason = in.integer(15),
            .junk_confidence = in.integer(16),
            .junk_category = in.text(17),
            .verification = in.integer(18),
            .trust_score = in.integer(19),
            .emergency = in.boolean(20),
            .origin_device = in.text(21),
            .unique_id = in.text(22)};
  const auto originated = in.boolean(5), answered = in.boolean(6);
  if (originated) call.direction = *originated ? "outgoing" : "incoming";
  // ZANSWERED stays 0 in calls that were placed.
  if (answered || call.duration)
    call.answered =
        answered.value_or(false) || (originated.value_or(false) && call.duration.value_or(Duration{}).micros > 0);
  if (call.blocked_by || call.filtered_out_reason) call.blocked = call.blocked_by || *call.filtered_out_reason != 0;
  return call;
}

Result<void> read_calls(const Database& db, const Participants& participants, Input& in, Sink& out) {
  return db.each(
      "SELECT ROWID, {ZCALLRECORD.ZDATE}, {ZCALLRECORD.ZDURATION}, {ZCALLRECORD.ZADDRESS},"
      " {?ZCALLRECORD.ZNAME}, {ZCALLRECORD.ZORIGINATED}, {ZCALLRECORD.ZANSWERED}, {?ZCALLRECORD.ZREAD},"
      " {?ZCALLRECORD.ZHASMESSAGE}, {?ZCALLRECORD.ZCALLTYPE}, {?ZCALLRECORD.ZSERVICE_PROVIDER},"
      " {?ZCALLRECORD.ZLOCATION}, {?ZCALLRECORD.ZISO_COUNTRY_CODE}, {?ZCALLRECORD.ZDISCONNECTED_CAUSE},"
      " {?ZCALLRECORD.ZBLOCKEDBYEXTENSION}, {?ZCALLRECORD.ZFILTERED_OUT_REASON}, {?ZCALLRECORD.ZJUNKCONFIDENCE},"
      " {?ZCALLRECORD.ZJUNKIDENTIFICATIONCATEGORY}, {?ZCALLRECORD.ZVERIFICATIONSTATUS},"
      " {?ZCALLRECORD.ZCOMMUNICATIONTRUSTSCORE}, {?ZCALLRECORD.ZWASEMERGENCYCALL},"
      " {?ZCALLRECORD.ZORIGINATINGDEVICENAME}, {?ZCALLRECORD.ZUNIQUE_ID} FROM ZCALLRECORD",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Call call = read_call(Columns(row, out, id));
        call.participants = participants.of(id);
        out.emit(call, in.row(id), [&](Call& whole) { whole.extra = rest_of(db, "ZCALLRECORD", id, read_columns); });
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  Participants participants;
  const auto joined = participants.read(db, out);
  Result<void> calls = worse_of(read_calls(db, participants, in, out), joined);
  return worse_of(std::move(calls), participants.emit_others(db, in, out));
}

// CallHistoryTemp.storedata holds calls that came in before the first unlock after a start, in the same form.
constexpr Want wants[]{{"HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"},
                       {"HomeDomain", "Library/CallHistoryDB/CallHistoryTemp.storedata"}};
const RecordType* const records[]{&record_type<Call>(), &record_type<CallParty>()};
const Registration registration{{.name = "ios.calls",
                                 .page = "ios-calls.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::encrypted_only,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
