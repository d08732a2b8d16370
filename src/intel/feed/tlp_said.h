// Whether a text says with whom what it stands beside may be shared, or names a marking in passing. Floor 3.
// Source: FIRST TLP 2.0 (August 2022). Rules: docs/formats/feeds.md, F6.
#pragma once

#include <optional>
#include <string_view>

#include "intel/feed/feed_sink.h"

namespace testudo {

struct TlpSaid {
  bool named = false;        // the Traffic Light Protocol is named
  bool states = false;       // as a statement: "TLP:RED", "Sharing: TLP:GREEN", "this list is marked TLP:AMBER"
  bool exact = false;        // … and nothing else is said
  bool unreadable = false;   // … of a level that is none
  bool remark = false;       // beside a level below red stands more, which may make it stricter
  std::optional<Tlp> level;  // the strictest that is named, amber+strict for one that is none
  // What counts for all that the text stands beside.
  std::optional<Tlp> stated() const { return states ? level : std::nullopt; }
};

// Whether the text is worth a closer look; false of nearly all.
bool may_name_tlp(std::string_view text);
// Of a text that is one statement or none. "This TLP:RED report was leaked" names the protocol in passing, as a host
// `tlp-red.test` does not at all.
TlpSaid tlp_said(std::string_view text);
// The same of a line of several parts, of which one may be the statement: "Report 7 | TLP:RED", and with `brackets`
// "Report 7 (TLP:RED)", "tags: [apt, tlp:red]". A line that holds a value speaks of that value: it names in passing.
enum class Brackets : bool { pass, part };
TlpSaid tlp_said_in_parts(std::string_view line, Brackets brackets);
// Whether the text is a marking and nothing else. All three look at 4 KiB of a text.
bool is_marking(std::string_view text);

}  // namespace testudo
