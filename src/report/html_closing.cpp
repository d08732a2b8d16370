// The end of report.html: how to verify it, what a backup cannot show, and the words that were used. Floor 5.
#include <algorithm>

#include "report/html_page.h"

namespace testudo {
namespace {

// The finding whose record can be looked up by hand: the first with a row and a stored file.
struct Example {
  std::string stored, path;
  std::uint64_t row = 0;
  std::string log;  // of a database with a log, where the log is stored; else empty
};

// The name in the backup of the log that lies beside a database on the phone.
std::string log_of(const SourceCoverage& source, const std::string& path) {
  const auto log = std::ranges::find(source.files, path + "-wal", &SourceFile::path);
  return log == source.files.end() ? std::string() : log->stored;
}

std::optional<Example> example_of(const CheckReport& report) {
  for (const Finding& finding : report.findings) {
    if (!finding.rowid || finding.evidence_sha256.empty()) continue;
    for (const SourceCoverage& source : report.coverage)
      for (const SourceFile& file : source.files)
        if (file.path == finding.evidence_path && file.sha256 == finding.evidence_sha256)
          return Example{file.stored, file.path, *finding.rowid, log_of(source, file.path)};
  }
  return std::nullopt;
}

// A row of the database at `path` that shows only with its log.
std::string row_of_log(const CheckReport& report, const std::string& path) {
  for (const Finding& finding : report.findings)
    if (finding.rowid && finding.state == "wal_only" && finding.evidence_path == path)
      return std::to_string(*finding.rowid);
  return "ROW";
}

void write_command(const Page& page, const std::string& why, const std::string& command) {
  const Element item(page.html, "li");
  page.html.element("p", why);
  const Element block(page.html, "pre", {{"dir", "ltr"}});
  page.html.element("code", command);
}

void write_paragraphs(const Page& page, std::initializer_list<std::string> texts) {
  const Element list(page.html, "ul");
  for (const std::string& text : texts) page.html.line().element("li", text);
}

// Files were missing, or the list of them stopped early: such a backup is refused without --incomplete. It changes
// nothing of one that is whole.
bool lacks_files(const CheckReport& report) {
  return std::ranges::any_of(report.coverage, [](const SourceCoverage& source) {
    return std::ranges::any_of(source.anomalies,
                               [](const Anomaly& a) { return a.name == "list_cut" || a.name == "file_missing"; });
  });
}

// Names every option that the report depends on.
std::string check_command(const Page& page) {
  const CheckReport& report = page.report;
  std::string command = "testudo check BACKUP " + std::string(report.feeds.empty() ? "" : "--intel FEED ") +
                        "--out RESULTS --as-of " + to_rfc3339(report.as_of);
  if (report.seizure)
    command += " --seized-from " + to_rfc3339(report.seizure->from) + " --seized-to " + to_rfc3339(report.seizure->to);
  if (lacks_files(report)) command += " --incomplete";
  if (page.redacted) command += " --redact";
  if (page.words.language() != "en") command += " --lang " + std::string(page.words.language());
  return command;
}

}  // namespace

void write_how_to_verify(const Page& page) {
  const Catalogue& words = page.words;
  const Element section(page.html, "section", {{"aria-labelledby", "verify"}});
  write_heading(page, "verify", words.say("report.heading.verify"));
  page.html.element("p", words.say("report.verify.intro"), {{"class", "note"}});
  const auto example = example_of(page.report);
  const std::string stored = example ? example->stored : "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28";
  const std::string look = "sqlite3 'file:" + stored + "?mode=ro&immutable=1' ";
  const Element list(page.html, "ol", {{"class", "steps"}});
  write_command(page, words.say("report.verify.hash"), "sha256sum " + stored);
  if (page.report.device.encrypted)
    write_command(page, words.say("report.verify.unlock"), "testudo unlock BACKUP --out COPY");
  write_command(page, words.say("report.verify.tables"), look + ".schema");
  const std::string row = example ? std::to_string(example->row) : "ROW";
  const auto select = [](const std::string& number) {
    return "'SELECT * FROM TABLE_NAME WHERE ROWID = " + number + "'";
  };
  write_command(page, words.say("report.verify.row", {{"row", row}}), look + select(row));
  if (example && !example->log.empty())
    write_command(page, words.say("report.verify.log"),
                  "cp " + stored + " look.db && cp " + example->log + " look.db-wal && sqlite3 look.db " +
                      select(row_of_log(page.report, example->path)));
  write_command(page, words.say("report.verify.again"), check_command(page));
}

void write_limits(const Page& page) {
  const Catalogue& words = page.words;
  const Element section(page.html, "section", {{"aria-labelledby", "limits"}});
  write_heading(page, "limits", words.say("report.heading.limits"));
  write_paragraphs(
      page, {words.say("report.limits.part"), words.say("report.limits.traces"), words.say("report.limits.known"),
             words.say("report.limits.planted"), words.say("report.limits.clock"), words.say("report.limits.person")});
}

void write_glossary(const Page& page) {
  const Catalogue& words = page.words;
  const Element section(page.html, "section", {{"aria-labelledby", "glossary"}});
  write_heading(page, "glossary", words.say("report.heading.glossary"));
  const Element list(page.html, "dl", {{"class", "glossary"}});
  const auto entry = [&](const std::string& word, const std::string& meaning) {
    page.html.line().element("dt", word).element("dd", meaning);
  };
  entry(words.say("report.glossary.indicator"), words.say("report.glossary.indicator.means"));
  entry(words.say("report.glossary.feed"), words.say("report.glossary.feed.means"));
  entry(words.say("report.glossary.rule"), words.say("report.glossary.rule.means"));
  entry(words.say("report.glossary.severity"), words.say("report.glossary.severity.means"));
  entry(words.say("report.glossary.confidence"), words.say("report.glossary.confidence.means"));
  entry(words.say("report.glossary.corroborated"), words.say("report.glossary.corroborated.means"));
  entry(words.say("report.glossary.sha256"), words.say("report.glossary.sha256.means"));
  entry(words.say("report.glossary.log"), words.say("report.glossary.log.means"));
  entry(words.say("report.glossary.utc"), words.say("report.glossary.utc.means"));
  entry(words.say("report.glossary.defanged"), words.say("report.glossary.defanged.means"));
}

}  // namespace testudo
