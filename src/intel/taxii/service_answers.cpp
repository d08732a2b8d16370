// What the endpoints answer. Sections are those of TAXII 2.1.
#include "base/json_text.h"
#include "base/text.h"
#include "base/wall_clock.h"
#include "intel/taxii/cursor.h"
#include "intel/taxii/filter.h"
#include "intel/taxii/resources.h"
#include "intel/taxii/service.h"

namespace testudo {
namespace {

TaxiiResponse answered(std::string body, int status = 200) { return {status, {}, std::move(body)}; }

}  // namespace

// 4.1
TaxiiResponse TaxiiService::discovery(const TaxiiRequest& request) const {
  TaxiiResponse response;
  const std::string url = request.base + "/" + std::string(root) + "/";
  JsonText json(response.body);
  json.object().key("title").string(settings_.title).key("description").string(settings_.description);
  if (!settings_.contact.empty()) json.key("contact").string(settings_.contact);
  json.key("default").string(url).key("api_roots").array().string(url).end().end();
  return response;
}

// 4.2
TaxiiResponse TaxiiService::root_information() const {
  TaxiiResponse response;
  JsonText json(response.body);
  json.object().key("title").string(settings_.title).key("description").string(settings_.description);
  json.key("versions").array().string(taxii_media_type).end();
  json.key("max_content_length").integer(static_cast<std::int64_t>(settings_.max_content_length)).end();
  return response;
}

// 5.1: those that the user may do something with; an empty object if there are none.
Result<TaxiiResponse> TaxiiService::collections(const TaxiiRequest& request) const {
  std::string list;
  JsonText json(list);
  json.object().key("collections").array();
  bool any = false;
  for (const TaxiiCollection& one : TRY(store_.collections())) {
    const TaxiiRights rights = limited(TRY(store_.rights(one.id, request.user)), one);
    if (!rights.read && !rights.write) continue;
    write_collection(json, one, rights);
    any = true;
  }
  json.end().end();
  return answered(any ? std::move(list) : "{}");
}

// 5.2
TaxiiResponse TaxiiService::collection(const Checked& checked) const {
  TaxiiResponse response;
  JsonText json(response.body);
  write_collection(json, checked.collection, checked.rights);
  return response;
}

// 4.3: of the one who sent the request alone.
Result<TaxiiResponse> TaxiiService::status(const TaxiiRequest& request, const Checked& checked) const {
  const auto kept = TRY(store_.status(checked.route.object, request.user.value_or("")));
  if (!kept) return failure(404, "Not found", "There is no such status resource.");
  return answered(*kept);
}

// 5.3, 5.4, 5.6, 5.8: the four that come in pages.
Result<TaxiiResponse> TaxiiService::listing(const TaxiiRequest& request, const Checked& checked) const {
  const Endpoint endpoint = checked.route.endpoint;
  const bool one = endpoint == Endpoint::object || endpoint == Endpoint::versions;
  const bool versions = endpoint == Endpoint::versions;
  TaxiiFilter filter = TRY(read_taxii_filter(
      request.query, {.id = !one, .type = !one, .version = !versions, .spec_version = true, .paged = true}));
  if (one && !TRY(store_.holds(checked.collection.id, checked.route.object)))
    return failure(404, "Not found", "The collection holds no such object.");
  if (one) filter.ids = {checked.route.object};
  if (versions) filter.all = true;
  const std::string query =
      std::to_string(static_cast<int>(endpoint)) + "\n" + checked.collection.id + "\n" + filter.identity();
  Time after{0};
  if (filter.added_after) after = *filter.added_after;
  if (filter.next) {
    const auto stood = read_cursor(store_.cursor_key(), query, *filter.next);
    if (!stood) return error(Fault::usage, "next does not belong to this query");
    // The place where the last page ended counts, also where a client moves added_after along with it.
    after = *stood;
  }
  const TaxiiPage page = TRY(store_.page(checked.collection.id, filter, after));
  const PageForm form = versions                         ? PageForm::versions
                        : endpoint == Endpoint::manifest ? PageForm::manifest
                                                         : PageForm::envelope;
  std::string next;
  if (page.more) next = make_cursor(store_.cursor_key(), query, page.objects.back().added);
  TaxiiResponse response = answered(page_json(page, form, next));
  if (page.objects.empty()) return response;
  response.headers.emplace_back("X-TAXII-Date-Added-First", taxii_time(page.objects.front().added));
  response.headers.emplace_back("X-TAXII-Date-Added-Last", taxii_time(page.objects.back().added));
  return response;
}

// 5.5
Result<TaxiiResponse> TaxiiService::add(const TaxiiRequest& request, const Checked& checked) {
  const auto posted = settings_.read_posted ? settings_.read_posted(request.body) : read_posted_objects(request.body);
  if (!posted && posted.error().fault == Fault::malformed)
    return failure(422, "Unprocessable content", "This is no envelope: " + posted.error().what + ".");
  if (!posted && posted.error().fault == Fault::limit) return failure(413, "Too large", posted.error().what);
  if (!posted) return posted.error();
  TaxiiStatus status{random_uuid(), wall_clock(), {}, {}};
  TRY(store_.change([&]() -> Result<void> {
    for (const PostedObject& object : *posted) {
      if (!object.failure.empty()) {
        status.failures.push_back({object.id, object.version_text, object.failure});
        continue;
      }
      const TaxiiPlaced placed = TRY(store_.put(checked.collection.id, object));
      const bool known = placed.put == TaxiiPut::known;
      status.successes.push_back({object.id, placed.version, known ? "this version was there already" : ""});
    }
    return store_.keep_status(status.id, request.user.value_or(""), status_json(status));
  }));
  return answered(status_json(status), 202);
}

// 5.7
Result<TaxiiResponse> TaxiiService::remove(const TaxiiRequest& request, const Checked& checked) {
  const TaxiiFilter filter = TRY(read_taxii_filter(request.query, {.version = true, .spec_version = true}));
  if (!TRY(store_.holds(checked.collection.id, checked.route.object)))
    return failure(404, "Not found", "The collection holds no such object.");
  TRY(store_.remove(checked.collection.id, checked.route.object, filter));
  return answered("{}");
}

}  // namespace testudo
