// ios.tcc: TCC.db: which application asked for which private data or sensor, and what was answered.
// Floor 4. Format, generations and sources: docs/formats/ios-tcc.md.

#include <array>

#include "parser/columns.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct TccAccess {
  std::string_view service;
  std::optional<std::string_view> client, app_id, client_path, process;
  std::optional<std::int64_t> client_type, auth_value, auth_reason, prompt_count;
  std::optional<std::string_view> auth_value_text, auth_reason_text;
  std::optional<bool> is_allowed;
  std::optional<Time> last_modified, expired_at;
  std::optional<std::string_view> object;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<TccAccess> {
  static constexpr std::string_view name = "ios.tcc_access";
  static constexpr std::string_view prose =
      "A decision on one application's access to private data or a sensor; a grant does not prove use, and code with "
      "system "
      "rights needs none.";
  static constexpr std::string_view line = "{client}: {service} {auth_value_text}";
  static constexpr std::array identity{"service", "client", "client_type", "object"};
  static constexpr std::tuple fields{
      Field<&TccAccess::service>{"service", Kind::text, "what access is to: kTCCServiceMicrophone …"},
      Field<&TccAccess::client>{"client", Kind::text, "who asked, as stored"},
      Field<&TccAccess::app_id>{"app_id", Kind::app_id, "bundle identifier, where the client is one"},
      Field<&TccAccess::client_path>{"client_path", Kind::path, "program file, where the client is one"},
      Field<&TccAccess::process>{"process", Kind::process, "last path component of the client"},
      Field<&TccAccess::client_type>{"client_type", Kind::integer, "0 bundle identifier, 1 absolute path"},
      Field<&TccAccess::auth_value>{"auth_value", Kind::integer, "decision: 0 denied, 1 unknown, 2 allowed, 3 limited"},
      Field<&TccAccess::auth_value_text>{"auth_value_text", Kind::text, "the decision in a word"},
      Field<&TccAccess::auth_reason>{"auth_reason", Kind::integer, "who decided, as stored; absent before iOS 14"},
      Field<&TccAccess::auth_reason_text>{"auth_reason_text", Kind::text, "who decided, in a word"},
      Field<&TccAccess::is_allowed>{
          "is_allowed", Kind::boolean,
          "whether access was granted, in full or in part; absent where the decision is unknown (1) or new"},
      Field<&TccAccess::prompt_count>{"prompt_count", Kind::integer,
                                      "times that the user was asked; before iOS 14 only"},
      Field<&TccAccess::object>{"object", Kind::app_id, "whose data, where access is to another application's"},
      Field<&TccAccess::last_modified>{"last_modified", Kind::time,
                                       "when the decision last changed; absent before iOS 12", Show::event},
      Field<&TccAccess::expired_at>{"expired_at", Kind::time,
                                    "when the system withdrew the decision because the application was not used; the "
                                    "decision itself is then gone",
                                    Show::event},
      Field<&TccAccess::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

std::optional<std::string_view> auth_value_name(std::optional<std::int64_t> value) {
  static constexpr std::array<std::string_view, 4> names{"denied", "unknown", "allowed", "limited"};
  if (!value || *value < 0 || *value >= static_cast<std::int64_t>(names.size())) return std::nullopt;
  return names[static_cast<std::size_t>(*value)];
}

std::optional<std::string_view> auth_reason_name(std::optional<std::int64_t> value) {
  static constexpr std::array<std::string_view, 13> names{"none",
                                                          "error",
                                                          "user_consent",
                                                          "user_set",
                                                          "system_set",
                                                          "service_policy",
                                                          "mdm_policy",
                                                          "override_policy",
                                                          "missing_usage_string",
                                                          "prompt_timeout",
                                                          "preflight_unknown",
                                                          "entitled",
                                                          "app_type_policy"};
  if (!value || *value < 0 || *value >= static_cast<std::int64_t>(names.size())) return std::nullopt;
  return names[static_cast<std::size_t>(*value)];
}

void add_client(std::optional<std::string_view> client, TccAccess& record) {
  record.client = non_empty(client);
  if (!record.client) return;
  record.process = non_empty(last_component(*record.client));
  if (record.client->starts_with('/') || record.client_type == 1)
    record.client_path = record.client;
  else
    record.app_id = record.client;
}

void add_decision(std::optional<std::int64_t> allowed, TccAccess& record) {
  // `allowed` is the decision of the generations before iOS 14: 0 or 1.
  if (!record.auth_value && allowed) record.auth_value = *allowed != 0 ? 2 : 0;
  if (record.auth_value == 2 || record.auth_value == 3) record.is_allowed = true;
  if (record.auth_value == 0) record.is_allowed = false;
  record.auth_value_text = auth_value_name(record.auth_value);
  record.auth_reason_text = auth_reason_name(record.auth_reason);
}

const std::vector<std::string_view> read_columns{"service",      "client",        "client_type",
                                                 "auth_value",   "auth_reason",   "allowed",
                                                 "prompt_count", "last_modified", "indirect_object_identifier"};

std::optional<Time> unix_time(std::optional<std::int64_t> seconds, const Locator& where, Sink& out) {
  if (!seconds || *seconds == 0) return std::nullopt;
  return out.checked(from_unix_seconds(static_cast<double>(*seconds)), where.rowid);
}

// What an application that was not used for long had been asked about and lost again.
Result<void> read_expired(const Input& in, const Database& db, Sink& out) {
  if (!db.has_table("expired")) return {};
  return db.each(
      "SELECT rowid, {?expired.service}, {?expired.client}, {?expired.client_type}, {?expired.last_modified}, "
      "{?expired.expired_at} FROM expired ORDER BY rowid",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(0).value_or(0));
        TccAccess record{.service = row.text(1).value_or("")};
        record.client_type = row.integer(3);
        add_client(row.text(2), record);
        record.last_modified = unix_time(row.integer(4), where, out);
        record.expired_at = unix_time(row.integer(5), where, out);
        out.emit(record, where);
        return true;
      });
}

Result<void> read_access(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT rowid, {access.service}, {access.client}, {access.client_type}, {?access.auth_value}, "
      "{?access.auth_reason}, "
      "{?access.allowed}, {?access.prompt_count}, {?access.last_modified}, {?access.indirect_object_identifier} "
      "FROM access ORDER BY rowid",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(0).value_or(0));
        TccAccess record{.service = row.text(1).value_or("")};
        record.client_type = row.integer(3);
        record.auth_value = row.integer(4);
        record.auth_reason = row.integer(5);
        record.prompt_count = row.integer(7);
        add_client(row.text(2), record);
        add_decision(row.integer(6), record);
        record.last_modified = unix_time(row.integer(8), where, out);
        const auto object = non_empty(row.text(9));
        if (object && *object != "UNUSED") record.object = object;
        out.emit(record, where, [&](TccAccess& r) {
          r.extra = rest_of(db, "access", static_cast<std::int64_t>(where.rowid), read_columns);
        });
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  Result<void> access = read_access(in, db, out);
  return worse_of(std::move(access), read_expired(in, db, out));
}

constexpr std::array wants{Want{"HomeDomain", "Library/TCC/TCC.db"}};
const std::array records{&record_type<TccAccess>()};
const Registration registration{{.name = "ios.tcc",
                                 .page = "ios-tcc.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
