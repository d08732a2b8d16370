// The resources of TAXII 2.1 as JSON. Floor 3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_text.h"
#include "intel/taxii/taxii_store.h"

namespace testudo {

// 5.1.1, 5.2.1
void write_collection(JsonText& json, const TaxiiCollection& collection, TaxiiRights rights);

// What a page is shown as: an envelope (3.7), a manifest (5.3.1) or the versions of one object (5.8.1). `next` empty:
// no more. A page of nothing is an empty JSON object.
enum class PageForm : std::uint8_t { envelope, manifest, versions };
std::string page_json(const TaxiiPage& page, PageForm form, std::string_view next);

// One entry of a status resource (4.3.1).
struct StatusDetail {
  std::string id, version, message;
};
struct TaxiiStatus {
  std::string id;
  Time requested;
  std::vector<StatusDetail> successes, failures;
};
std::string status_json(const TaxiiStatus& status);

}  // namespace testudo
