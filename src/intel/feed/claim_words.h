// Words that several formats use for the same facts of an indicator: markings, confidence, dates, roles. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "intel/feed/feed_sink.h"

namespace testudo {

// The words of a phrase in lower case, each between blanks: "C&C-server" is " c&c server ". Full-width signs, which
// East Asian keyboards write, are those of ASCII.
std::string plain_words(std::string_view phrase);
// "TLP:AMBER+STRICT", "tlp:white", "Amber strict", "TLP: RED (limited)": TLP 2.0 and 1.0 (`white` is `clear`). Nothing
// for other words, and for a level below red with words beside it: both may be stricter than they look.
std::optional<Tlp> tlp_of(std::string_view word);
// Whether a column or key is called by the protocol: "tlp", "meta.tlp", "TLP level", "Traffic Light Protocol".
bool names_tlp(std::string_view name);
// The stricter of two markings, nothing counting as none.
std::optional<Tlp> stricter(std::optional<Tlp> a, std::optional<Tlp> b);
// "85", "0.85", "high": on the STIX scale of 0 to 100. The words stand for the middle of their range in the STIX 2.1
// specification, appendix A ("low" 15, "medium" 50, "high" 85).
std::optional<std::uint8_t> confidence_of(std::string_view word);
// RFC 3339, "2021-05-06 07:08:09", "2021-05-06 07:08:09 UTC", "5/2013" (month), Unix seconds of ten digits.
std::optional<Time> time_of(std::string_view text);
// "victim", "compromised site", "C2 domain", "benign" …: of several the one that blocks least. Nothing for words that
// say nothing of it, and for what is denied ("not malicious").
std::optional<Role> role_of(std::string_view phrase);
// Of two the one that blocks least: a victim's before a benign one's before context before all others.
Role least_blocking(Role a, Role b);
// What a tag or a remark of a word or two says of all that it stands beside: a victim's, or benign ("false positive").
std::optional<Role> role_of_remark(std::string_view text);
// What a status, verdict or category says against blocking: the words of role_of(), and "inactive", "expired"
// (context).
std::optional<Role> role_of_status(std::string_view text);
// "true", "1", "Yes"; "false", "0", "no". Nothing for other words.
std::optional<bool> truth_of(std::string_view word);
// "-", "n/a" and what else is written where nothing is.
bool says_nothing(std::string_view cell);
// Whether a heading or column name says that what stands below it belongs to victims or bystanders.
bool names_victims(std::string_view heading);
// Whether a text of a word or two says it of all that it stands beside: "compromised", "watering hole". Longer texts
// tell of others too.
bool says_victim(std::string_view text);
// Hands over a value that evidence is not compared with, as "type: value"; `pattern.why` is "kind_without_indicators"
// where it says nothing else.
void keep_value(FeedSink& sink, KeptPattern pattern, std::string_view type, std::string_view value);

}  // namespace testudo
