// Joins what is written apart, finds the best assignment of parts, and sums up what it says.
#include "intel/screen/name_align.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "intel/screen/assignment.h"
#include "intel/screen/name_sound.h"

namespace testudo {
namespace {

constexpr std::size_t most_parts = 16;

// A part, or several neighbours read as one word.
struct Unit {
  const NamePart* part = nullptr;
  std::shared_ptr<const NamePart> made;  // owns `part` where neighbours were joined
  std::uint8_t first = 0, count = 1;
  float weight = 0;
  const NamePart& get() const { return *part; }
};
using Units = std::vector<Unit>;

Units units_of(PartsView parts, NameMode mode) {
  Units units;
  units.reserve(most_parts);
  for (std::size_t i = 0; i < parts.size() && i < most_parts; ++i) {
    units.push_back({parts[i], nullptr, static_cast<std::uint8_t>(i), 1, part_weight(*parts[i], mode)});
  }
  return units;
}

// How alike every unit of one name is to every unit of the other.
class Matrix {
 public:
  Matrix(const Units& a, const Units& b, NameMode mode, SimilarityCache* cache)
      : columns_(b.size()), cells_(a.size() * b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < b.size(); ++j) {
        const bool original = cache != nullptr && a[i].count == 1 && b[j].count == 1;
        cells_[i * columns_ + j] =
            original ? cache->compare(a[i].first, b[j].get(), mode) : compare_parts(a[i].get(), b[j].get(), mode);
      }
    }
  }
  const PartSimilarity& at(std::size_t i, std::size_t j) const { return cells_[i * columns_ + j]; }
  float best_of_row(std::size_t i) const {
    float best = 0;
    for (std::size_t j = 0; j < columns_; ++j) best = std::max(best, at(i, j).value);
    return best;
  }
  float best_of_column(std::size_t j) const {
    float best = 0;
    for (std::size_t i = 0; columns_ > 0 && i < cells_.size() / columns_; ++i) best = std::max(best, at(i, j).value);
    return best;
  }

 private:
  std::size_t columns_;
  std::vector<PartSimilarity> cells_;
};

bool can_join(const NamePart& part) { return part.kind != PartKind::form && part.kind != PartKind::title; }

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
bool joins_to(const std::string& text, const NamePart& word, float alike) {
  if (are_variants(text, word)) return true;
  if (word.text.size() < 4 || alike > 0.8F || (word.text[0] != text[0] && word.text.back() != text.back()))
    return false;
  return edit_cost(word.text, text, 2.0F) <= 0.15F * static_cast<float>(text.size());
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
        if (word.text.size() + 2 < size || size + 2 < word.text.size()) continue;
        std::string text;
        for (std::size_t k = i; k < i + n; ++k) text += split[k].get().text;
        if (!joins_to(text, word, alike[w])) continue;
        Unit unit;
        unit.made = std::make_shared<const NamePart>(plain_part(text, split[i].get().script));
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

// Joins as long as something joins; the words that met something equal are left alone.
bool join_all(Units& split, const Units& whole, const std::vector<float>& alike) {
  if (split.size() < 2 || std::all_of(alike.begin(), alike.end(), [](float v) { return v > 0.95F; })) return false;
  bool joined = false;
  while (join_once(split, whole, alike)) joined = true;
  return joined;
}

bool says_who(const Unit& unit, NameMode mode) {
  return mode == NameMode::person ? unit.weight >= 1 : unit.weight >= 0.6F;
}

std::string joined_text(const Units& units) {
  std::string text;
  for (const Unit& unit : units) {
    if (unit.weight >= 0.1F && unit.get().kind != PartKind::form) text += unit.get().text;
  }
  return text;
}

// "PLA" and "People's Liberation Army".
bool is_acronym(const Units& one, const Units& other) {
  const auto heavy = [](const Unit& u) { return u.weight > 0.3F; };
  if (std::count_if(one.begin(), one.end(), heavy) != 1) return false;
  const Unit& word = *std::find_if(one.begin(), one.end(), heavy);
  std::string all, without;
  for (const Unit& unit : other) {
    const PartKind kind = unit.get().kind;
    all.push_back(unit.get().text[0]);
    if (kind != PartKind::stop && kind != PartKind::form) without.push_back(unit.get().text[0]);
  }
  const std::string& text = word.get().text;
  return text.size() >= 3 && (text == all || text == without);
}

// Chinese, Korean and Vietnamese names: two to four words, each a syllable. Where the spaces go is chance, and so the
// whole counts as one word.
bool is_syllabic(const Units& units) {
  int syllables = 0;
  for (const Unit& unit : units) {
    const NamePart& part = unit.get();
    if (part.kind == PartKind::title) continue;
    const bool word = part.kind == PartKind::name || part.kind == PartKind::particle;
    if (!word || part.script != NameScript::latin || part.text.size() > 6) return false;
    std::size_t vowel_runs = 0;
    bool vowel_before = false;
    for (const char c : part.text) {
      const bool vowel = std::string_view("aeiouy").find(c) != std::string_view::npos;
      vowel_runs += vowel && !vowel_before;
      vowel_before = vowel;
    }
    if (vowel_runs != 1 || (part.text.size() > 4 && part.text.back() != 'g')) return false;
    ++syllables;
  }
  return syllables >= 3 && syllables <= 4;
}

class Alignment {
 public:
  Alignment(const Units& a, const Units& b, const Matrix& similar, NameMode mode)
      : a_(a), b_(b), similar_(similar), mode_(mode) {}
  NameAlignment run(bool comma);

 private:
  void assign();
  void link(std::size_t i, std::size_t j);
  void sum_up(bool comma);
  std::string explained_text() const;
  void compare_numbers();
  void compare_order(bool comma);
  float value(std::size_t i, std::size_t j) const { return similar_.at(i, j).value; }
  const Units &a_, &b_;
  const Matrix& similar_;
  NameMode mode_;
  std::vector<int> other_;  // for each of a_: its partner in b_, or -1
  NameAlignment out_;
};

void Alignment::assign() {
  std::vector<float> gain(a_.size() * b_.size());
  for (std::size_t i = 0; i < a_.size(); ++i) {
    for (std::size_t j = 0; j < b_.size(); ++j) {
      const PartSimilarity s = similar_.at(i, j);
      // Of two equal partners the one in the same place is taken.
      const float place = 0.002F * static_cast<float>(i > j ? i - j : j - i);
      gain[i * b_.size() + j] =
          s.value < 0.15F ? 0 : std::max(0.0F, s.value * std::min(a_[i].weight, b_[j].weight) - place);
    }
  }
  other_ = best_assignment(gain, a_.size(), b_.size());
}

void Alignment::link(std::size_t i, std::size_t j) {
  PartLink link{a_[i].first, a_[i].count,       b_[j].first,
                b_[j].count, similar_.at(i, j), std::max(a_[i].weight, b_[j].weight)};
  if (link.count_a + link.count_b > 2 && link.similarity.how == Meeting::same) link.similarity.how = Meeting::joined;
  out_.links.push_back(link);
}

void Alignment::compare_numbers() {
  std::vector<std::string> x, y;
  for (const Unit& unit : a_) {
    if (unit.get().kind == PartKind::number) x.push_back(unit.get().text);
  }
  for (const Unit& unit : b_) {
    if (unit.get().kind == PartKind::number) y.push_back(unit.get().text);
  }
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  if (x != y) out_.evidence.numbers = x.empty() || y.empty() ? 0.5F : 1;
}

void Alignment::compare_order(bool comma) {
  if (comma) return;
  int last = -1;
  for (std::size_t i = 0; i < a_.size(); ++i) {
    if (other_[i] < 0 || !says_who(a_[i], mode_)) continue;
    if (other_[i] < last) out_.evidence.order = 1;
    last = other_[i];
  }
}

// The second name joined, each part that another language or nickname explains written as its partner is.
std::string Alignment::explained_text() const {
  bool same = true;
  for (std::size_t i = 0; i < a_.size(); ++i) {
    same = same && (other_[i] < 0 || value(i, static_cast<std::size_t>(other_[i])) == 1.0F);
  }
  if (same) return joined_text(b_);
  Units explained = b_;
  for (std::size_t i = 0; i < a_.size(); ++i) {
    if (other_[i] < 0) continue;
    const Meeting how = similar_.at(i, static_cast<std::size_t>(other_[i])).how;
    if (how != Meeting::variant && how != Meeting::gloss) continue;
    Unit& unit = explained[static_cast<std::size_t>(other_[i])];
    unit.part = a_[i].part;
  }
  return joined_text(explained);
}

void Alignment::sum_up(bool comma) {
  NameEvidence& e = out_.evidence;
  float unmet_a = 0, unmet_b = 0, total_a = 0, total_b = 0, matched = 0;
  int who_met = 0, who_a = 0, who_b = 0;
  std::vector<bool> met(b_.size());
  for (std::size_t i = 0; i < a_.size(); ++i) {
    total_a += a_[i].weight;
    who_a += says_who(a_[i], mode_);
    if (other_[i] < 0) {
      unmet_a += a_[i].weight;
      out_.links.push_back({a_[i].first, a_[i].count, 0, 0, {}, a_[i].weight});
      continue;
    }
    const auto j = static_cast<std::size_t>(other_[i]);
    met[j] = true;
    link(i, j);
    const float s = value(i, j);
    matched += s * std::min(a_[i].weight, b_[j].weight);
    unmet_a += (1 - s) * a_[i].weight;
    unmet_b += (1 - s) * b_[j].weight;
    const bool who = says_who(a_[i], mode_) && says_who(b_[j], mode_);
    who_met += who && s > 0.5F;
    if (who) e.worst = std::max(e.worst, 1 - s);
    e.initials += similar_.at(i, j).how == Meeting::initial;
    if (a_[i].get().kind == PartKind::form && b_[j].get().kind == PartKind::form && s < 0.5F) e.forms = 1;
  }
  for (std::size_t j = 0; j < b_.size(); ++j) {
    total_b += b_[j].weight;
    who_b += says_who(b_[j], mode_);
    if (met[j]) continue;
    unmet_b += b_[j].weight;
    out_.links.push_back({0, 0, b_[j].first, b_[j].count, {}, b_[j].weight});
  }
  e.contradiction = std::min(unmet_a, unmet_b);
  e.extra = (std::max(unmet_a, unmet_b) - e.contradiction) / std::max({total_a, total_b, 0.5F});
  e.matched = std::min(3.0F, matched);
  e.initials = std::min(2.0F, e.initials);
  e.single = who_met <= 1 && std::max(who_a, who_b) > 1 && who_a != who_b ? 1 : 0;
  compare_numbers();
  compare_order(comma);
  const std::string x = joined_text(a_), y = explained_text();
  const float length = std::max(1.0F, static_cast<float>(x.size() + y.size()) / 2);
  e.whole = e.order > 0 ? 0.6F : std::min(0.6F, edit_cost(x, y, 0.6F * length) / length);
  if (mode_ == NameMode::person && is_syllabic(a_) && is_syllabic(b_)) {
    const float s = plausibility(e.whole);
    e.contradiction = std::min(e.contradiction, (1 - s) * std::min(total_a, total_b));
    e.worst = std::min(e.worst, 1 - s);
  }
}

NameAlignment Alignment::run(bool comma) {
  assign();
  sum_up(comma);
  return std::move(out_);
}

// A name whose letters stand in reverse, to hide it: "nituP rimidalV".
bool is_reversed(const Units& a, const Units& b) {
  std::string x = joined_text(a), y = joined_text(b);
  if (x.size() < 8 || x.size() != y.size() || x == y) return false;
  std::reverse(x.begin(), x.end());
  if (edit_cost(x, y, 2) <= 1) return true;
  std::vector<std::string> p, q;
  for (const Unit& unit : a) p.emplace_back(unit.get().text.rbegin(), unit.get().text.rend());
  for (const Unit& unit : b) q.push_back(unit.get().text);
  std::sort(p.begin(), p.end());
  std::sort(q.begin(), q.end());
  if (p.size() != q.size() || p.size() < 2) return false;
  float cost = 0;
  for (std::size_t i = 0; i < p.size(); ++i) cost += edit_cost(p[i], q[i], 2);
  return cost <= 1;
}

// One link between everything and everything.
NameAlignment whole_alignment(PartsView a, PartsView b, Meeting how, float similarity) {
  NameAlignment out;
  out.links.push_back({0,
                       static_cast<std::uint8_t>(std::min<std::size_t>(a.size(), 255)),
                       0,
                       static_cast<std::uint8_t>(std::min<std::size_t>(b.size(), 255)),
                       {similarity, how},
                       2});
  out.evidence.matched = 2;
  out.evidence.worst = 1 - similarity;
  return out;
}

}  // namespace

NameAlignment align_names(PartsView a, PartsView b, NameMode mode, bool comma, SimilarityCache* cache) {
  Units x = units_of(a, mode), y = units_of(b, mode);
  if (x.empty() || y.empty()) return {{}, {.contradiction = 1, .worst = 1, .whole = 0.6F}};
  if (mode != NameMode::person && (is_acronym(x, y) || is_acronym(y, x)))
    return whole_alignment(a, b, Meeting::acronym, 0.8F);
  const Matrix similar(x, y, mode, cache);
  std::vector<float> rows(x.size()), columns(y.size());
  for (std::size_t i = 0; i < x.size(); ++i) rows[i] = similar.best_of_row(i);
  for (std::size_t j = 0; j < y.size(); ++j) columns[j] = similar.best_of_column(j);
  const bool joined_x = join_all(x, y, columns);
  const bool joined_y = !joined_x && join_all(y, x, rows);
  NameAlignment out = joined_x || joined_y ? Alignment(x, y, Matrix(x, y, mode, cache), mode).run(comma)
                                           : Alignment(x, y, similar, mode).run(comma);
  if (mode == NameMode::person && out.evidence.contradiction > 1 && is_reversed(x, y)) {
    return whole_alignment(a, b, Meeting::reversed, 0.8F);
  }
  return out;
}

}  // namespace testudo
