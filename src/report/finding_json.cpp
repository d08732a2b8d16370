#include "report/finding_json.h"

#include <simdjson.h>

#include "base/json_text.h"
#include "report/json_copy.h"
#include "report/redaction.h"

namespace testudo {
namespace {

void write_indicator(JsonText& json, const IndicatorRef& indicator) {
  json.object();
  json.key("type").string(kind_name(indicator.type));
  json.key("value").string(indicator.value);
  json.key("threat").string(indicator.threat);
  if (!indicator.role.empty()) json.key("role").string(indicator.role);
  json.key("sources").array();
  for (const IndicatorSource& source : indicator.sources) {
    json.object();
    json.key("feed").string(source.feed);
    json.key("threat").string(source.threat);
    json.key("id").string(source.id);
    json.end();
  }
  json.end().end();
}

void write_evidence(JsonText& json, const Finding& f) {
  json.object();
  json.key("sha256").string(f.evidence_sha256);
  json.key("path").string(f.evidence_path);
  if (f.offset) json.key("offset").integer(static_cast<std::int64_t>(*f.offset));
  if (f.rowid) json.key("rowid").integer(static_cast<std::int64_t>(*f.rowid));
  json.key("state").string(f.state);
  json.end();
}

using Element = simdjson::dom::element;

std::string text_of(Element object, const char* key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

std::optional<std::uint64_t> number_of(Element object, const char* key) {
  std::uint64_t value = 0;
  if (object[key].get(value) == simdjson::SUCCESS) return value;
  return std::nullopt;
}

IndicatorRef read_indicator(Element object) {
  IndicatorRef indicator;
  indicator.type = kind_from_name(text_of(object, "type")).value_or(Kind::text);
  indicator.value = text_of(object, "value");
  indicator.threat = text_of(object, "threat");
  indicator.role = text_of(object, "role");
  simdjson::dom::array sources;
  if (object["sources"].get(sources) == simdjson::SUCCESS)
    for (Element source : sources)
      indicator.sources.push_back({text_of(source, "feed"), text_of(source, "threat"), text_of(source, "id")});
  return indicator;
}

}  // namespace

std::string finding_to_json(const Finding& finding, Redaction redaction) {
  Finding shared;
  if (redaction == Redaction::content) redact(shared = finding);
  const Finding& f = redaction == Redaction::content ? shared : finding;
  std::string out;
  JsonText json(out);
  json.object();
  json.key("id").string(f.id);
  json.key("severity").string(severity_name(f.severity));
  json.key("confidence").integer(f.confidence);
  json.key("title").string(f.title);
  json.key("why").string(f.why);
  json.key("detail").string(f.detail);
  json.key("does_not_prove").string(f.does_not_prove);
  json.key("next_step").string(f.next_step);
  if (f.time)
    json.key("time").string(to_rfc3339(*f.time));
  else
    json.key("time").null();
  json.key("time_basis").string(f.time_basis);
  if (f.while_seized) json.key("while_seized").boolean(*f.while_seized);
  json.key("source").string(f.source);
  json.key("record").string(f.record);
  json.key("record_key").string(f.record_key);
  json.key("field").string(f.field);
  json.key("value").string(f.value);
  json.key("rule").string(f.rule);
  json.key("rule_sources").string(f.rule_sources);
  json.key("indicator");
  if (f.indicator)
    write_indicator(json, *f.indicator);
  else
    json.null();
  json.key("also").array();
  for (const IndicatorRef& other : f.also) write_indicator(json, other);
  json.end();
  if (!f.warning_lists.empty()) {
    json.key("warning_lists").array();
    for (const std::string& list : f.warning_lists) json.string(list);
    json.end();
  }
  json.key("evidence");
  write_evidence(json, f);
  json.key("corroboration").string(corroboration_name(f.corroboration));
  json.key("fields").raw(f.fields_json.empty() ? "{}" : f.fields_json);
  json.end();
  return out;
}

Result<Finding> finding_from_json(std::string_view line) {
  simdjson::dom::parser parser;
  Element object;
  if (parser.parse(simdjson::padded_string(line)).get(object) != simdjson::SUCCESS || !object.is_object())
    return error(Fault::malformed, "a finding is not JSON");
  Finding f;
  const auto severity = severity_from_name(text_of(object, "severity"));
  f.id = text_of(object, "id");
  if (!severity || f.id.empty()) return error(Fault::malformed, "a finding without id or severity");
  f.severity = *severity;
  f.confidence = static_cast<int>(number_of(object, "confidence").value_or(0));
  f.title = text_of(object, "title");
  f.why = text_of(object, "why");
  f.detail = text_of(object, "detail");
  f.does_not_prove = text_of(object, "does_not_prove");
  f.next_step = text_of(object, "next_step");
  f.time = parse_rfc3339(text_of(object, "time"));
  f.time_basis = text_of(object, "time_basis");
  if (bool seized = false; object["while_seized"].get(seized) == simdjson::SUCCESS) f.while_seized = seized;
  f.source = text_of(object, "source");
  f.record = text_of(object, "record");
  f.record_key = text_of(object, "record_key");
  f.field = text_of(object, "field");
  f.value = text_of(object, "value");
  f.rule = text_of(object, "rule");
  f.rule_sources = text_of(object, "rule_sources");
  Element part;
  if (object["indicator"].get(part) == simdjson::SUCCESS && part.is_object()) f.indicator = read_indicator(part);
  simdjson::dom::array also;
  if (object["also"].get(also) == simdjson::SUCCESS)
    for (Element other : also) f.also.push_back(read_indicator(other));
  simdjson::dom::array lists;
  if (object["warning_lists"].get(lists) == simdjson::SUCCESS)
    for (Element list : lists)
      if (std::string_view name; list.get(name) == simdjson::SUCCESS) f.warning_lists.emplace_back(name);
  if (object["evidence"].get(part) == simdjson::SUCCESS) {
    f.evidence_sha256 = text_of(part, "sha256");
    f.evidence_path = text_of(part, "path");
    f.offset = number_of(part, "offset");
    f.rowid = number_of(part, "rowid");
    f.state = text_of(part, "state");
  }
  const std::string corroboration = text_of(object, "corroboration");
  for (Corroboration c : {Corroboration::none, Corroboration::uncorroborated, Corroboration::corroborated})
    if (corroboration == corroboration_name(c)) f.corroboration = c;
  if (object["fields"].get(part) == simdjson::SUCCESS) {
    JsonText fields(f.fields_json);
    append_parsed(fields, part);
    f.fields_json_redacted = f.fields_json;
  }
  return f;
}

}  // namespace testudo
