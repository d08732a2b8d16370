// testudo intel export: what the store holds, for those who can use it.
#include <cstdio>
#include <optional>

#include "app/intel/sub_verb.h"
#include "app/terminal/error_line.h"
#include "app/worker/warnings.h"
#include "base/interruption.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/export/export_format.h"
#include "intel/store/indicator_query.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

struct Arguments {
  std::string format, out, source, threat, kind, as_of, audience = "green";
  std::vector<std::string> evidence;
  ExportRequest request;
  bool json = false, formats = false;
};

// The store, one indicator at a time.
class StoreSource : public ExportSource {
 public:
  StoreSource(IndicatorCursor cursor, std::vector<StoredPattern> patterns, std::uint64_t others)
      : cursor_(std::move(cursor)), patterns_(std::move(patterns)), others_(others) {}
  Result<bool> next(StoredIndicator& indicator) override { return cursor_.next(indicator); }
  Result<bool> next_pattern(StoredPattern& pattern) override {
    if (place_ == patterns_.size()) return false;
    pattern = patterns_[place_++];
    return true;
  }
  Result<std::uint64_t> other_objects() override { return others_; }

 private:
  IndicatorCursor cursor_;
  std::vector<StoredPattern> patterns_;
  std::uint64_t others_;
  std::size_t place_ = 0;
};

Result<IndicatorFilter> filter_of(const Arguments& a, const IntelCall& call, IntelStore& store) {
  IndicatorFilter filter{
      .source = a.source, .threat = a.threat, .audience = tlp_from_name(a.audience), .withdrawn = true};
  TRY(call.has_source(store, a.source));
  TRY(call.has_threat(store, a.threat));
  filter.generation = TRY(call.generation(store, a.as_of));
  if (a.kind.empty()) return filter;
  filter.kind = kind_from_name(a.kind);
  if (!filter.kind) return error(Fault::usage, "intel_no_such_kind");
  return filter;
}

// The day for which the list is made: --as-of, or the day of the store's last change, so that the same store gives the
// same octets.
Result<Time> day_of(const Arguments& a, const IntelCall& call, const IntelStore& store) {
  if (!a.as_of.empty()) return call.moment(a.as_of);
  const std::vector<Generation> history = TRY(store.history());
  return history.empty() ? call.now : history.back().at;
}

Result<void> add_evidence(const Arguments& a, ExportRequest& request) {
  constexpr std::uint64_t largest = 16ULL << 20;
  for (const std::string& path : a.evidence) {
    const Descriptor file = TRY(open_named(path));
    request.evidence.push_back({.indicator = "",
                                .content_type = "application/octet-stream",
                                .description = path.substr(path.rfind('/') + 1),
                                .payload = TRY(read_all(file.get(), largest))});
  }
  return {};
}

std::string withheld_line(const std::string& reason, std::uint64_t n, const Catalogue& words) {
  return words.say("intel.export.withheld",
                   {{"reason", reason}, {"why", words.say("intel.export.why." + reason)}, {"n", std::to_string(n)}});
}

void tell(const ExportSummary& summary, const Arguments& a, const IntelCall& call) {
  std::string text;
  if (a.json) {
    JsonText json(text);
    json.object().key("written").integer(static_cast<std::int64_t>(summary.written)).key("withheld").object();
    for (const auto& [reason, n] : summary.withheld) json.key(reason).integer(static_cast<std::int64_t>(n));
    json.end().key("files").array();
    for (const std::string& file : summary.files) json.string(file);
    json.end().end();
    text += '\n';
  } else {
    text = call.words.say_count("intel.export.written", static_cast<std::int64_t>(summary.written),
                                {{"path", visible(a.out)}}) +
           '\n';
    for (const auto& [reason, n] : summary.withheld) text += "  " + withheld_line(reason, n, call.words) + '\n';
  }
  // Where the export itself goes to standard output, what is said about it must not.
  std::fputs(text.c_str(), a.out == "-" ? stderr : stdout);
}

std::string formats_json() {
  std::string text;
  JsonText json(text);
  json.array();
  for (const ExportFormat& format : export_formats()) {
    json.object().key("name").string(format.name);
    json.key("use").string(format.use == ExportFormat::Use::block_list ? "block_list" : "exchange");
    json.key("reader").string(format.reader).end();
  }
  json.end();
  return text;
}

Result<int> list_formats(const Arguments& a, const IntelCall& call) {
  if (a.json) {
    std::puts(formats_json().c_str());
    return exit_done;
  }
  for (const ExportFormat& format : export_formats())
    call.print(format.use == ExportFormat::Use::block_list ? "intel.export.block_list" : "intel.export.exchange",
               {{"name", std::string(format.name)}, {"reader", std::string(format.reader)}});
  return exit_done;
}

Result<int> export_to(const Arguments& a, const IntelCall& call) {
  if (a.formats) return list_formats(a, call);
  const ExportFormat* format = find_export_format(a.format);
  if (format == nullptr) return error(Fault::usage, "intel_no_such_format");
  if (a.out.empty()) return error(Fault::usage, "intel_export_where");
  IntelStore store = TRY(call.open(IntelStore::Mode::read));
  const IndicatorFilter filter = TRY(filter_of(a, call, store));
  ExportRequest request = a.request;
  request.as_of = TRY(day_of(a, call, store));
  request.audience = *tlp_from_name(a.audience);
  TRY(add_evidence(a, request));
  OpenWarnings warnings;
  if (const Descriptor image = TRY(store_warnings(call.store)); image.valid())
    warnings = TRY(open_warnings(image.get()));
  if (warnings.lists) request.rules.warnings = &*warnings.lists;
  const Bystanders bystanders = TRY(Bystanders::of(store, filter.generation));
  request.rules.bystanders = &bystanders;
  std::vector<StoredPattern> patterns = TRY(united_patterns(store, filter.generation));
  narrow(patterns, filter);
  StoreSource source(TRY(IndicatorCursor::open(store, filter)), std::move(patterns), TRY(count_objects(store, filter)));
  // A reader of standard output that has seen enough ends the program as usual.
  std::optional<Interruption> interruption;
  if (a.out != "-") interruption.emplace(error_line(call.words, "error.export_interrupted"));
  tell(TRY(write_export(*format, request, source, a.out)), a, call);
  return exit_done;
}

}  // namespace

void add_intel_export(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("export", a, export_to);
  sub.option("--format", a->format);
  sub.option("--out", a->out);
  sub.flag("--formats", a->formats);
  sub.option("--audience", a->audience).one_of({"clear", "green", "amber", "amber+strict", "red"});
  sub.option("--source", a->source);
  sub.option("--threat", a->threat);
  sub.option("--kind", a->kind);
  sub.option("--as-of", a->as_of);
  sub.option("--title", a->request.title);
  sub.option("--author", a->request.author);
  sub.option("--action", a->request.action);
  sub.option("--zone", a->request.zone);
  sub.option("--reference", a->request.reference);
  sub.option("--sid-base", a->request.sid_base);
  sub.option("--previous", a->request.previous);
  sub.option("--contact", a->request.contact);
  sub.option("--domain", a->request.domain);
  sub.option("--evidence", a->evidence).one_at_a_time();
  sub.flag("--json", a->json);
}

}  // namespace testudo
