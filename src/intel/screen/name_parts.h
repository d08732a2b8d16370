// A name taken apart: what each word is, and how much it says. Floor 3. docs/design/screening.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intel/screen/name_tables.h"
#include "intel/screen/name_text.h"

namespace testudo {

// Which rules read a name. `unknown` (a legal entity, an asset) is tried as both.
enum class NameMode : std::uint8_t { person, organisation, vessel, unknown };
// By the schema names of FollowTheMoney: Person; Organization, Company, PublicBody; Vessel, Airplane; others are
// unknown.
NameMode name_mode(std::string_view schema);

enum class PartKind : std::uint8_t {
  name,      // says who it is
  initial,   // one letter, or what stands for one
  number,    // digits, ordinals, number words, Roman numerals
  gloss,     // what many organisations do: "bank", "trading"
  place,     // a country or great city
  form,      // a legal form, or the plain word for company or group
  title,     // "Dr", "General", "Sheikh"; "MV" before a ship
  particle,  // "bin", "al", "van"
  stop,      // "the", "of"
};
std::string_view part_kind_name(PartKind kind);

struct NamePart {
  std::string text;   // a–z, 0–9; numbers in decimal digits without leading zeros
  std::string sound;  // the text as it may sound: one letter a consonant class, spellings of one sound made one
  std::uint32_t skeleton = 0;  // consonants of `sound` in coarse classes, four bits each, first eight; 0 has none
  PartKind kind = PartKind::name;
  NameScript script = NameScript::latin;
  LegalForm form = LegalForm::none;
  std::uint16_t gloss = 0;  // sector word: which; behind a person's name: 1 "Sr.", 2 "Jr." or "II", 3 "III" …
  char32_t native = 0;      // Han or Hangul character
  NameGroups groups{};      // names that it stands for
  bool operator==(const NamePart&) const = default;
};

struct NameParts {
  std::vector<NamePart> parts;  // in the order of writing; a comma that puts the family name first is undone
  bool comma = false;           // "Putin, Vladimir"
};

// Cost: 0.5 to 2 microseconds for a Latin name.
NameParts name_parts(std::string_view name, NameMode mode);

// A part of any text as `name_parts` would make it, without knowing its neighbours; used for joined words.
NamePart plain_part(std::string text, NameScript script);

}  // namespace testudo
