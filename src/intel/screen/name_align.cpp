// Finds the best assignment of parts, and sums up what it says.
#include "intel/screen/name_align.h"

#include <algorithm>

#include "intel/screen/assignment.h"
#include "intel/screen/edit_cost.h"
#include "intel/screen/name_units.h"

namespace testudo {
namespace {

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
  // Given names that differ in gender are two names; family names, which stand last, have both ends for one family
  // ("Petrov", "Petrova").
  void part_genders(const Units& a, const Units& b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < b.size(); ++j) {
        PartSimilarity& cell = cells_[i * columns_ + j];
        const bool last = i + 1 == a.size() && j + 1 == b.size();
        const bool slip = cell.how == Meeting::spelling || cell.how == Meeting::sound;
        if (slip && !last && differ_in_gender(a[i].get(), b[j].get())) cell.value *= 0.5F;
      }
    }
  }
  std::vector<float> best_of_rows() const {
    std::vector<float> best(cells_.size() / columns_);
    for (std::size_t k = 0; k < cells_.size(); ++k) best[k / columns_] = std::max(best[k / columns_], cells_[k].value);
    return best;
  }
  std::vector<float> best_of_columns() const {
    std::vector<float> best(columns_);
    for (std::size_t k = 0; k < cells_.size(); ++k) best[k % columns_] = std::max(best[k % columns_], cells_[k].value);
    return best;
  }

 private:
  std::size_t columns_;
  std::vector<PartSimilarity> cells_;
};

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
  void compare_syllables(float least_mass);
  float slip_doubt(std::size_t i) const;
  float doubt() const;
  bool is_son_and_father() const;
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

// Who is whose son, as a name says it: "Yaqub bin Ishaq". The part that a word of descent stands before, or -1.
int father_of(const Units& units) {
  constexpr std::string_view words[] = {"bin", "ibn", "ben", "bint", "bn", "binti"};
  for (std::size_t i = 1; i + 1 < units.size(); ++i) {
    if (std::find(std::begin(words), std::end(words), units[i].get().text) == std::end(words)) continue;
    while (++i < units.size()) {
      if (units[i].weight >= 1) return static_cast<int>(i);
    }
  }
  return -1;
}

// Which of several of one name: "Jr." 2, "III" 3; 0 where the name does not say.
int generation_of(const Units& units) {
  int generation = 0;
  for (const Unit& unit : units) {
    if (unit.get().kind == PartKind::title) generation = std::max<int>(generation, unit.get().gloss);
  }
  return generation;
}

// "Yaqub bin Ishaq" and "Ishaq bin Yaqub" are two people, and so are Robert Roe Jr. and Robert Roe Sr.
bool Alignment::is_son_and_father() const {
  if (mode_ != NameMode::person) return false;
  const int mine = generation_of(a_), yours = generation_of(b_);
  if (mine != 0 && yours != 0 && mine != yours) return true;
  const int father = father_of(a_), other_father = father_of(b_);
  if (father < 0 || other_father < 0) return false;
  const int partner = other_[static_cast<std::size_t>(father)];
  return partner >= 0 && partner < other_father - 1;
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

// Where the spaces of syllables go says nothing, but a syllable beside one without a letter in common is another name:
// "Jong Un", "Jong Il".
void Alignment::compare_syllables(float least_mass) {
  std::string x, y;
  std::vector<bool> met(b_.size());
  for (std::size_t i = 0; i < a_.size(); ++i) {
    const int j = other_[i];
    if (j >= 0) met[static_cast<std::size_t>(j)] = true;
    if (j < 0) x += a_[i].get().text;
  }
  for (std::size_t j = 0; j < b_.size(); ++j) {
    if (!met[j]) y += b_[j].get().text;
  }
  const float letters = static_cast<float>(x.size() + y.size()) / 2;
  if (!x.empty() && !y.empty() && edit_cost(x, y, 2 * letters) >= 0.75F * letters) return;
  NameEvidence& e = out_.evidence;
  const float s = plausibility(e.whole);
  e.contradiction = std::min(e.contradiction, (1 - s) * least_mass);
  e.worst = std::min(e.worst, 1 - s);
}

// A letter of another sound in a short word ("Bush", "Bash") tells more than one in a long word, and more than between
// two alphabets, where spellings differ anyhow.
float Alignment::slip_doubt(std::size_t i) const {
  const auto j = static_cast<std::size_t>(other_[i]);
  const NamePart &p = a_[i].get(), &q = b_[j].get();
  const Meeting how = similar_.at(i, j).how;
  if ((how != Meeting::spelling && how != Meeting::sound) || p.sound == q.sound) return 0;
  if (lacks_vowels(p.script) != lacks_vowels(q.script)) return 0;
  const float letters = static_cast<float>(p.text.size() + q.text.size()) / 2;
  const float doubt = 0.5F * std::clamp((edit_cost(p.text, q.text, letters) / letters - 0.08F) * 10, 0.0F, 1.0F);
  return p.script == q.script ? doubt : doubt / 2;
}

float Alignment::doubt() const {
  float most = out_.evidence.numbers == 1.0F ? 0.35F : 0;
  for (std::size_t i = 0; i < a_.size(); ++i) {
    if (other_[i] < 0 || !says_who(a_[i], mode_)) continue;
    most = std::max(most, slip_doubt(i));
    // Given names in another order: each may be the other's father.
    for (std::size_t k = i + 1; k < a_.size() && mode_ == NameMode::person && out_.evidence.order > 0; ++k) {
      const bool swapped = other_[k] >= 0 && other_[k] < other_[i];
      if (swapped && a_[i].get().groups[0] != 0 && a_[k].get().groups[0] != 0) most = std::max(most, 0.4F);
    }
  }
  return most;
}

void Alignment::sum_up(bool comma) {
  NameEvidence& e = out_.evidence;
  float unmet_a = 0, unmet_b = 0, total_a = 0, total_b = 0, matched = 0;
  int who_met = 0, who_a = 0, who_b = 0, initials_a = 0, initials_b = 0;  // initials that met nothing
  std::vector<bool> met(b_.size());
  for (std::size_t i = 0; i < a_.size(); ++i) {
    total_a += a_[i].weight;
    who_a += says_who(a_[i], mode_);
    if (other_[i] < 0) {
      unmet_a += a_[i].weight;
      initials_a += a_[i].get().kind == PartKind::initial;
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
    initials_b += b_[j].get().kind == PartKind::initial;
    out_.links.push_back({0, 0, b_[j].first, b_[j].count, {}, b_[j].weight});
  }
  e.contradiction = std::min(unmet_a, unmet_b);
  e.extra = (std::max(unmet_a, unmet_b) - e.contradiction) / std::max({total_a, total_b, 0.5F});
  e.matched = std::min(3.0F, matched);
  e.initials = std::min(2.0F, e.initials);
  e.single = who_met <= 1 && e.initials == 0 && std::max(who_a, who_b) > 1 && who_a != who_b ? 1 : 0;
  // "John R." and "John T." differ by more than the little that an initial weighs.
  if (initials_a > 0 && initials_b > 0) e.contradiction += 0.3F;
  if (is_son_and_father()) e.contradiction += 0.7F;
  compare_numbers();
  compare_order(comma);
  const std::string x = joined_text(a_), y = explained_text();
  const float length = std::max(1.0F, static_cast<float>(x.size() + y.size()) / 2);
  // "People's Front of Exampleland" and "Exampleland People's Front": all words, in another order.
  const bool all_met = mode_ != NameMode::person && e.contradiction < 0.3F && e.extra < 0.1F;
  e.whole = e.order > 0 ? (all_met ? 0.3F : 0.6F) : std::min(0.6F, edit_cost(x, y, 0.6F * length) / length);
  if (mode_ == NameMode::person && is_syllabic(a_) && is_syllabic(b_)) compare_syllables(std::min(total_a, total_b));
  e.doubt = doubt();
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

// "Unit 101", "First Bank of Iran": where no other word says who it is, the number does.
void weigh_numbers(Units& units) {
  const auto is_name = [](const Unit& unit) { return unit.get().kind == PartKind::name; };
  if (std::any_of(units.begin(), units.end(), is_name)) return;
  for (Unit& unit : units) {
    if (unit.get().kind == PartKind::number) unit.weight = 1;
  }
}

}  // namespace

NameAlignment align_names(PartsView a, PartsView b, NameMode mode, bool comma, SimilarityCache* cache) {
  Units x = units_of(a, mode), y = units_of(b, mode);
  if (mode != NameMode::person) weigh_numbers(x), weigh_numbers(y);
  if (x.empty() || y.empty()) return {{}, {.contradiction = 1, .worst = 1, .whole = 0.6F}};
  if (mode != NameMode::person && (is_acronym(x, y) || is_acronym(y, x)))
    return whole_alignment(a, b, Meeting::acronym, 0.8F);
  Matrix similar(x, y, mode, cache);
  if (join_all(x, y, similar.best_of_columns())) similar = Matrix(x, y, mode, cache);
  if (join_all(y, x, similar.best_of_rows())) similar = Matrix(x, y, mode, cache);
  if (mode == NameMode::person) similar.part_genders(x, y);
  NameAlignment out = Alignment(x, y, similar, mode).run(comma);
  if (mode == NameMode::person && out.evidence.contradiction > 1 && is_reversed(x, y)) {
    return whole_alignment(a, b, Meeting::reversed, 0.8F);
  }
  return out;
}

}  // namespace testudo
