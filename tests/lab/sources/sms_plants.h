// What is planted in sms.db. Test tool.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lab.h"

namespace testudo::lab {

struct SmsPlant {
  std::string text;     // empty: NULL
  std::string body;     // the attributedBody's text; empty: NULL
  std::string link;     // a link inside the body
  std::string payload;  // the address of a link preview; empty: none
  bool no_handle = false;
  std::string_view sender = {};
};

struct SmsAttachmentPlant {
  std::string filename, uti, mime;
};

// Also enters them in lab.planted.
std::vector<SmsPlant> sms_plants(Lab& lab);
// Ordinary attachments, and in a backup that is not clean the planted ones.
std::vector<SmsAttachmentPlant> sms_attachments(Lab& lab);
std::string_view sms_planted_sender();
std::string link_preview(std::string_view address, std::string_view title);

inline constexpr std::string_view sms_deleted_guid = "D0000000-0000-4000-8000-000000000001";
std::string sms_log_statements(double now);

}  // namespace testudo::lab
