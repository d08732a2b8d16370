// Where the sources stand in a backup. Test tool. tests/lab/check_backup.py compares the ids with published ones.
#pragma once

#include <string_view>

namespace testudo::lab {

// Safari's data moved from HomeDomain to the app's own domain with iOS 13.
constexpr std::string_view safari_domain(int ios) {
  return ios < 13 ? "HomeDomain" : "AppDomain-com.apple.mobilesafari";
}
inline constexpr std::string_view whatsapp_domain = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared";
inline constexpr std::string_view chrome_domain = "AppDomain-com.google.chrome.ios";
inline constexpr std::string_view firefox_domain = "AppDomainGroup-group.org.mozilla.ios.Firefox";

}  // namespace testudo::lab
