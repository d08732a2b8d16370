// testudo check: evidence in, findings and coverage out.
#include <cstdio>
#include <filesystem>

#include "app/check/ios_check.h"
#include "app/check/output_folder.h"
#include "app/terminal/error_line.h"
#include "app/terminal/named_file.h"
#include "app/terminal/summary.h"
#include "app/verb/verb.h"
#include "report/redaction.h"

namespace testudo {
namespace {

struct Arguments {
  std::vector<std::string> evidence, intel;
  std::string case_folder, pseudonym, consent, out_folder, records, password_file, key_file, as_of, seized_from,
      seized_to, fail_at = "medium";
  unsigned jobs = 0;
  bool json = false, quiet = false, redact = false, hash_everything = false, incomplete = false;
};

// A date alone stands for the whole day.
Result<std::optional<Seizure>> seizure_of(const Arguments& a) {
  constexpr std::int64_t micros_a_day = 86'400'000'000;
  constexpr std::size_t size_of_date = 10;
  if (a.seized_from.empty() && a.seized_to.empty()) return std::optional<Seizure>();
  if (a.seized_from.empty() || a.seized_to.empty()) return error(Fault::usage, "seized_needs_both");
  const auto from = parse_rfc3339(a.seized_from);
  auto to = parse_rfc3339(a.seized_to);
  if (!from || !to) return error(Fault::usage, "bad_as_of");
  if (a.seized_to.size() == size_of_date) to->micros += micros_a_day - 1;
  if (*to < *from) return error(Fault::usage, "seized_reversed");
  return std::optional(Seizure{*from, *to});
}

bool is_one_place(const std::string& a, const std::string& b) {
  std::error_code fault;
  const auto place = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path + "/", fault), fault);
  };
  return place(a) == place(b);
}

Result<CheckOptions> options_of(const Arguments& a, const std::string& evidence) {
  if (a.case_folder.empty() && !(a.pseudonym.empty() && a.consent.empty()))
    return error(Fault::usage, "facts_need_case");
  if (a.hash_everything && a.out_folder.empty()) return error(Fault::usage, "hashes_need_out");
  if (!a.records.empty() && a.records != "none" && a.case_folder.empty() && a.out_folder.empty())
    return error(Fault::usage, "records_need_place");
  if (!a.case_folder.empty() && !a.out_folder.empty() && is_one_place(a.case_folder, a.out_folder))
    return error(Fault::usage, "case_is_output");
  CheckOptions options;
  options.evidence = evidence;
  options.intel = a.intel;
  if (!a.case_folder.empty()) options.case_folder = a.case_folder;
  options.facts = {.pseudonym = a.pseudonym, .consent = a.consent, .notes = ""};
  if (!a.out_folder.empty()) options.out_folder = a.out_folder;
  options.records = a.records == "findings" ? KeepRecords::findings
                    : a.records == "none"   ? KeepRecords::none
                                            : KeepRecords::all;
  if (!a.as_of.empty()) {
    options.as_of = parse_rfc3339(a.as_of);
    if (!options.as_of) return error(Fault::usage, "bad_as_of");
  }
  options.seizure = TRY(seizure_of(a));
  options.jobs = a.jobs;
  options.hash_everything = a.hash_everything;
  options.accept_incomplete = a.incomplete;
  options.redaction = a.redact ? Redaction::content : Redaction::none;
  return options;
}

void print_json(const CheckReport& report, Redaction redaction) {
  for (const Finding& finding : report.findings) {
    const std::string line = finding_to_json(finding, redaction) + "\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
  const std::string line = summary_line(report) + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
}

// Whoever names indicators and looks at the number alone must not take "none were loaded" for "none was met".
int status_of(const CheckReport& report, Severity fail_at, bool lacks_indicators) {
  if (report.any_at_least(fail_at)) return exit_found;
  return report.is_incomplete() || lacks_indicators || !report.unread_feeds.empty() ? exit_incomplete : exit_done;
}

Result<int> check(const Arguments& arguments, const std::string& evidence, const Credentials& credentials,
                  VerbContext& context, const Catalogue& words) {
  const CheckOptions options = TRY(options_of(arguments, evidence));
  const auto style = Progress::choose(arguments.json, arguments.quiet);
  CheckReport report = TRY(check_ios_backup(context.zygote, options, credentials, words, style));
  const bool lacks_indicators = !options.intel.empty() && report.indicators == 0;
  if (lacks_indicators && !arguments.json) std::fprintf(stderr, "%s\n", error_line(words, "check.intel_empty").c_str());
  // Files were redacted as they were written; what is printed is redacted here.
  if (options.redaction == Redaction::content) redact(report);
  if (arguments.json && !arguments.quiet) print_json(report, options.redaction);
  if (!arguments.json && !arguments.quiet) print_summary(report, words, options);
  return status_of(report, *severity_from_name(arguments.fail_at), lacks_indicators);
}

// Several pieces of evidence are checked one after another, each into a folder of its own below --out. What was found
// in one is not hidden by another that cannot be read.
Result<int> check_all(const Arguments& arguments, VerbContext& context, const Catalogue& words) {
  if (arguments.evidence.size() > 1 && !arguments.case_folder.empty()) return error(Fault::usage, "case_of_several");
  TRY(look_at_named(words, "--intel", arguments.intel));
  const Credentials credentials = TRY(read_credentials(arguments.password_file, arguments.key_file, words));
  std::optional<OutputFolder> above;  // goes again if nothing of any backup stays in it
  if (arguments.evidence.size() > 1 && !arguments.out_folder.empty())
    above = TRY(OutputFolder::make(arguments.out_folder));
  bool failed = false, found = false, incomplete = false;
  for (std::size_t i = 0; i < arguments.evidence.size(); ++i) {
    Arguments one = arguments;
    if (arguments.evidence.size() > 1 && !one.out_folder.empty()) one.out_folder += "/" + std::to_string(i + 1);
    const auto done = check(one, arguments.evidence[i], credentials, context, words);
    if (!done) static_cast<void>(fail(words, done.error(), arguments.evidence.size() > 1 ? arguments.evidence[i] : ""));
    failed |= !done;
    found |= done && *done == exit_found;
    incomplete |= done && *done == exit_incomplete;
  }
  return found ? exit_found : failed ? exit_failed : incomplete ? exit_incomplete : exit_done;
}

}  // namespace

void add_check_verb(Verb program, VerbContext& context) {
  auto a = std::make_shared<Arguments>();
  Verb verb = program.add_verb("check", [a, &context] {
    return run_action(context, [&](const Catalogue& words) { return check_all(*a, context, words); });
  });
  verb.option("evidence", a->evidence).required();
  verb.option("--intel", a->intel).one_at_a_time();
  verb.option("--case", a->case_folder);
  verb.option("--pseudonym", a->pseudonym);
  verb.option("--consent", a->consent);
  verb.option("--out", a->out_folder);
  verb.option("--records", a->records).one_of({"all", "findings", "none"});
  verb.option("--password-file", a->password_file);
  verb.option("--key-file", a->key_file);
  verb.option("--as-of", a->as_of);
  verb.option("--seized-from", a->seized_from);
  verb.option("--seized-to", a->seized_to);
  verb.option("--fail-at", a->fail_at).one_of({"info", "low", "medium", "high", "critical"});
  verb.option("--jobs", a->jobs).range(1, 64);
  verb.flag("--json", a->json);
  verb.flag("--quiet", a->quiet);
  verb.flag("--redact", a->redact);
  verb.flag("--hash-everything", a->hash_everything);
  verb.flag("--incomplete", a->incomplete);
}

}  // namespace testudo
