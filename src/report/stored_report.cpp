#include "report/stored_report.h"

#include <simdjson.h>

namespace testudo {
namespace {

using Element = simdjson::dom::element;

std::string text_of(Element object, const char* key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

std::uint64_t number_of(Element object, const char* key) {
  std::uint64_t value = 0;
  return object[key].get(value) == simdjson::SUCCESS ? value : 0;
}

std::optional<Time> time_of(Element object, const char* key) { return parse_rfc3339(text_of(object, key)); }

// Calls `each` for the items of an array; does nothing where there is none.
template <typename Each>
void each_item(Element object, const char* key, Each&& each) {
  simdjson::dom::array items;
  if (object[key].get(items) != simdjson::SUCCESS) return;
  for (Element item : items) each(item);
}

SourceStatus status_of(std::string_view name) {
  for (const SourceStatus status : {SourceStatus::parsed, SourceStatus::partial, SourceStatus::unsupported})
    if (source_status_name(status) == name) return status;
  return SourceStatus::absent;
}

SourceCoverage read_source(Element object) {
  SourceCoverage source;
  source.source = text_of(object, "source");
  source.status = status_of(text_of(object, "status"));
  source.reason = text_of(object, "reason");
  source.records = number_of(object, "records");
  source.bytes = number_of(object, "bytes");
  source.first_time = time_of(object, "first_time");
  source.last_time = time_of(object, "last_time");
  each_item(object, "anomalies", [&](Element item) {
    Anomaly anomaly{text_of(item, "name"), std::nullopt, number_of(item, "count")};
    // Rowids are signed in the file, places unsigned in memory.
    std::int64_t place = 0;
    if (item["offset"].get(place) == simdjson::SUCCESS) anomaly.offset = static_cast<std::uint64_t>(place);
    source.anomalies.push_back(std::move(anomaly));
  });
  each_item(object, "files", [&](Element item) {
    source.files.push_back(
        {text_of(item, "path"), text_of(item, "stored"), number_of(item, "bytes"), text_of(item, "sha256")});
  });
  return source;
}

DeviceFacts read_device(Element object) {
  DeviceFacts device;
  device.name = text_of(object, "name");
  device.product_type = text_of(object, "product_type");
  device.model = text_of(object, "model");
  device.system_version = text_of(object, "system_version");
  device.build = text_of(object, "build");
  device.serial = text_of(object, "serial");
  device.unique_id = text_of(object, "unique_id");
  device.backup_date = time_of(object, "backup_date");
  bool encrypted = false;
  if (object["encrypted"].get(encrypted) == simdjson::SUCCESS) device.encrypted = encrypted;
  return device;
}

void read_summary(Element summary, CheckReport& report) {
  Element part;
  if (summary["evidence"].get(part) == simdjson::SUCCESS) {
    report.evidence_kind = text_of(part, "kind");
    report.evidence_sha256 = text_of(part, "sha256");
    if (bool interrupted = false; part["interrupted"].get(interrupted) == simdjson::SUCCESS)
      report.interrupted = interrupted;
  }
  if (summary["device"].get(part) == simdjson::SUCCESS) report.device = read_device(part);
  report.as_of = time_of(summary, "as_of").value_or(Time{});
  if (summary["seized"].get(part) == simdjson::SUCCESS && part.is_object())
    if (const auto from = time_of(part, "from"), to = time_of(part, "to"); from && to)
      report.seizure = Seizure{*from, *to};
  report.indicators = number_of(summary, "indicators");
  if (summary["findings"].get(part) == simdjson::SUCCESS) report.findings_left_out = number_of(part, "left_out");
  each_item(summary, "feeds", [&](Element item) {
    FeedFacts feed;
    feed.name = text_of(item, "name");
    feed.indicators = number_of(item, "indicators");
    feed.not_evaluated = number_of(item, "not_evaluated");
    feed.defects = number_of(item, "defects");
    feed.newest = time_of(item, "newest");
    feed.sha256 = text_of(item, "sha256");
    report.feeds.push_back(std::move(feed));
  });
  for (const auto& [key, texts] : {std::pair("not_feeds", &report.not_feeds),
                                   {"unread_feeds", &report.unread_feeds},
                                   {"rule_failures", &report.rule_failures}})
    each_item(summary, key, [&](Element item) {
      std::string_view text;
      if (item.get(text) == simdjson::SUCCESS) texts->emplace_back(text);
    });
}

}  // namespace

Result<CheckReport> report_from_documents(std::string_view summary, std::string_view coverage) {
  simdjson::dom::parser of_summary, of_coverage;
  Element object;
  simdjson::dom::array sources;
  if (of_summary.parse(simdjson::padded_string(summary)).get(object) != simdjson::SUCCESS || !object.is_object())
    return error(Fault::malformed, "the summary is not JSON");
  if (of_coverage.parse(simdjson::padded_string(coverage)).get(sources) != simdjson::SUCCESS)
    return error(Fault::malformed, "the coverage is not JSON");
  CheckReport report;
  read_summary(object, report);
  for (Element source : sources)
    if (source.is_object()) report.coverage.push_back(read_source(source));
  return report;
}

}  // namespace testudo
