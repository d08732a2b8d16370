// Reads neighbours as one word (name_units.h).
#include "intel/screen/name_units.h"

#include <algorithm>

#include "intel/screen/edit_cost.h"

namespace testudo {
namespace {

constexpr std::size_t most_parts = 16;

bool can_join(const NamePart& part) { return part.kind != PartKind::form; }

// "tse tung" and "zedong": joined, it stands in the table of variants beside the other.
bool are_variants(const std::string& text, const NamePart& other) {
  if (text == other.text) return true;
  if (other.groups[0] == 0) return false;
  const auto found = name_tables().variants.find(text);
  if (found == name_tables().variants.end()) return false;
  NamePart joined;
  joined.text = text;
  joined.groups = found->second;
  return compare_parts(joined, other, NameMode::person).how == Meeting::variant;
}

// Whether the neighbours, written as one, are this word; `alike` is how well the word met a single part.
bool joins_to(const std::string& text, NameScript script, const NamePart& word, float alike) {
  if (are_variants(text, word)) return true;
  if (word.text.size() < 4 || alike > 0.8F || (word.text[0] != text[0] && word.text.back() != text.back()))
    return false;
  if (edit_cost(word.text, text, 2.0F) <= 0.15F * static_cast<float>(text.size())) return true;
  // "Abd al-Rahman" and "Abdelrahmane", "عبد الرحمن": by sound, and by consonants where one is written without vowels.
  return word.text[0] == text[0] && compare_parts(plain_part(text, script), word, NameMode::person).value >= 0.85F;
}

// One word of `whole` against neighbours of `split`: "Ramimakhlouf" and "Rami Makhlouf", "vanderbilt" and "van der
// bilt".
bool join_once(Units& split, const Units& whole, const std::vector<float>& alike) {
  for (std::size_t n = std::min<std::size_t>(3, split.size()); n >= 2; --n) {
    for (std::size_t i = 0; i + n <= split.size(); ++i) {
      std::size_t size = 0;
      bool joins = true;
      for (std::size_t k = i; k < i + n; ++k) {
        joins = joins && can_join(split[k].get()) && split[k].count == 1;
        size += split[k].get().text.size();
      }
      if (!joins) continue;
      for (std::size_t w = 0; w < whole.size(); ++w) {
        const NamePart& word = whole[w].get();
        if (alike[w] > 0.95F || whole[w].count > 1 || word.native != 0 || !can_join(word)) continue;
        const NameScript script = split[i].get().script;
        const std::size_t slack = lacks_vowels(script) != lacks_vowels(word.script) ? 7 : 2;
        if (word.text.size() + slack < size || size + slack < word.text.size()) continue;
        std::string text;
        for (std::size_t k = i; k < i + n; ++k) text += split[k].get().text;
        if (!joins_to(text, script, word, alike[w])) continue;
        Unit unit;
        unit.made = std::make_shared<const NamePart>(plain_part(text, script));
        unit.part = unit.made.get();
        unit.first = split[i].first;
        unit.count = static_cast<std::uint8_t>(n);
        for (std::size_t k = i; k < i + n; ++k) unit.weight += split[k].weight;
        unit.weight = std::max(unit.weight, 1.0F);
        split[i] = std::move(unit);
        split.erase(split.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                    split.begin() + static_cast<std::ptrdiff_t>(i + n));
        return true;
      }
    }
  }
  return false;
}

}  // namespace

Units units_of(PartsView parts, NameMode mode) {
  Units units;
  units.reserve(most_parts);
  for (std::size_t i = 0; i < parts.size() && i < most_parts; ++i) {
    units.push_back({parts[i], nullptr, static_cast<std::uint8_t>(i), 1, part_weight(*parts[i], mode)});
  }
  return units;
}

bool join_all(Units& split, const Units& whole, const std::vector<float>& alike) {
  if (split.size() < 2 || std::all_of(alike.begin(), alike.end(), [](float v) { return v > 0.95F; })) return false;
  bool joined = false;
  while (join_once(split, whole, alike)) joined = true;
  return joined;
}

bool differ_in_gender(const NamePart& a, const NamePart& b) {
  const auto latin = [](const NamePart& part) {
    return part.script == NameScript::latin || part.script == NameScript::cyrillic;
  };
  const std::string& shorter = a.text.size() < b.text.size() ? a.text : b.text;
  const std::string& longer = a.text.size() < b.text.size() ? b.text : a.text;
  const std::size_t size = shorter.size();
  if (size < 4 || longer.size() - size > 1 || !latin(a) || !latin(b)) return false;
  const char end = longer.back(), other = shorter.back();
  if (longer.size() == size) {
    return longer.compare(0, size - 1, shorter, 0, size - 1) == 0 &&
           ((end == 'a' && other == 'o') || (end == 'o' && other == 'a'));
  }
  return end == 'a' && longer.starts_with(shorter) && std::string_view("aeiouyh").find(other) == std::string_view::npos;
}

}  // namespace testudo
