// Typed stream: NSArchiver's "streamtyped" form, in which Messages keeps a message's styled text. Test tool.
// Source: Darwin's typedstream.m as described in the documents of python-typedstream and imessage-exporter.
#pragma once

#include <string>
#include <string_view>

namespace testudo::lab {

enum class BodyClass { fixed, mutable_ };  // NSAttributedString or NSMutableAttributedString

// The attributedBody of a message: the text in one run, marked as message part 0; where `link` is not empty and stands
// in the text, its run also carries a __kIMLinkAttributeName with an NSURL. `shown` may differ from the link.
std::string attributed_body(std::string_view text, std::string_view link = {}, BodyClass kind = BodyClass::fixed);

}  // namespace testudo::lab
