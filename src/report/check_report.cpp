#include "report/check_report.h"

#include <algorithm>

#include "base/json_text.h"

namespace testudo {
namespace {

void write_time(JsonText& json, const std::optional<Time>& time) {
  if (time)
    json.string(to_rfc3339(*time));
  else
    json.null();
}

void write_source(JsonText& json, const SourceCoverage& source) {
  json.object();
  json.key("source").string(source.source);
  json.key("status").string(source_status_name(source.status));
  json.key("reason").string(source.reason);
  json.key("records").integer(static_cast<std::int64_t>(source.records));
  json.key("bytes").integer(static_cast<std::int64_t>(source.bytes));
  json.key("anomalies").array();
  for (const Anomaly& anomaly : source.anomalies) {
    json.object().key("name").string(anomaly.name);
    json.key("offset");
    if (anomaly.offset)
      json.integer(static_cast<std::int64_t>(*anomaly.offset));
    else
      json.null();
    json.key("count").integer(static_cast<std::int64_t>(anomaly.count)).end();
  }
  json.end();
  json.key("first_time");
  write_time(json, source.first_time);
  json.key("last_time");
  write_time(json, source.last_time);
  json.key("files").array();
  for (const SourceFile& file : source.files) {
    json.object().key("path").string(file.path).key("stored").string(file.stored);
    json.key("bytes").integer(static_cast<std::int64_t>(file.bytes)).key("sha256").string(file.sha256).end();
  }
  json.end().end();
}

void write_device(JsonText& json, const DeviceFacts& device) {
  json.object();
  json.key("name").string(device.name);
  json.key("product_type").string(device.product_type);
  json.key("model").string(device.model);
  json.key("system_version").string(device.system_version);
  json.key("build").string(device.build);
  json.key("serial").string(device.serial);
  json.key("unique_id").string(device.unique_id);
  json.key("backup_date");
  write_time(json, device.backup_date);
  json.key("encrypted").boolean(device.encrypted);
  json.end();
}

void write_counts(JsonText& json, const CheckReport& report) {
  json.key("findings").object();
  const auto counts = report.by_severity();
  for (std::size_t i = counts.size(); i-- > 0;)
    json.key(severity_name(static_cast<Severity>(i))).integer(static_cast<std::int64_t>(counts[i]));
  json.key("left_out").integer(static_cast<std::int64_t>(report.findings_left_out)).end();
  json.key("coverage").object();
  for (SourceStatus status :
       {SourceStatus::parsed, SourceStatus::partial, SourceStatus::absent, SourceStatus::unsupported}) {
    const auto count = std::ranges::count(report.coverage, status, &SourceCoverage::status);
    json.key(source_status_name(status)).integer(count);
  }
  json.end();
}

void write_feeds(JsonText& json, const CheckReport& report) {
  json.key("indicators").integer(static_cast<std::int64_t>(report.indicators));
  json.key("feeds").array();
  for (const FeedFacts& feed : report.feeds) {
    json.object().key("name").string(feed.name);
    json.key("indicators").integer(static_cast<std::int64_t>(feed.indicators));
    json.key("not_evaluated").integer(static_cast<std::int64_t>(feed.not_evaluated));
    json.key("defects").integer(static_cast<std::int64_t>(feed.defects));
    json.key("newest");
    write_time(json, feed.newest);
    json.key("sha256").string(feed.sha256).end();
  }
  json.end();
  for (const auto& [key, names] : {std::pair("not_feeds", &report.not_feeds), {"unread_feeds", &report.unread_feeds}}) {
    json.key(key).array();
    for (const std::string& name : *names) json.string(name);
    json.end();
  }
}

void write_seizure(JsonText& json, const CheckReport& report) {
  json.key("seized");
  if (!report.seizure) {
    json.null();
    return;
  }
  json.object().key("from").string(to_rfc3339(report.seizure->from)).key("to").string(to_rfc3339(report.seizure->to));
  json.key("findings").integer(static_cast<std::int64_t>(report.while_seized())).end();
}

void write_summary(JsonText& json, const CheckReport& report) {
  json.object();
  json.key("verdict").string(report.verdict());
  json.key("evidence").object().key("kind").string(report.evidence_kind);
  json.key("sha256").string(report.evidence_sha256).key("interrupted");
  if (report.interrupted)
    json.boolean(*report.interrupted);
  else
    json.null();
  json.end();
  json.key("device");
  write_device(json, report.device);
  json.key("as_of").string(to_rfc3339(report.as_of));
  write_seizure(json, report);
  write_counts(json, report);
  write_feeds(json, report);
  json.key("rule_failures").array();
  for (const std::string& failure : report.rule_failures) json.string(failure);
  json.end().end();
}

}  // namespace

std::array<std::uint64_t, 5> CheckReport::by_severity() const {
  std::array<std::uint64_t, 5> counts{};
  for (const Finding& finding : findings) ++counts[static_cast<std::size_t>(finding.severity)];
  return counts;
}

bool CheckReport::any_at_least(Severity severity) const {
  return std::ranges::any_of(findings, [&](const Finding& f) { return f.severity >= severity; });
}

std::uint64_t CheckReport::while_seized() const {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(findings, [](const Finding& f) { return f.while_seized.value_or(false); }));
}

bool CheckReport::any_partial() const {
  return std::ranges::any_of(coverage, [](const SourceCoverage& s) { return s.status == SourceStatus::partial; });
}

std::optional<Time> CheckReport::newest_entry() const {
  std::optional<Time> newest;
  for (const FeedFacts& feed : feeds)
    if (feed.newest && (!newest || *newest < *feed.newest)) newest = feed.newest;
  return newest;
}

bool CheckReport::feeds_are_old() const {
  constexpr std::int64_t micros_a_day = 86'400'000'000;
  const auto newest = newest_entry();
  return newest && as_of.micros - newest->micros > 90 * micros_a_day;
}

std::uint64_t CheckReport::records() const {
  std::uint64_t count = 0;
  for (const SourceCoverage& source : coverage) count += source.records;
  return count;
}

std::string_view CheckReport::verdict() const {
  if (any_at_least(Severity::medium)) return "found";
  return is_incomplete() ? "nothing_found_but_incomplete" : "nothing_found_in_what_could_be_read";
}

std::string feed_remarks_ndjson(const CheckReport& report) {
  std::string out;
  for (const FeedRemark& remark : report.feed_remarks) {
    JsonText json(out);
    json.object().key("file").string(remark.file).key("object").string(remark.object);
    json.key("defect").string(remark.defect).key("value").string(remark.value).end();
    out.push_back('\n');
  }
  return out;
}

std::string coverage_json(const CheckReport& report) {
  std::string out;
  JsonText json(out);
  json.array();
  for (const SourceCoverage& source : report.coverage) {
    out += "\n";
    write_source(json, source);
  }
  json.end();
  return out + "\n";
}

std::string summary_json(const CheckReport& report) {
  std::string out;
  JsonText json(out);
  write_summary(json, report);
  return out + "\n";
}

std::string summary_line(const CheckReport& report) {
  std::string out;
  JsonText json(out);
  json.object().key("summary");
  write_summary(json, report);
  json.end();
  return out;
}

}  // namespace testudo
