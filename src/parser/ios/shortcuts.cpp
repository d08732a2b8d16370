// ios.shortcuts: Shortcuts.sqlite: the user's shortcuts with all texts of their actions, and the automations that start
// them. Predator is reported to have kept itself on a phone by an automation that runs when an application opens.
// Floor 4. Format, generations and sources: docs/formats/ios-shortcuts.md.

#include <array>

#include "parser/columns.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

using Text = std::optional<std::string_view>;

struct Shortcut {
  std::int64_t shortcut_key = 0;
  Text shortcut_name, shortcut_subtitle, shortcut_description, shortcut_phrase, workflow_id, associated_app,
      shortcut_source;
  std::optional<Time> created, modified, last_run;
  std::optional<std::int64_t> action_count, run_count;
  std::optional<std::string> extra;
};

struct ShortcutAction {
  std::optional<std::int64_t> shortcut_key;
  Text shortcut_name;
  std::int64_t position = 0;
  Text action_type;
  std::string action_text;
  std::optional<Time> modified;
  std::optional<std::string> extra;
};

struct ShortcutTrigger {
  std::int64_t trigger_key = 0;
  std::optional<std::int64_t> shortcut_key;
  Text shortcut_name, trigger_type, trigger_id;
  std::string trigger_text;
  std::optional<bool> is_enabled, asks_first, notifies;
  std::optional<Time> modified;
  std::optional<std::string> extra;
};

struct ShortcutRun {
  std::optional<std::int64_t> shortcut_key;
  Text shortcut_name, run_source, run_outcome;
  std::optional<Time> at;
  std::optional<std::int64_t> trigger_key;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<Shortcut> {
  using R = Shortcut;
  static constexpr std::string_view name = "ios.shortcut";
  static constexpr std::string_view prose =
      "A shortcut of the user, made on the device, taken from the gallery, or synced from another device of the "
      "account.";
  static constexpr std::string_view line = "shortcut {shortcut_name}";
  static constexpr std::array identity{"workflow_id", "created"};
  static constexpr std::tuple fields{
      Field<&R::shortcut_key>{"shortcut_key", Kind::integer, "ZSHORTCUT.Z_PK"},
      Field<&R::shortcut_name>{"shortcut_name", Kind::text, "name that the user sees", Show::content},
      Field<&R::shortcut_subtitle>{"shortcut_subtitle", Kind::text, "line below the name", Show::content},
      Field<&R::shortcut_description>{"shortcut_description", Kind::text, "summary that the system made of it",
                                      Show::content},
      Field<&R::shortcut_phrase>{"shortcut_phrase", Kind::text, "what is said to Siri to start it", Show::content},
      Field<&R::workflow_id>{"workflow_id", Kind::text, "identifier across devices"},
      Field<&R::associated_app>{"associated_app", Kind::app_id, "application that it belongs to, if any"},
      Field<&R::shortcut_source>{"shortcut_source", Kind::text, "where it came from, as stored"},
      Field<&R::created>{"created", Kind::time, "when it was made", Show::event},
      Field<&R::modified>{"modified", Kind::time, "when it was last changed", Show::event},
      Field<&R::last_run>{"last_run", Kind::time, "when it last ran; absent in older generations", Show::event},
      Field<&R::action_count>{"action_count", Kind::integer, "number of actions that the shortcut claims"},
      Field<&R::run_count>{"run_count", Kind::integer, "number of runs that the database counts"},
      Field<&R::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<ShortcutAction> {
  using R = ShortcutAction;
  static constexpr std::string_view name = "ios.shortcut_action";
  static constexpr std::string_view prose = "One step of a shortcut; shows what it would do, not that it ever ran.";
  static constexpr std::string_view line = "step {position} of shortcut {shortcut_name}: {action_type}";
  static constexpr std::array identity{"shortcut_key", "action_type", "action_text"};
  static constexpr std::tuple fields{
      Field<&R::shortcut_key>{"shortcut_key", Kind::integer, "ZSHORTCUT.Z_PK"},
      Field<&R::shortcut_name>{"shortcut_name", Kind::text, "name that the user sees", Show::content},
      Field<&R::position>{"position", Kind::integer, "place in the list, from 0"},
      Field<&R::action_type>{"action_type", Kind::text, "identifier of the step, such as is.workflow.actions.openurl"},
      Field<&R::action_text>{"action_text", Kind::text, "all texts of its parameters, a line each", Show::content},
      Field<&R::modified>{"modified", Kind::time, "when the shortcut was last changed"},
      Field<&R::extra>{"extra", Kind::text, "the step with all its parameters, as JSON", Show::rest}};
};

template <>
struct Schema<ShortcutTrigger> {
  using R = ShortcutTrigger;
  static constexpr std::string_view name = "ios.shortcut_trigger";
  static constexpr std::string_view prose =
      "An automation: what starts a shortcut without a touch; does not prove that it fired.";
  static constexpr std::string_view line = "automation {trigger_type} starts shortcut {shortcut_name}";
  static constexpr std::array identity{"trigger_key", "trigger_id"};
  static constexpr std::tuple fields{
      Field<&R::trigger_key>{"trigger_key", Kind::integer, "ZTRIGGER.Z_PK"},
      Field<&R::shortcut_key>{"shortcut_key", Kind::integer, "ZSHORTCUT.Z_PK"},
      Field<&R::shortcut_name>{"shortcut_name", Kind::text, "name that the user sees", Show::content},
      Field<&R::trigger_type>{"trigger_type", Kind::text,
                              "class of the trigger: WFAppInFocusTrigger when an application opens"},
      Field<&R::trigger_id>{"trigger_id", Kind::text, "identifier of the automation"},
      Field<&R::trigger_text>{"trigger_text", Kind::text,
                              "texts of the trigger, a line each: applications, places, names", Show::content},
      Field<&R::is_enabled>{"is_enabled", Kind::boolean, "whether it is switched on"},
      Field<&R::asks_first>{"asks_first", Kind::boolean, "whether the user is asked before each run"},
      Field<&R::notifies>{"notifies", Kind::boolean, "whether a run shows a notification"},
      Field<&R::modified>{"modified", Kind::time, "when the shortcut was last changed"},
      Field<&R::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<ShortcutRun> {
  using R = ShortcutRun;
  static constexpr std::string_view name = "ios.shortcut_run";
  static constexpr std::string_view prose = "A run of a shortcut; does not show what its steps then did.";
  static constexpr std::string_view line = "shortcut {shortcut_name} ran";
  static constexpr std::array identity{"shortcut_key", "at"};
  static constexpr std::tuple fields{
      Field<&R::shortcut_key>{"shortcut_key", Kind::integer, "ZSHORTCUT.Z_PK"},
      Field<&R::shortcut_name>{"shortcut_name", Kind::text, "name that the user sees", Show::content},
      Field<&R::at>{"at", Kind::time, "when it ran", Show::event},
      Field<&R::run_source>{"run_source", Kind::text, "what started it, as stored"},
      Field<&R::run_outcome>{"run_outcome", Kind::text, "how it ended, as stored"},
      Field<&R::trigger_key>{"trigger_key", Kind::integer, "ZTRIGGER.Z_PK of the automation that started it"},
      Field<&R::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

constexpr std::array<std::string_view, 1> shown_of_action{"WFWorkflowActionIdentifier"};
const std::vector<std::string_view> shortcut_columns{"Z_PK",
                                                     "ZNAME",
                                                     "ZWORKFLOWSUBTITLE",
                                                     "ZACTIONSDESCRIPTION",
                                                     "ZPHRASE",
                                                     "ZWORKFLOWID",
                                                     "ZASSOCIATEDAPPBUNDLEIDENTIFIER",
                                                     "ZCREATIONDATE",
                                                     "ZSOURCE",
                                                     "ZMODIFICATIONDATE",
                                                     "ZLASTRUNEVENTDATE",
                                                     "ZRUNEVENTSCOUNT",
                                                     "ZACTIONCOUNT"};
const std::vector<std::string_view> trigger_columns{"Z_PK",     "ZSHORTCUT",     "ZTRIGGERID",
                                                    "ZENABLED", "ZSHOULDPROMPT", "ZSHOULDNOTIFY"};
const std::vector<std::string_view> run_columns{"Z_PK", "ZSHORTCUT", "ZDATE", "ZSOURCE", "ZOUTCOME", "ZTRIGGER"};

// ZDATA is the list of actions, or since it can be exported a dictionary with them in WFWorkflowActions.
Node actions_of(const Node& root) { return root.type() == Node::Type::dict ? root["WFWorkflowActions"] : root; }

void emit_actions(Bytes data, ShortcutAction record, const Locator& where, Sink& out) {
  auto list = Plist::parse(data);
  if (!list) return out.anomaly("actions_unreadable", where.rowid);
  for (const PlistAnomaly& anomaly : list->anomalies()) out.anomaly(anomaly.name, where.rowid);
  const Node actions = actions_of(list->root());
  if (actions.type() != Node::Type::array) return out.anomaly("unexpected_type", where.rowid);
  Budget budget(data, out);
  for (std::size_t i = 0; i < actions.size() && !budget.is_spent(); ++i) {
    const Node action = actions[i];
    if (action.type() != Node::Type::dict) out.anomaly("unexpected_type", where.rowid);
    record.position = static_cast<std::int64_t>(i);
    record.action_type = action["WFWorkflowActionIdentifier"].text();
    record.action_text = texts_below(action["WFWorkflowActionParameters"], budget);
    record.extra = rest_of(action, shown_of_action, budget);
    out.emit(record, where);
  }
}

Result<void> read_shortcuts(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT {s=ZSHORTCUT.Z_PK}, {s=ZSHORTCUT.ZNAME}, {?s=ZSHORTCUT.ZACTIONSDESCRIPTION}, {?s=ZSHORTCUT.ZWORKFLOWID}, "
      "{?s=ZSHORTCUT.ZASSOCIATEDAPPBUNDLEIDENTIFIER}, {?s=ZSHORTCUT.ZSOURCE}, {s=ZSHORTCUT.ZCREATIONDATE}, "
      "{s=ZSHORTCUT.ZMODIFICATIONDATE}, {?s=ZSHORTCUT.ZLASTRUNEVENTDATE}, {?s=ZSHORTCUT.ZACTIONCOUNT}, "
      "{?s=ZSHORTCUT.ZRUNEVENTSCOUNT}, {?s=ZSHORTCUT.ZWORKFLOWSUBTITLE}, {?s=ZSHORTCUT.ZPHRASE} FROM ZSHORTCUT AS s "
      "ORDER BY s.Z_PK",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(0).value_or(0));
        Shortcut record{.shortcut_key = row.integer(0).value_or(0)};
        record.shortcut_name = non_empty(row.text(1));
        record.shortcut_description = non_empty(row.text(2));
        record.workflow_id = non_empty(row.text(3));
        record.associated_app = non_empty(row.text(4));
        record.shortcut_source = non_empty(row.text(5));
        record.created = column_time(row, 6, where, out);
        record.modified = column_time(row, 7, where, out);
        record.last_run = column_time(row, 8, where, out);
        record.action_count = row.integer(9);
        record.run_count = row.integer(10);
        record.shortcut_subtitle = non_empty(row.text(11));
        record.shortcut_phrase = non_empty(row.text(12));
        out.emit(record, where,
                 [&](Shortcut& r) { r.extra = rest_of(db, "ZSHORTCUT", record.shortcut_key, shortcut_columns); });
        return true;
      });
}

// Actions whose shortcut is gone are read too.
Result<void> read_actions(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT {a=ZSHORTCUTACTIONS.Z_PK}, {a=ZSHORTCUTACTIONS.ZDATA}, {a=ZSHORTCUTACTIONS.ZSHORTCUT}, "
      "{s=ZSHORTCUT.ZNAME}, "
      "{s=ZSHORTCUT.ZMODIFICATIONDATE} FROM ZSHORTCUTACTIONS AS a LEFT JOIN ZSHORTCUT AS s ON s.Z_PK = "
      "{a=ZSHORTCUTACTIONS.ZSHORTCUT} ORDER BY a.Z_PK",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(0).value_or(0));
        const auto data = row.bytes(1);
        if (!data || data->empty()) return true;
        ShortcutAction record{.shortcut_key = row.integer(2), .shortcut_name = non_empty(row.text(3))};
        record.modified = column_time(row, 4, where, out);
        emit_actions(*data, std::move(record), where, out);
        return true;
      });
}

// The texts among the archive's objects: class names stand inside dictionaries and are left out.
void add_trigger(const Plist& list, Budget budget, ShortcutTrigger& record) {
  const Node root = list.root();
  const auto archive = KeyedArchive::of(root);
  if (!archive) return;
  record.trigger_type = non_empty(archive->class_name(archive->top()));
  const Node objects = root["$objects"];
  for (std::size_t i = 0; i < objects.size(); ++i)
    if (const auto text = objects[i].text();
        text && !text->empty() && *text != "$null" && budget.take(1 + text->size(), objects[i].offset()))
      record.trigger_text.append(record.trigger_text.empty() ? "" : "\n").append(*text);
}

Result<void> read_triggers(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT {t=ZTRIGGER.Z_PK}, {t=ZTRIGGER.ZDATA}, {t=ZTRIGGER.ZSHORTCUT}, {s=ZSHORTCUT.ZNAME}, "
      "{s=ZSHORTCUT.ZMODIFICATIONDATE}, {?t=ZTRIGGER.ZENABLED}, {?t=ZTRIGGER.ZSHOULDPROMPT}, "
      "{?t=ZTRIGGER.ZSHOULDNOTIFY}, "
      "{?t=ZTRIGGER.ZTRIGGERID} FROM ZTRIGGER AS t LEFT JOIN ZSHORTCUT AS s ON s.Z_PK = {t=ZTRIGGER.ZSHORTCUT} "
      "ORDER BY t.Z_PK",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(0).value_or(0));
        ShortcutTrigger record{.trigger_key = row.integer(0).value_or(0), .shortcut_key = row.integer(2)};
        record.shortcut_name = non_empty(row.text(3));
        record.modified = column_time(row, 4, where, out);
        record.is_enabled = row.boolean(5);
        record.asks_first = row.boolean(6);
        record.notifies = row.boolean(7);
        record.trigger_id = non_empty(row.text(8));
        const auto data = row.bytes(1);
        auto list = data ? Plist::parse(*data) : Result<Plist>(error(Fault::not_found, "ZDATA"));
        if (list)
          add_trigger(*list, Budget(*data, out), record);
        else
          out.anomaly("trigger_unreadable", where.rowid);
        out.emit(record, where,
                 [&](ShortcutTrigger& r) { r.extra = rest_of(db, "ZTRIGGER", record.trigger_key, trigger_columns); });
        return true;
      });
}

Result<void> read_runs(const Input& in, const Database& db, Sink& out) {
  return db.each(
      "SELECT {r=ZSHORTCUTRUNEVENT.Z_PK}, {r=ZSHORTCUTRUNEVENT.ZSHORTCUT}, {s=ZSHORTCUT.ZNAME}, "
      "{r=ZSHORTCUTRUNEVENT.ZDATE}, "
      "{?r=ZSHORTCUTRUNEVENT.ZSOURCE}, {?r=ZSHORTCUTRUNEVENT.ZOUTCOME}, {?r=ZSHORTCUTRUNEVENT.ZTRIGGER} "
      "FROM ZSHORTCUTRUNEVENT AS r LEFT JOIN ZSHORTCUT AS s ON s.Z_PK = {r=ZSHORTCUTRUNEVENT.ZSHORTCUT} ORDER BY "
      "r.Z_PK",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(0).value_or(0));
        ShortcutRun record{.shortcut_key = row.integer(1), .shortcut_name = non_empty(row.text(2))};
        record.at = column_time(row, 3, where, out);
        record.run_source = non_empty(row.text(4));
        record.run_outcome = non_empty(row.text(5));
        record.trigger_key = row.integer(6);
        const std::int64_t key = row.integer(0).value_or(0);
        out.emit(record, where, [&](ShortcutRun& r) { r.extra = rest_of(db, "ZSHORTCUTRUNEVENT", key, run_columns); });
        return true;
      });
}

struct Part {
  std::string_view table;
  std::string_view missing;  // anomaly where a generation is not known to lack the table
  Result<void> (*read)(const Input&, const Database&, Sink&);
};
constexpr std::array parts{Part{"ZSHORTCUTACTIONS", "actions_missing", read_actions},
                           Part{"ZTRIGGER", "", read_triggers}, Part{"ZSHORTCUTRUNEVENT", "", read_runs}};

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  if (!db.has_table("ZSHORTCUT")) return error(Fault::not_found, "ZSHORTCUT");
  Result<void> outcome = read_shortcuts(in, db, out);
  // One damaged table does not hide the others.
  for (const Part& part : parts) {
    if (!db.has_table(part.table)) {
      if (!part.missing.empty()) out.anomaly(part.missing);
      continue;
    }
    Result<void> next = part.read(in, db, out);
    if (!next && outcome) outcome = std::move(next);
  }
  return outcome;
}

constexpr std::array wants{Want{"HomeDomain", "Library/Shortcuts/Shortcuts.sqlite"}};
const std::array records{&record_type<Shortcut>(), &record_type<ShortcutAction>(), &record_type<ShortcutTrigger>(),
                         &record_type<ShortcutRun>()};
const Registration registration{{.name = "ios.shortcuts",
                                 .page = "ios-shortcuts.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
