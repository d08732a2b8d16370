// How alike two parts of names are.
#include <algorithm>
#include <cmath>

#include "intel/screen/edit_cost.h"
#include "intel/screen/hebrew_letters.h"
#include "intel/screen/name_align.h"
#include "intel/screen/name_sound.h"

namespace testudo {
namespace {

constexpr std::string_view meeting_names[] = {"same",    "variant", "spelling", "sound", "initial",  "joined",
                                              "acronym", "number",  "form",     "gloss", "reversed", "none"};

std::string consonants(std::string_view sound) {
  std::string kept;
  for (const char c : sound) {
    if (c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'h') continue;
    if (kept.empty() || kept.back() != c) kept.push_back(c);
  }
  return kept;
}

// Scripts that write few vowels, or are read by the names of their letters.
bool is_vowelless(NameScript script) {
  return script == NameScript::arabic || script == NameScript::hebrew || script == NameScript::other;
}

bool is_hebrew(const NamePart& part) { return part.script == NameScript::hebrew; }

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// South Slavic đ is written dj or d: "djindjic", "dindic". Only where a word or syllable begins: Hadji is not Hadi.
bool writes_dj_as_d(std::string_view with, std::string_view without) {
  if (with.size() <= without.size() || with.size() > without.size() + 3 || without.size() < 4) return false;
  std::size_t at = 0;
  for (std::size_t i = 0; i < with.size(); ++i, ++at) {
    if (at == without.size() || with[i] != without[at]) return false;
    const bool opens = i == 0 || !is_vowel(with[i - 1]);
    if (with[i] == 'd' && opens && with.substr(i + 1).starts_with('j') && !without.substr(at + 1).starts_with('j')) ++i;
  }
  return at == without.size();
}

// Whether both stand in the table of variants, and how near.
float variant_similarity(const NamePart& a, const NamePart& b) {
  if (writes_dj_as_d(a.text, b.text) || writes_dj_as_d(b.text, a.text)) return 0.93F;
  float best = 0;
  if (a.groups[0] == 0 || b.groups[0] == 0) return best;
  for (const std::uint16_t x : a.groups) {
    for (const std::uint16_t y : b.groups) {
      if (x == 0 || y == 0 || x / 2 != y / 2) continue;
      const int shorts = (x & 1) + (y & 1);
      best = std::max(best, shorts == 0 ? 0.93F : shorts == 1 ? 0.86F : 0.7F);
    }
  }
  return best;
}

// "mfg", "intl", "dept": the first letter, then consonants of the word in their order, the last near its end.
bool abbreviates(const std::string& part, const std::string& whole) {
  if (part.size() < 3 || part.size() > 5 || whole.size() < part.size() + 3 || part[0] != whole[0]) return false;
  std::size_t at = 0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (i > 0 && is_vowel(part[i]) && (i > 1 || part.size() != 4)) return false;
    at = whole.find(part[i], i == 0 ? 0 : at + 1);
    if (at == std::string::npos) return false;
  }
  return whole.find(part.back(), whole.size() - 3) != std::string::npos;
}

// Beginnings and ends that many names share, and that say nothing of which one is meant.
constexpr std::string_view shared_ends[] = {"dottir", "sdottir", "ovich", "evich", "ovna",  "evna",    "shvili",
                                            "adze",   "idze",    "zai",   "zada",  "zadeh", "opoulos", "escu",
                                            "ullah",  "uddin",   "eddin", "oglu",  "nejad", "enko",    "sson"};
constexpr std::string_view shared_starts[] = {"abdul", "abdur", "abdel", "abder", "abdol"};

// How alike what is left is where both share such an end or beginning; 1 where they do not.
float stem_similarity(std::string_view a, std::string_view b) {
  const std::string_view x = a, y = b;
  if (x.empty() || y.empty() || (x.back() != y.back() && x.front() != y.front())) return 1;
  for (const std::string_view end : shared_ends) {
    if (!x.ends_with(end) || !y.ends_with(end)) continue;
    a = x.substr(0, x.size() - end.size());
    b = y.substr(0, y.size() - end.size());
  }
  for (const std::string_view start : shared_starts) {
    if (!x.starts_with(start) || !y.starts_with(start)) continue;
    a.remove_prefix(std::min(a.size(), start.size()));
    b.remove_prefix(std::min(b.size(), start.size()));
  }
  if (a.size() == x.size() || a.size() < 3 || b.size() < 3) return 1;
  const auto per_letter = [](std::string_view p, std::string_view q) {
    const float letters = static_cast<float>(p.size() + q.size()) / 2;
    return edit_cost(p, q, letters * 0.6F) / letters;
  };
  return plausibility(0.85F * std::min(per_letter(a, b), 0.04F + per_letter(name_sound(a), name_sound(b))));
}

// A short word of a company that only sounds like another's is as likely a word of its own: "Sun", "Soon".
constexpr float short_word = 5;
// Edits per letter that hearing alone costs.
constexpr float unlike_by_sound = 0.04F;
// Letters that edits of sounds are counted by.
float scale_of(float sounds, float letters) { return std::max(sounds, letters * 0.75F); }

PartSimilarity spelled(const NamePart& a, const NamePart& b, NameMode mode) {
  if (is_hebrew(a) != is_hebrew(b)) {
    const NamePart &hebrew = is_hebrew(a) ? a : b, &other = is_hebrew(a) ? b : a;
    return {0.95F * plausibility(0.05F + hebrew_distance(hebrew.text, other.text)), Meeting::sound};
  }
  const auto mean = [](std::size_t x, std::size_t y) { return static_cast<float>(x + y) / 2; };
  const float letters = mean(a.text.size(), b.text.size());
  const auto difference =
      static_cast<float>(a.text.size() > b.text.size() ? a.text.size() - b.text.size() : b.text.size() - a.text.size());
  PartSimilarity best;
  const bool vowelless = is_vowelless(a.script) != is_vowelless(b.script);
  if (difference * 0.4F <= letters * 0.5F) {
    const float limit = letters * largest_ratio;
    const float ratio = edit_cost(a.text, b.text, limit) / letters;
    best = {plausibility(ratio), Meeting::spelling};
    const float sounds = mean(a.sound.size(), b.sound.size());
    if (sounds > 1) {
      const float heard = unlike_by_sound + edit_cost(a.sound, b.sound, limit) / scale_of(sounds, letters);
      float value = plausibility(heard);
      if (mode != NameMode::person && letters < short_word && a.script == b.script) value = (value + best.value) / 2;
      if (value > best.value + 0.02F) best = {value, Meeting::sound};
    }
    if (best.value > 0.45F) best.value = std::min(best.value, stem_similarity(a.text, b.text));
  }
  if (vowelless) {
    const std::string x = consonants(a.sound), y = consonants(b.sound);
    const float length = mean(x.size(), y.size());
    if (length >= 1.5F) {
      const float value = 0.95F * plausibility(0.05F + edit_cost(x, y, length) / length);
      if (value > best.value) best = {value, Meeting::sound};
    }
  }
  return best;
}

bool is_word(PartKind kind) { return kind == PartKind::name || kind == PartKind::gloss || kind == PartKind::place; }

// A glide before a vowel is written in three ways: "Yu", "Ju", "Iu".
std::string with_glide(const std::string& text) {
  const bool glides = text.size() > 1 && (text[0] == 'i' || text[0] == 'j') && is_vowel(text[1]);
  return glides ? "y" + text.substr(1) : text;
}

bool begins_with(const NamePart& full, const NamePart& initial) {
  if (full.text.starts_with(initial.text)) return true;
  const std::string start = with_glide(full.text);
  // "Е." is Evgeny, and Yevgeny.
  if (initial.text.size() == 1 && initial.script == NameScript::cyrillic && initial.text == "e")
    return start.starts_with("ye");
  if (initial.sound.empty() || full.sound.empty()) return false;
  if (initial.text.size() == 1) return full.sound[0] == initial.sound[0];
  // "Ts" sounds like any S here.
  return start.starts_with(with_glide(initial.text)) || (initial.text != "ts" && full.sound.starts_with(initial.sound));
}

PartSimilarity compare_initial(const NamePart& a, const NamePart& b) {
  if (a.kind == PartKind::initial && b.kind == PartKind::initial) {
    // "Yu." and "Y."
    const bool nested =
        !a.text.empty() && !b.text.empty() && (a.text.starts_with(b.text) || b.text.starts_with(a.text));
    return nested ? PartSimilarity{0.93F, Meeting::variant} : PartSimilarity{};
  }
  const NamePart& initial = a.kind == PartKind::initial ? a : b;
  const NamePart& full = a.kind == PartKind::initial ? b : a;
  if ((full.kind != PartKind::name && full.kind != PartKind::particle) || initial.text.empty()) return {};
  return begins_with(full, initial) ? PartSimilarity{0.8F, Meeting::initial} : PartSimilarity{};
}

PartSimilarity compare_forms(const NamePart& a, const NamePart& b) {
  if (a.kind == b.kind && a.form == b.form) return {0.95F, Meeting::form};
  const auto plain = [](const NamePart& p) { return p.form == LegalForm::co || p.form == LegalForm::group; };
  if (a.kind == b.kind) return {plain(a) || plain(b) ? 0.5F : 0.3F, Meeting::form};
  return {};
}

}  // namespace

float plausibility(float ratio) {
  if (ratio <= 0) return 1;
  if (ratio > largest_ratio) return 0;
  return (1 - 0.25F * ratio) / (1 + std::exp((ratio - 0.34F) / 0.055F));
}

std::string_view meeting_name(Meeting meeting) { return meeting_names[static_cast<std::size_t>(meeting)]; }

PartSimilarity compare_parts(const NamePart& a, const NamePart& b, NameMode mode) {
  if (a.native != 0 && b.native != 0) {
    return a.native == b.native ? PartSimilarity{1, Meeting::same} : PartSimilarity{};
  }
  if (a.text == b.text) return {1, Meeting::same};
  if (a.kind == PartKind::form || b.kind == PartKind::form) return compare_forms(a, b);
  if (a.kind == PartKind::number || b.kind == PartKind::number) return {};
  if (a.kind == PartKind::initial || b.kind == PartKind::initial) return compare_initial(a, b);
  PartSimilarity best;
  if (const float value = variant_similarity(a, b); value > 0) best = {value, Meeting::variant};
  if (a.kind == PartKind::gloss && b.kind == PartKind::gloss && a.gloss == b.gloss) {
    const float value = a.script == b.script ? 0.65F : 0.85F;
    if (value > best.value) best = {value, Meeting::gloss};
  }
  if (mode != NameMode::person && best.value < 0.9F && is_word(a.kind) && is_word(b.kind) &&
      (abbreviates(a.text, b.text) || abbreviates(b.text, a.text))) {
    best = {0.9F, Meeting::variant};
  }
  if (best.value >= 0.9F || !(is_word(a.kind) || is_word(b.kind) || a.kind == b.kind)) return best;
  PartSimilarity spelling = spelled(a, b, mode);
  // Two names that are both well known and different are two names, not a slip.
  // A Hebrew word that reads as one of them does so by chance: "אלי" is Eli, not Ali.
  const bool read = is_hebrew(a) == is_hebrew(b);
  if (mode == NameMode::person && read && best.value == 0 && a.groups[0] != 0 && b.groups[0] != 0)
    spelling.value *= 0.6F;
  return spelling.value > best.value ? spelling : best;
}

PartBound::PartBound(const NamePart& part, NameMode mode)
    : part_(part), mode_(mode), spelling_(part.text), sound_(part.sound) {}

bool PartBound::may_be_within(const NamePart& other, float ratio) const {
  const auto is_spelled = [](const NamePart& p) {
    return p.native == 0 && (p.kind == PartKind::name || p.kind == PartKind::place || p.kind == PartKind::gloss) &&
           !is_vowelless(p.script);
  };
  if (!is_spelled(part_) || !is_spelled(other)) return true;
  if (part_.kind == PartKind::gloss && other.kind == PartKind::gloss) return true;
  if (variant_similarity(part_, other) > 0) return true;
  const float letters = static_cast<float>(part_.text.size() + other.text.size()) / 2;
  const float sounds = static_cast<float>(part_.sound.size() + other.sound.size()) / 2;
  if (mode_ != NameMode::person &&
      (letters < short_word || abbreviates(part_.text, other.text) || abbreviates(other.text, part_.text))) {
    return true;
  }
  if (spelling_.least_cost(other.text) <= ratio * letters) return true;
  return unlike_by_sound * scale_of(sounds, letters) + sound_.least_cost(other.sound) <=
         ratio * scale_of(sounds, letters);
}

float part_weight(const NamePart& part, NameMode mode) {
  const bool person = mode == NameMode::person;
  switch (part.kind) {
    case PartKind::name:
      return 1.0F;
    case PartKind::initial:
      return 0.4F;
    case PartKind::number:
      return 0.5F;
    case PartKind::gloss:
    case PartKind::place:
      return person ? 1.0F : 0.65F;
    case PartKind::form:
      return part.form == LegalForm::co || part.form == LegalForm::group ? 0.15F : 0.08F;
    case PartKind::title:
      return 0.04F;
    case PartKind::particle:
      return 0.12F;
    case PartKind::stop:
      return 0.04F;
  }
  return 0;
}

}  // namespace testudo
