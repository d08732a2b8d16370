// The facts behind report.html: the device, the indicators and their age, the stored files and their hashes. Floor 5.
#include <map>

#include "report/html_page.h"
#include "report/html_table.h"

namespace testudo {
namespace {

constexpr std::size_t most_files = 500;
constexpr std::int64_t micros_a_day = 86'400'000'000;

void write_hash(Html& html, Table::Row& row, const std::string& sha256) {
  const Table::Cell cell(row, sha256.empty() ? Table::Is::blank : Table::Is::value);
  html.element("code", sha256.empty() ? "–" : sha256, {{"class", "hash"}, {"dir", "ltr"}});
}

std::string age_in_words(const Catalogue& words, const FeedFacts& feed, Time as_of) {
  if (!feed.newest) return words.say("report.feeds.no_date");
  const std::int64_t days = (as_of.micros - feed.newest->micros) / micros_a_day;
  if (days < 0) return words.say("report.feeds.younger", {{"date", plain_day(*feed.newest)}});
  return words.say_count("report.feeds.age", days, {{"date", plain_day(*feed.newest)}});
}

struct File {
  std::string path, sha256;
  std::uint64_t bytes = 0;
};

// By stored name: a file that several sources read is listed once.
std::map<std::string, File> stored_files(const CheckReport& report) {
  std::map<std::string, File> files;
  for (const SourceCoverage& source : report.coverage)
    for (const SourceFile& file : source.files) files.emplace(file.stored, File{file.path, file.sha256, file.bytes});
  return files;
}

}  // namespace

void write_device(const Page& page) {
  const Catalogue& words = page.words;
  const DeviceFacts& device = page.report.device;
  const Element section(page.html, "section", {{"aria-labelledby", "device"}});
  write_heading(page, "device", words.say("report.heading.device"));
  const Element list(page.html, "dl", {{"class", "facts grid"}});
  const auto fact = [&](const std::string& name, const std::string& value) {
    const Element row(page.html, "div");
    page.html.element("dt", name);
    const Element cell(page.html, "dd");
    page.html.element("bdi", value.empty() ? words.say("report.unknown") : value);
  };
  const std::string kind = "report.evidence." + page.report.evidence_kind;
  fact(words.say("report.device.evidence"), words.has(kind) ? words.say(kind) : page.report.evidence_kind);
  fact(words.say("report.device.evidence_sha256"), page.report.evidence_sha256);
  fact(words.say("report.device.name"), device.name);
  fact(words.say("report.device.product"), device.product());
  fact(words.say("report.device.system"),
       device.system_version + (device.build.empty() ? "" : " (" + device.build + ")"));
  fact(words.say("report.device.serial"), device.serial);
  fact(words.say("report.device.unique_id"), device.unique_id);
  fact(words.say("report.device.backup_date"), device.backup_date ? plain_time(*device.backup_date) + " UTC" : "");
  fact(words.say("report.device.encrypted"), words.say(device.encrypted ? "report.yes" : "report.no"));
  fact(words.say("report.device.as_of"), plain_time(page.report.as_of) + " UTC");
}

namespace {

// What was named as a feed and is none.
void write_not_feeds(const Page& page) {
  if (page.report.not_feeds.empty()) return;
  std::string names;
  for (const std::string& name : page.report.not_feeds) names += (names.empty() ? "" : ", ") + name;
  page.html.element("p", page.words.say("report.feeds.not_feeds", {{"names", names}}));
}

}  // namespace

void write_feeds(const Page& page) {
  const Catalogue& words = page.words;
  const Element section(page.html, "section", {{"aria-labelledby", "feeds"}});
  write_heading(page, "feeds", words.say("report.heading.feeds"));
  write_not_feeds(page);
  if (page.report.feeds.empty()) {
    page.html.element("p", words.say("report.feeds.none"));
    return;
  }
  page.html.element("p", words.say("report.feeds.intro", {{"n", grouped_digits(page.report.indicators)}}),
                    {{"class", "note"}});
  Table table(page.html, words.say("report.feeds.caption"),
              {words.say("report.column.feed"), words.say("report.column.indicators"),
               words.say("report.column.not_evaluated"), words.say("report.column.age"), "SHA-256"});
  for (const FeedFacts& feed : page.report.feeds) {
    Table::Row row(table);
    row.text(feed.name, Table::Is::head);
    row.text(grouped_digits(feed.indicators), Table::Is::value, "number");
    row.text(grouped_digits(feed.not_evaluated), Table::Is::value, "number");
    row.text(age_in_words(words, feed, page.report.as_of));
    write_hash(page.html, row, feed.sha256);
  }
}

void write_evidence(const Page& page) {
  const Catalogue& words = page.words;
  const auto files = stored_files(page.report);
  const Element section(page.html, "section", {{"aria-labelledby", "evidence"}});
  write_heading(page, "evidence", words.say("report.heading.evidence"));
  page.html.element("p", words.say("report.evidence.intro"), {{"class", "note"}});
  const Element fold(page.html, "details");
  page.html.element("summary", words.say_count("report.evidence.files", static_cast<std::int64_t>(files.size())));
  {
    Table table(page.html, words.say("report.evidence.caption"),
                {words.say("report.column.file"), words.say("report.column.bytes"), "SHA-256"});
    std::size_t shown = 0;
    for (const auto& [stored, file] : files) {
      if (++shown > most_files) break;
      Table::Row row(table);
      {
        const Table::Cell cell(row, Table::Is::head);
        page.html.element("code", stored, {{"class", "hash"}, {"dir", "ltr"}});
        if (file.path != stored) page.html.element("span", file.path, {{"class", "path"}, {"dir", "ltr"}});
      }
      row.text(grouped_digits(file.bytes), Table::Is::value, "number");
      write_hash(page.html, row, file.sha256);
    }
  }
  if (files.size() > most_files)
    page.html.element("p",
                      words.say_count("report.evidence.more", static_cast<std::int64_t>(files.size() - most_files)));
}

}  // namespace testudo
