// Finds candidates by the keys of their parts, then scores the best of them (entity_index.h).
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <unordered_map>

#include "intel/screen/entity_index.h"
#include "intel/screen/index_state.h"
#include "intel/screen/name_versions.h"
#include "intel/screen/name_weights.h"
#include "intel/screen/remembered_similarity.h"

namespace testudo {
namespace {

constexpr std::size_t max_scored = 32;  // names that are aligned in full
constexpr std::size_t max_alike = 160;  // parts of the index that one part of the question may be compared with, a key
constexpr std::uint32_t max_postings = 40'000;  // names of common parts that are walked for one part of the question
constexpr std::uint32_t few_postings = 2'000;   // walked without asking
// Parts less alike than this are two parts: they contradict by half a name on both sides (name_weights.cpp).
// half_ratio is the same in edits.
constexpr float least_alike = 0.5F;
// The share of both masses that must meet. Of a name that shares less, so much is unmet that it cannot reach the
// threshold; one that meets in common parts alone has at most this over 2 - this of the question's mass.
constexpr float least_rank = 0.4F;
// Most names that share less than half are none that are meant: the best of them are aligned, no more.
constexpr float sure_rank = 0.5F;
constexpr std::size_t max_unsure = 6;
// A part of the question that met one as like as this is not looked for with two letters left out.
constexpr float alike_enough = 0.8F;
constexpr std::size_t shortest_half = 4;  // letters of a word that may be half of a joined one

struct Alike {
  std::uint32_t part;
  float similarity;
};

// A part of the question and the parts of the index that are like it, the likest first.
struct Asked {
  std::vector<Alike> alike;
  float weight = 0;
  std::uint32_t postings = 0;  // names of all of them
  Asked(std::vector<Alike> parts, float w, std::uint32_t names) : alike(std::move(parts)), weight(w), postings(names) {}
};

// A name that the question holds, read in one mode.
struct Question {
  NameMode mode = NameMode::person;
  NameParts parts;
  std::vector<const NamePart*> view;
  float mass = 0;  // of its parts, by rarity in the index
};

// A listed name that is like a question.
struct Found {
  double evidence = 0;
  std::uint32_t name = 0;
  std::size_t question = 0;
};

// What met so far of a name, and when it was last touched: question and part together.
struct Touch {
  float mass = 0;
  std::uint32_t turn = 0;
};

}  // namespace

struct EntitySearcher::State {
  explicit State(const EntityIndexState& index) : s(index), met(index.names.size()) {}
  const EntityIndexState& s;
  std::vector<Touch> met;  // of each name
  std::vector<std::uint32_t> touched;
  std::vector<std::uint32_t> seen;  // of each part: when it was last compared
  std::vector<float> amounts;       // of each part: what it adds now; zeros between uses
  Remembered remembered;
  std::uint32_t clock = 0, question_began = 0, seen_clock = 0;

  std::vector<Alike> alike_parts(std::size_t at, const NamePart& part, NameMode mode);
  bool has_mode(NameMode mode) const { return s.names_by_mode[static_cast<std::size_t>(mode)] != 0; }
  void touch(std::uint32_t name, float amount);
  void add_part(const Asked& part, bool new_names);
  float most_of(const Asked& part) const;
  // Of a word that stands in one name.
  float unknown_mass() const { return 0.5F + std::log(static_cast<float>(std::max<std::size_t>(s.names.size(), 1))); }
  void add_to_touched(const Asked& part);
  void add_names_of(std::uint32_t part, NameMode mode);
  void add_joins(const Question& question, NameMode mode);
  void add_halves(const Question& question, NameMode mode);
  void collect(Question& question, NameMode mode);
  std::vector<std::uint32_t> best_names(const Question& question);
  double rarity_effect(const IndexedName& name, const NameAlignment& alignment) const;
  std::vector<const NamePart*> view_of(const IndexedName& name) const;
  void score(const Question& question, std::size_t place, const ScreenQualifiers& asked, double least,
             std::unordered_map<std::uint32_t, Found>& best);
  ScreenHit hit_of(const Found& found, const Question& question, const ScreenQualifiers& asked) const;
};

std::vector<const NamePart*> EntitySearcher::State::view_of(const IndexedName& name) const {
  std::vector<const NamePart*> view;
  view.reserve(name.parts);
  for (std::size_t k = 0; k < name.parts; ++k) view.push_back(&s.parts[s.part_ids[name.first_part + k]]);
  return view;
}

std::vector<Alike> EntitySearcher::State::alike_parts(std::size_t place, const NamePart& part, NameMode mode) {
  std::vector<Alike> found;
  if (seen.size() != s.parts.size()) seen.assign(s.parts.size(), 0);
  ++seen_clock;
  std::size_t budget = max_alike;
  const auto consider = [&](std::uint32_t id) {
    if (seen[id] == seen_clock || budget == 0 || s.part_modes[id] != mode) return;
    seen[id] = seen_clock;
    --budget;
    if (!remembered.may_be_alike(place, s.parts[id])) return;
    const PartSimilarity similarity = remembered.compare_alike(place, s.parts[id], mode);
    if (similarity.value >= least_alike) found.push_back({id, similarity.value});
  };
  s.texts.each_value(key_hash(part.text), consider);
  if (part.native != 0 || part.kind == PartKind::number) return found;
  budget = max_alike;
  for (const std::uint16_t group : part.groups) {
    if (group != 0) s.groups.each_value(group / 2U, consider);
  }
  budget = max_alike;
  s.deletions.each_value(key_hash(part.text), consider);
  each_deletion(part.text, [&](std::uint32_t key) {
    s.texts.each_value(key, consider);
    s.deletions.each_value(key, consider);
  });
  budget = max_alike;
  each_skeleton(part, [&](std::uint32_t skeleton) {
    s.skeletons.each_value(skeleton, [&](std::uint32_t id) {
      const NamePart& other = s.parts[id];
      const std::size_t longer = std::max(other.text.size(), part.text.size()),
                        shorter = std::min(other.text.size(), part.text.size());
      if (longer - shorter <= 3 || other.script != part.script) consider(id);
    });
  });
  if (std::ranges::any_of(found, [](const Alike& a) { return a.similarity >= alike_enough; })) return found;
  budget = max_alike;
  s.second_deletions.each_value(key_hash(part.text), consider);
  each_deletion(part.text, [&](std::uint32_t key) { s.second_deletions.each_value(key, consider); });
  each_second_deletion(part.text, [&](std::uint32_t key) {
    for (const KeyTable* table : {&s.texts, &s.deletions, &s.second_deletions}) table->each_value(key, consider);
  });
  return found;
}

void EntitySearcher::State::touch(std::uint32_t name, float amount) {
  Touch& at = met[name];
  if (at.turn < question_began) {
    at.mass = 0;
    touched.push_back(name);
  }
  if (at.turn == clock) return;  // this part met this name already, and better
  at.turn = clock;
  at.mass += amount;
}

// The mass that a part adds to a name at most.
float EntitySearcher::State::most_of(const Asked& part) const {
  float rarest = 0;
  for (const Alike& a : part.alike) rarest = std::max(rarest, s.rarity[a.part] * a.similarity);
  return part.weight * rarest;
}

void EntitySearcher::State::add_part(const Asked& part, bool new_names) {
  ++clock;
  std::uint32_t walked = 0;
  // Where rarer parts left few names, those are looked at, and not the many of a common part.
  const bool many = part.postings > few_postings && touched.size() * 4 < part.postings;
  if (!new_names || (!touched.empty() && many)) return add_to_touched(part);
  for (const Alike& a : part.alike) {
    const std::uint32_t begin = s.posting_begin[a.part], end = s.posting_begin[a.part + 1];
    if ((walked += end - begin) > max_postings) break;
    const float amount = part.weight * s.rarity[a.part] * a.similarity;
    for (std::uint32_t at = begin; at < end; ++at) touch(s.postings[at], amount);
  }
}

void EntitySearcher::State::add_to_touched(const Asked& part) {
  amounts.resize(s.parts.size());
  for (const Alike& a : part.alike) amounts[a.part] = part.weight * s.rarity[a.part] * a.similarity;
  for (const std::uint32_t n : touched) {
    float best = 0;
    for (const std::uint32_t id : std::span(s.part_ids).subspan(s.names[n].first_part, s.names[n].parts)) {
      best = std::max(best, amounts[id]);
    }
    met[n].mass += best;
  }
  for (const Alike& a : part.alike) amounts[a.part] = 0;
}

// The names that hold a part, found by more than the part alone.
void EntitySearcher::State::add_names_of(std::uint32_t part, NameMode mode) {
  if (s.part_modes[part] != mode) return;
  const std::uint32_t begin = s.posting_begin[part], end = s.posting_begin[part + 1];
  if (end - begin > few_postings) return;
  for (std::uint32_t at = begin; at < end; ++at) touch(s.postings[at], s.rarity[part]);
}

// Words of the question that the list writes apart, or the other way round.
void EntitySearcher::State::add_joins(const Question& question, NameMode mode) {
  ++clock;
  const auto& parts = question.parts.parts;
  const auto add = [&](std::uint32_t id) { add_names_of(id, mode); };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].text.size() >= 3)
      s.joins.each_value(key_hash(parts[i].text), [&](std::uint32_t name) {
        if (s.names[name].mode == mode) touch(name, unknown_mass());
      });
    std::string text = parts[i].text;
    for (std::size_t k = i + 1; k < parts.size() && k < i + 3; ++k) {
      text += parts[k].text;
      if (text.size() < 5) continue;
      s.texts.each_value(key_hash(text), add);
      const auto variants = name_tables().variants.find(text);
      if (variants == name_tables().variants.end()) continue;
      for (const std::uint16_t group : variants->second)
        if (group != 0) s.groups.each_value(group / 2U, add);
    }
  }
}

// A long word that the list may write as two, one of which stands there letter by letter.
void EntitySearcher::State::add_halves(const Question& question, NameMode mode) {
  ++clock;
  for (const NamePart& part : question.parts.parts)
    for (std::size_t cut = shortest_half; cut + shortest_half <= part.text.size(); ++cut)
      for (const std::string_view half :
           {std::string_view(part.text).substr(0, cut), std::string_view(part.text).substr(cut)})
        s.texts.each_value(key_hash(half), [&](std::uint32_t id) { add_names_of(id, mode); });
}

void EntitySearcher::State::collect(Question& question, NameMode mode) {
  touched.clear();
  question_began = ++clock;
  for (const NamePart& part : question.parts.parts) question.view.push_back(&part);
  remembered.begin(question.view, mode);
  std::vector<Asked> asked;
  for (std::size_t at = 0; at < question.view.size(); ++at) {
    // Forms, titles, particles and initials stand in too many names to find one by.
    const NamePart& part = *question.view[at];
    if (part_weight(part, mode) < 0.5F) continue;
    Asked& one = asked.emplace_back(alike_parts(at, part, mode), part_weight(part, mode), 0U);
    for (const Alike& a : one.alike) one.postings += s.posting_begin[a.part + 1] - s.posting_begin[a.part];
    std::sort(one.alike.begin(), one.alike.end(), [](const Alike& x, const Alike& y) {
      return x.similarity != y.similarity ? x.similarity > y.similarity : x.part < y.part;
    });
  }
  std::sort(asked.begin(), asked.end(), [](const Asked& x, const Asked& y) { return x.postings < y.postings; });
  const float unknown = unknown_mass();
  float left = 0;  // what the parts that are not walked yet add to a name at most
  for (const Asked& part : asked) {
    question.mass += part.alike.empty() ? part.weight * unknown : most_of(part);
    left += most_of(part);
  }
  for (const Asked& part : asked) {
    add_part(part, left * (2 - least_rank) >= least_rank * question.mass);
    left -= most_of(part);
  }
  add_joins(question, mode);
  add_halves(question, mode);
}

// The names that share the largest part of both masses.
std::vector<std::uint32_t> EntitySearcher::State::best_names(const Question& question) {
  struct Ranked {
    float rank;
    std::uint32_t name;
  };
  std::vector<Ranked> ranked;
  const float least = least_rank / (2 - least_rank) * question.mass;
  for (const std::uint32_t n : touched) {
    const float mass = met[n].mass;
    if (mass < least) continue;  // even wholly met it ranks too low; said first as it needs no look at the name
    const float whole = s.names[n].mass;
    const float rank = mass / std::max(1.0F, 0.5F * (question.mass + whole));
    if (mass >= least_rank * std::min(question.mass, whole) && rank >= least_rank) ranked.push_back({rank, n});
  }
  std::size_t kept = std::min(max_scored, ranked.size());
  std::partial_sort(
      ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(kept), ranked.end(),
      [](const Ranked& x, const Ranked& y) { return x.rank != y.rank ? x.rank > y.rank : x.name < y.name; });
  const auto sure =
      static_cast<std::size_t>(std::ranges::count_if(ranked, [](const Ranked& r) { return r.rank >= sure_rank; }));
  kept = std::min(kept, sure + max_unsure);
  std::vector<std::uint32_t> names;
  names.reserve(kept);
  for (std::size_t i = 0; i < kept; ++i) names.push_back(ranked[i].name);
  return names;
}

// What met may be so common that chance alone explains it in a list of this size: ln(names) is the information that it
// takes to single out one name. A known given or family name is never counted as rarer than one in 500.
double EntitySearcher::State::rarity_effect(const IndexedName& name, const NameAlignment& alignment) const {
  if (s.names.size() < 1000) return 0;
  double information = 0;
  for (const PartLink& link : alignment.links) {
    if (link.count_a == 0 || link.count_b == 0 || link.similarity.value < 0.5F) continue;
    for (std::size_t k = link.first_b; k < static_cast<std::size_t>(link.first_b) + link.count_b && k < name.parts;
         ++k) {
      const std::uint32_t id = s.part_ids[name.first_part + k];
      const NamePart& part = s.parts[id];
      const double weight = std::min(1.0F, part_weight(part, name.mode));
      const bool known = part.groups[0] != 0 || part.kind == PartKind::gloss || part.kind == PartKind::place;
      const double rarity = known ? std::min<double>(s.rarity[id], 6.2) : s.rarity[id];
      information += weight * rarity * static_cast<double>(link.similarity.value);
    }
  }
  const double spare = information - std::log(static_cast<double>(s.names.size())) - 2;
  return std::clamp(0.25 * spare, -1.5, 0.6);
}

EntitySearcher::EntitySearcher(const EntityIndex& index) : state_(std::make_unique<State>(*index.state_)) {}
EntitySearcher::~EntitySearcher() = default;
EntitySearcher::EntitySearcher(EntitySearcher&&) noexcept = default;

// Scores the listed names that share most with a question; of an entity its best is kept.
void EntitySearcher::State::score(const Question& question, std::size_t place, const ScreenQualifiers& asked,
                                  double least, std::unordered_map<std::uint32_t, Found>& best) {
  for (const std::uint32_t n : best_names(question)) {
    const IndexedName& listed = s.names[n];
    const ScreenEntity& entity = s.entities[listed.entity];
    const NameAlignment alignment =
        align_names(question.view, view_of(listed), question.mode, question.parts.comma || listed.comma, &remembered);
    double evidence = weigh(alignment.evidence, question.mode) + rarity_effect(listed, alignment);
    if (entity.names[listed.name].weak) evidence -= 0.5;
    for (const QualifierEffect& effect : compare_qualifiers(asked, entity)) evidence += effect.effect;
    if (score_of(evidence) < least) continue;
    const auto [at, is_new] = best.try_emplace(listed.entity, Found{evidence, n, place});
    if (!is_new && at->second.evidence < evidence) at->second = {evidence, n, place};
  }
}

ScreenHit EntitySearcher::State::hit_of(const Found& found, const Question& question,
                                        const ScreenQualifiers& asked) const {
  const IndexedName& listed = s.names[found.name];
  const ScreenEntity& entity = s.entities[listed.entity];
  const std::vector<const NamePart*> other = view_of(listed);
  const NameAlignment alignment =
      align_names(question.view, other, question.mode, question.parts.comma || listed.comma);
  ScreenHit hit{score_of(found.evidence),
                found.evidence,
                &entity,
                entity.names[listed.name].text,
                entity.names[listed.name].weak,
                explain(question.view, other, alignment),
                compare_qualifiers(asked, entity)};
  if (const double rarity = rarity_effect(listed, alignment); rarity != 0)
    hit.effects.push_back({rarity < 0 ? "common_name" : "rare_name", "", rarity});
  if (hit.weak) hit.effects.push_back({"weak_alias", "", -0.5});
  return hit;
}

std::vector<ScreenHit> EntitySearcher::find(std::string_view name, const ScreenQualifiers& asked, double least,
                                            std::size_t most) {
  State& st = *state_;
  constexpr std::array modes = {NameMode::person, NameMode::organisation, NameMode::vessel};
  const std::vector<std::string> versions = name_versions(name);
  std::vector<Question> questions;
  questions.reserve(versions.size() * modes.size());  // their views point into them
  std::unordered_map<std::uint32_t, Found> best;      // by entity
  for (const std::string& version : versions) {
    for (const NameMode mode : modes) {
      if (!st.has_mode(mode) || (asked.mode != NameMode::unknown && asked.mode != mode)) continue;
      Question& question = questions.emplace_back(mode, name_parts(version, mode));
      if (question.parts.parts.empty()) continue;
      st.collect(question, mode);
      st.score(question, questions.size() - 1, asked, least, best);
    }
  }
  std::vector<Found> found;
  found.reserve(best.size());
  for (const auto& [entity, f] : best) found.push_back(f);
  std::ranges::sort(found, [](const Found& x, const Found& y) {
    return x.evidence != y.evidence ? x.evidence > y.evidence : x.name < y.name;
  });
  if (found.size() > most) found.resize(most);
  std::vector<ScreenHit> hits;
  hits.reserve(found.size());
  for (const Found& f : found) hits.push_back(st.hit_of(f, questions[f.question], asked));
  return hits;
}

std::vector<ScreenHit> screen(const EntityIndex& index, std::string_view name, const ScreenQualifiers& asked) {
  return EntitySearcher(index).find(name, asked);
}

}  // namespace testudo
