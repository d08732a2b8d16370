// The names of the product's behaviour rules (rules/ios/<name>.sql) that the laboratory plants something for: one place
// to follow a renaming. Test tool.
#pragma once

#include <string_view>

namespace testudo::lab::rule {

inline constexpr std::string_view apple_notification = "ios.sms_threat_notification";
inline constexpr std::string_view attachment_in_tmp = "ios.sms_attachment_var_tmp";
inline constexpr std::string_view quick_redirect = "ios.safari_fast_redirect";
inline constexpr std::string_view quadream_event = "ios.calendar_meeting_notes";
inline constexpr std::string_view backdated_event = "ios.calendar_backdated_invitation";
inline constexpr std::string_view double_null = "ios.id_status_double_nul";
inline constexpr std::string_view process_gone = "ios.datausage_missing_process";
inline constexpr std::string_view missing_keys = "ios.datausage_missing_keys";
inline constexpr std::string_view unusual_source = "ios.application_other_source";
inline constexpr std::string_view app_without_id = "ios.application_without_store_id";
inline constexpr std::string_view notification_profile = "ios.profile_notification_settings";
inline constexpr std::string_view profile_event = "ios.profile_event";
inline constexpr std::string_view lockdown_on = "ios.lockdown_mode_on";
inline constexpr std::string_view lockdown_off = "ios.lockdown_mode_off";
inline constexpr std::string_view redirect_chain = "ios.webkit_session_redirect_chain";

inline constexpr std::string_view agent_usage = "ios.backup_agent_usage";
inline constexpr std::string_view agent_baseline = "ios.backup_agent_baseline";
inline constexpr std::string_view nameless_process = "ios.datausage_nameless_process";
inline constexpr std::string_view crash_reports_off = "ios.crash_reporter_disabled";
inline constexpr std::string_view automation_opens = "ios.shortcut_opens_url_at_app_start";

}  // namespace testudo::lab::rule
