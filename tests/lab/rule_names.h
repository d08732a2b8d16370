// The names of the product's behaviour rules that the laboratory plants something for: one place to follow a renaming.
// Test tool.
#pragma once

#include <string_view>

namespace testudo::lab::rule {

inline constexpr std::string_view apple_notification = "ios.apple_threat_notification";
inline constexpr std::string_view attachment_in_tmp = "ios.attachment_in_var_tmp";
inline constexpr std::string_view quick_redirect = "ios.safari_quick_redirect";
inline constexpr std::string_view quadream_event = "ios.calendar_quadream_event";
inline constexpr std::string_view double_null = "ios.id_status_double_null";
inline constexpr std::string_view process_gone = "ios.datausage_process_gone";
inline constexpr std::string_view missing_keys = "ios.datausage_missing_keys";
inline constexpr std::string_view unusual_source = "ios.app_unusual_source";
inline constexpr std::string_view app_without_id = "ios.app_without_bundle_id";
inline constexpr std::string_view notification_profile = "ios.notification_settings_profile";
inline constexpr std::string_view profile_event = "ios.profile_event";
inline constexpr std::string_view lockdown_mode = "ios.lockdown_mode";

}  // namespace testudo::lab::rule
