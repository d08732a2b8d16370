// sms.db's tables by iOS generation. Test tool. Sources: dumps of chat.db and sms.db of iOS 10.2, 12, 14, 17 and 18
// that their owners published, and the column lists of IMDPersistence (iOS 18, 26).
#pragma once

#include <string>
#include <string_view>

namespace testudo::lab {

std::string sms_tables(int ios);
std::string_view sms_indexes();  // made after the rows, for speed
bool message_has(std::string_view column, int ios);

}  // namespace testudo::lab
