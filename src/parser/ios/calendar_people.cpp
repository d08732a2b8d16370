// Addresses of people in the calendar: see calendar_people.h. Floor 4.
#include "parser/ios/calendar_people.h"

#include "base/link_scan.h"
#include "base/text.h"
#include "parser/ios/plist_file.h"

namespace testudo::calendar {
namespace {

// What stands behind the scheme of an address, percent-encoding undone; nothing if its scheme is another one.
OwnText behind_scheme(Text address, std::string_view scheme) {
  address = non_empty(address);
  if (!address || !equals_ignoring_case(address->substr(0, scheme.size()), scheme)) return std::nullopt;
  address->remove_prefix(scheme.size());
  std::string decoded = percent_decoded(address->substr(0, address->find('?'))).text;
  return decoded.empty() ? std::nullopt : OwnText(std::move(decoded));
}

bool is_bare_email(std::string_view text) {
  return text.find('@') != std::string_view::npos && text.find_first_of(":/") == std::string_view::npos;
}

}  // namespace

OwnText email_of(Text email, Text address) {
  if (OwnText uri = behind_scheme(email, "mailto:")) return uri;
  if (non_empty(email)) return std::string(*email);
  if (OwnText uri = behind_scheme(address, "mailto:")) return uri;
  return address && is_bare_email(*address) ? OwnText(*address) : std::nullopt;
}

OwnText phone_of(Text phone, Text address) {
  return non_empty(phone) ? OwnText(*phone) : behind_scheme(address, "tel:");
}

}  // namespace testudo::calendar
