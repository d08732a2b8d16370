// A list's text as UTF-8, whatever it was saved in. Private to src/intel/screen.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// The content itself where it is UTF-8 or ASCII, damaged or not. UTF-16 (by its byte-order mark or by zeros beside
// ASCII) becomes UTF-8 in `owned`, and so does windows-1252, in which spreadsheets save tables: it has octets that no
// UTF-8 has, and more of them than characters that UTF-8 has.
// Cost: one look at every octet.
std::string_view list_text(std::string_view content, std::string& owned);

// A name in which a publisher's web page has left its references: "A &amp; B", "O&#39;Test". Those that HTML names by
// other words than amp, quot, apos, lt, gt and nbsp stay.
std::string without_html_references(std::string_view name);

}  // namespace testudo
