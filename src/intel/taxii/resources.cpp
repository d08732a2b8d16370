#include "intel/taxii/resources.h"

#include "intel/taxii/filter.h"

namespace testudo {
namespace {

std::string stix_media_type(std::string_view spec_version) {
  return "application/stix+json;version=" + std::string(spec_version);
}

void write_one(JsonText& json, const TaxiiObject& object, PageForm form) {
  if (form == PageForm::envelope) {
    json.raw(object.json);
  } else if (form == PageForm::versions) {
    json.string(object.version);
  } else {
    json.object().key("id").string(object.id).key("date_added").string(taxii_time(object.added));
    json.key("version").string(object.version).key("media_type").string(stix_media_type(object.spec_version)).end();
  }
}

void write_details(JsonText& json, std::string_view key, const std::vector<StatusDetail>& details) {
  if (details.empty()) return;
  json.key(key).array();
  for (const StatusDetail& detail : details) {
    json.object().key("id").string(detail.id).key("version").string(detail.version);
    if (!detail.message.empty()) json.key("message").string(detail.message);
    json.end();
  }
  json.end();
}

}  // namespace

void write_collection(JsonText& json, const TaxiiCollection& collection, TaxiiRights rights) {
  json.object().key("id").string(collection.id).key("title").string(collection.title);
  if (!collection.description.empty()) json.key("description").string(collection.description);
  json.key("alias").string(collection.name);
  json.key("can_read").boolean(rights.read).key("can_write").boolean(rights.write).key("media_types").array();
  json.string(stix_media_type("2.1")).string(stix_media_type("2.0")).end().end();
}

std::string page_json(const TaxiiPage& page, PageForm form, std::string_view next) {
  if (page.objects.empty()) return "{}";
  std::string text;
  JsonText json(text);
  json.object().key("more").boolean(page.more);
  if (page.more) json.key("next").string(next);
  json.key(form == PageForm::versions ? "versions" : "objects").array();
  for (const TaxiiObject& object : page.objects) write_one(json, object, form);
  json.end().end();
  return text;
}

std::string status_json(const TaxiiStatus& status) {
  const auto count = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  std::string text;
  JsonText json(text);
  json.object().key("id").string(status.id).key("status").string("complete");
  json.key("request_timestamp").string(taxii_time(status.requested));
  json.key("total_count").integer(count(status.successes) + count(status.failures));
  json.key("success_count").integer(count(status.successes));
  write_details(json, "successes", status.successes);
  json.key("failure_count").integer(count(status.failures));
  write_details(json, "failures", status.failures);
  json.key("pending_count").integer(0).end();
  return text;
}

}  // namespace testudo
