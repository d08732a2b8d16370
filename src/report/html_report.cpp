// report.html: the page, its head and the order of its parts. The verdict and the advice come first, what only an
// expert needs last. Floor 5.
#include "report/html_report.h"

#include "base/embedded.h"
#include "report/html_page.h"
#include "report/redaction.h"

namespace testudo {
namespace {

// Nothing may be loaded and nothing may run: the report is opened on machines of people under attack.
constexpr const char* policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

void write_head(const Page& page) {
  Html& html = page.html;
  const Element head(html, "head");
  html.line().leaf("meta", {{"charset", "utf-8"}});
  html.line().leaf("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html.line().leaf("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.line().leaf("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.line().leaf("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html.line().leaf("meta", {{"name", "robots"}, {"content", "noindex"}});
  // Phones would turn numbers into links that call them.
  html.line().leaf("meta",
                   {{"name", "format-detection"}, {"content", "telephone=no, date=no, address=no, email=no, url=no"}});
  html.line().element("title", page.words.say("report.title")).line();
  const Element style(html, "style");
  html.trusted(embedded_file("knowledge/report/report.css").value_or(""));
}

void write_contents(const Page& page) {
  const Element nav(page.html, "nav", {{"aria-label", page.words.say("report.contents")}});
  const Element list(page.html, "ul");
  const std::pair<const char*, std::string> entries[] = {{"#life", page.words.say("report.heading.life")},
                                                         {"#findings", page.words.say("report.heading.findings")},
                                                         {"#coverage", page.words.say("report.heading.coverage")},
                                                         {"#device", page.words.say("report.heading.device")},
                                                         {"#feeds", page.words.say("report.heading.feeds")},
                                                         {"#evidence", page.words.say("report.heading.evidence")},
                                                         {"#verify", page.words.say("report.heading.verify")},
                                                         {"#limits", page.words.say("report.heading.limits")},
                                                         {"#glossary", page.words.say("report.heading.glossary")}};
  for (const auto& [anchor, text] : entries) {
    const Element item(page.html, "li");
    page.html.element("a", text, {{"href", anchor}});
  }
}

void write_body(const Page& page) {
  Html& html = page.html;
  const Element body(html, "body");
  html.line();
  const Element main(html, "main");
  write_verdict(page);
  write_next_steps(page);
  write_contents(page);
  write_life(page);
  write_findings(page);
  write_coverage(page);
  write_device(page);
  write_feeds(page);
  write_evidence(page);
  write_how_to_verify(page);
  write_limits(page);
  write_glossary(page);
}

}  // namespace

std::string html_report(const CheckReport& report, const Catalogue& words, Redaction redaction) {
  CheckReport shared;
  const bool redacted = redaction == Redaction::content;
  if (redacted) redact(shared = report);
  const CheckReport& shown = redacted ? shared : report;
  const std::vector<FindingGroup> groups = group_findings(shown.findings);
  std::string out;
  Html html(out);
  const Page page{html, shown, groups, words, redacted};
  // The pseudo-language of the tests is no tag of BCP 47 by itself; browsers ignore it.
  html.trusted("<!DOCTYPE html>\n");
  {
    const Element root(html, "html",
                       {{"lang", std::string(words.language())}, {"dir", words.right_to_left() ? "rtl" : "ltr"}});
    html.line();
    write_head(page);
    html.line();
    write_body(page);
  }
  html.line();
  return out;
}

}  // namespace testudo
