// What people wrote that WhatsApp keeps in protocol buffer messages of its own. Floor 4. Facts:
// docs/formats/ios-whatsapp.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "parser/embedded_texts.h"

namespace testudo {

// The texts of a protocol buffer message in base64, one a line: newer versions write ZPUSHNAME and ZLASTMESSAGETEXT so
// where older ones wrote plain text. Nothing if the text is none, or holds no text: it is then what it says.
std::optional<std::string> text_of_encoded(std::string_view stored);

// text_of_encoded for the names of messages, of which most are of few people: each is decoded once.
class DecodedNames {
 public:
  // The name, as it stands where it is not encoded. Lives as long as `stored` and until the next call.
  std::string_view of(std::string_view stored);

 private:
  std::unordered_map<std::string, std::string> names_;
};

// Adds what ZWAMESSAGEINFO.ZRECEIPTINFO says besides who received the message and when: the question and the options of
// a poll, reactions. Addresses and identifiers are left out. Of octets that are no protocol buffer message readable
// runs. False if there was more than is kept, and not all of it was looked at.
bool add_receipt_texts(EmbeddedTexts& texts, Bytes receipts);

}  // namespace testudo
