// Values as reports write them so that nobody clicks them, and back. Floor 3.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// "hxxps[:]//evil[.]test" as "https://evil.test". Undone are: hxxp, h**p, fxp in any case; dots in [ ], ( ), { }, also
// as the word "dot", with spaces around the bracket, half brackets and "\."; [:], [://], [/]; "@" and "at" in brackets;
// full-width and ideographic full stops between letters. A text without any of them comes back as it is. Linear.
std::string refang(std::string_view text);
// The same without a copy where there is nothing to undo: the result is `text` itself or lies in `owned`.
std::string_view refang(std::string_view text, std::string& owned);
// Prose whose words are taken one by one: "evil [dot] test" becomes "evil[dot]test". `owned` holds it where it changes.
std::string_view close_gaps(std::string_view text, std::string& owned);
// Whether refang() undoes something that nobody writes by chance: what may be taken from running text.
bool is_defanged(std::string_view text);

}  // namespace testudo
