// testudo case: a case is kept, looked at, matched again and compared, without its evidence.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/case/case_files.h"
#include "app/case/case_pages.h"
#include "app/case/stored_case.h"
#include "app/check/output_folder.h"
#include "app/terminal/error_line.h"
#include "app/terminal/named_file.h"
#include "app/verb/verb.h"
#include "base/descriptor.h"
#include "base/interruption.h"
#include "report/redaction.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> folders, intel;
  std::string folder, finding, sql, out, state, reason;
  std::optional<std::string> pseudonym, consent, notes;
  bool json = false, redact = false;
};

using Action = Result<int> (*)(const Arguments&, VerbContext&, const Catalogue&);

int status_of(const std::vector<Finding>& fresh, bool incomplete) {
  const bool found = std::ranges::any_of(fresh, [](const Finding& f) { return f.severity >= Severity::medium; });
  return found ? exit_found : incomplete ? exit_incomplete : exit_done;
}

// Whether a folder is to be told of as a case: it is one, or it may be one that nobody lets us look into.
bool may_be_case(const std::string& folder) {
  const auto there = is_there(folder + "/store.db");
  return !there || *there;
}

// The cases among the paths: each is one, or a folder that holds some. What holds none stands for itself, so that it is
// told of.
std::vector<std::string> cases_at(const std::vector<std::string>& paths) {
  std::vector<std::string> found;
  std::error_code fault;
  for (const std::string& path : paths) {
    std::vector<std::string> inside;
    if (!may_be_case(path))
      for (const auto& entry : std::filesystem::directory_iterator(path, fault))
        if (may_be_case(entry.path().string())) inside.push_back(entry.path().string());
    if (inside.empty()) inside.push_back(path);
    std::ranges::sort(inside);
    found.insert(found.end(), inside.begin(), inside.end());
  }
  return found;
}

Result<void> list_one(const std::string& folder, bool json, const Catalogue& words) {
  CaseStore store = TRY(open_case(folder, Connection::Mode::read_only));
  const CheckReport report = TRY(stored_report(store));
  std::puts(list_line(folder, store, report, TRY(store.facts()), words, json).c_str());
  return {};
}

Result<int> list(const Arguments& a, VerbContext&, const Catalogue& words) {
  int status = exit_done;
  for (const std::string& folder : cases_at(a.folders))
    if (const auto listed = list_one(folder, a.json, words); !listed) status = fail(words, listed.error(), folder);
  return status;
}

Result<int> show(const Arguments& a, VerbContext&, const Catalogue& words) {
  CaseStore store = TRY(open_case(a.folder, Connection::Mode::read_only));
  const CheckReport report = TRY(stored_report(store));
  show_case(report, TRY(store.facts()), TRY(store.findings()), words, a.json);
  return exit_done;
}

struct OpenedCase {
  CaseLock lock;
  CaseStore store;
};

Result<OpenedCase> open_to_change(const std::string& folder) {
  TRY(open_case(folder, Connection::Mode::read_only));  // says what is wrong with a folder that is no case
  CaseLock lock = TRY(CaseLock::take(folder));
  CaseStore store = TRY(open_case(folder, Connection::Mode::read_write));
  return OpenedCase{std::move(lock), std::move(store)};
}

Redaction redaction_of(const Arguments& a) { return a.redact ? Redaction::content : Redaction::none; }

Result<int> edit(const Arguments& a, VerbContext&, const Catalogue& words) {
  if (!a.pseudonym && !a.consent && !a.notes) return error(Fault::usage, "case_edit_what");
  OpenedCase opened = TRY(open_to_change(a.folder));
  CaseStore& store = opened.store;
  CaseFacts facts = TRY(store.facts());
  if (a.pseudonym) facts.pseudonym = *a.pseudonym;
  if (a.consent) facts.consent = *a.consent;
  if (a.notes) facts.notes = *a.notes;
  TRY(store.set_facts(facts));
  std::puts(words.say("case.edited").c_str());
  return exit_done;
}

// A finding may be named by the beginning of its id, if only one begins so.
Result<std::string> finding_named(const CaseStore& store, const std::string& name) {
  std::string id;
  for (const StoredFinding& finding : TRY(store.findings())) {
    if (name.size() < 4 || !finding.id.starts_with(name)) continue;
    if (!id.empty()) return error(Fault::usage, "case_finding_ambiguous");
    id = finding.id;
  }
  if (id.empty()) return error(Fault::not_found, "case_no_finding");
  return id;
}

Result<int> dispose(const Arguments& a, VerbContext&, const Catalogue& words) {
  if (a.state != "open" && a.reason.empty()) return error(Fault::usage, "case_needs_reason");
  OpenedCase opened = TRY(open_to_change(a.folder));
  CaseStore& store = opened.store;
  const std::string id = TRY(finding_named(store, a.finding));
  TRY(store.set_disposition({id, a.state, a.reason}));
  std::puts(words.say("case.disposed", {{"finding", id}, {"state", words.say("case.disposition." + a.state)}}).c_str());
  return exit_done;
}

// What the database says of a query is for who wrote it, behind a sentence that says what it is about.
Result<int> query(const Arguments& a, VerbContext&, const Catalogue& words) {
  CaseStore store = TRY(open_case(a.folder, Connection::Mode::read_only));
  const auto printed = print_query(store, a.sql, a.json);
  if (!printed && !words.has("error." + printed.error().what))
    return error(printed.error().fault, words.say("case.query_failed", {{"text", printed.error().what}}));
  if (!printed) return printed.error();
  return exit_done;
}

Result<int> timeline(const Arguments& a, VerbContext&, const Catalogue& words) {
  CaseStore store = TRY(open_case(a.folder, Connection::Mode::read_only));
  const Interruption interruption(error_line(words, "error.interrupted"));
  const CheckReport report = TRY(stored_report(store));
  const auto written = write_case_timeline(store.connection(), report, a.out);
  if (!written) return not_written(words, "--out", a.out, written.error());
  const std::uint64_t records = *written;
  std::puts(words.say("case.written", {{"path", a.out}}).c_str());
  const std::uint64_t expected = report.records();
  if (records >= expected) return exit_done;
  std::puts(
      words
          .say_count("case.timeline.part", static_cast<std::int64_t>(records), {{"expected", std::to_string(expected)}})
          .c_str());
  return exit_incomplete;
}

void redact(Rematch& rematch) {
  testudo::redact(rematch.report);
  for (std::vector<Finding>* findings : {&rematch.fresh, &rematch.gone})
    for (Finding& finding : *findings) testudo::redact(finding);
}

Result<int> rematch(const Arguments& a, VerbContext& context, const Catalogue& words) {
  TRY(look_at_named(words, "--intel", a.intel));
  OpenedCase opened = TRY(open_to_change(a.folder));
  const Interruption interruption(error_line(words, "error.interrupted"));
  std::optional<OutputFolder> out;
  if (!a.out.empty()) out = TRY(OutputFolder::make(a.out));
  Rematch done = TRY(rematch_case(context.zygote, opened.store, a.intel, words));
  // Before the case changes: what is new is told once.
  if (out) TRY(export_report(done.report, *out, words, redaction_of(a)));
  {
    const EndHeld held;
    TRY(keep_rematch(opened.store, done.report));
    if (out) out->keep();
  }
  if (a.redact) redact(done);
  print_rematch(done, words, a.json);
  return status_of(done.fresh, !done.whole() || done.report.is_incomplete() || !done.report.unread_feeds.empty());
}

Result<int> compare(const Arguments& a, VerbContext&, const Catalogue& words) {
  const Comparison done = TRY(compare_case(a.folder, a.state));
  print_comparison(done, words, a.json);
  return status_of(done.fresh, done.incomplete);
}

Result<int> export_to(const Arguments& a, VerbContext&, const Catalogue& words) {
  CaseStore store = TRY(open_case(a.folder, Connection::Mode::read_only));
  const Interruption interruption(error_line(words, "error.interrupted"));
  OutputFolder out = TRY(OutputFolder::make(a.out));
  TRY(export_report(TRY(stored_report(store)), out, words, redaction_of(a)));
  out.keep();
  std::puts(words.say("case.written", {{"path", a.out}}).c_str());
  return exit_done;
}

void add_folder(Verb sub, Arguments& a) { sub.option("case", a.folder).required(); }
void add_json(Verb sub, Arguments& a) { sub.flag("--json", a.json); }
void add_redact(Verb sub, Arguments& a) { sub.flag("--redact", a.redact); }

}  // namespace

void add_case_verb(Verb program, VerbContext& context) {
  auto a = std::make_shared<Arguments>();
  Verb group = program.add_group("case");
  const auto add = [&](const char* name, Action action) {
    return group.add_verb(name, [a, &context, action] {
      return run_action(context, [&](const Catalogue& words) { return action(*a, context, words); });
    });
  };
  Verb sub = add("list", list);
  sub.option("cases", a->folders).required();
  add_json(sub, *a);
  sub = add("show", show);
  add_folder(sub, *a);
  add_json(sub, *a);
  sub = add("edit", edit);
  add_folder(sub, *a);
  sub.option("--pseudonym", a->pseudonym);
  sub.option("--consent", a->consent);
  sub.option("--notes", a->notes);
  sub = add("dispose", dispose);
  add_folder(sub, *a);
  sub.option("finding", a->finding).required();
  sub.option("--state", a->state).required().one_of({"open", "confirmed", "benign"});
  sub.option("--reason", a->reason);
  sub = add("query", query);
  add_folder(sub, *a);
  sub.option("sql", a->sql).required();
  add_json(sub, *a);
  sub = add("timeline", timeline);
  add_folder(sub, *a);
  sub.option("--out", a->out).required();
  sub = add("rematch", rematch);
  add_folder(sub, *a);
  sub.option("--intel", a->intel).required().one_at_a_time();
  sub.option("--out", a->out);
  add_redact(sub, *a);
  add_json(sub, *a);
  sub = add("compare", compare);
  add_folder(sub, *a);
  sub.option("--to", a->state);
  add_json(sub, *a);
  sub = add("export", export_to);
  add_folder(sub, *a);
  sub.option("--out", a->out).required();
  add_redact(sub, *a);
}

}  // namespace testudo
