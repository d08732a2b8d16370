// Which part of one name meets which part of the other, and what that says. Floor 3. docs/design/screening.md.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "intel/screen/edit_cost.h"
#include "intel/screen/name_parts.h"

namespace testudo {

// How two parts met.
enum class Meeting : std::uint8_t {
  same,
  variant,
  spelling,
  sound,
  initial,
  joined,
  acronym,
  number,
  form,
  gloss,
  reversed,
  none
};
std::string_view meeting_name(Meeting meeting);

struct PartSimilarity {
  float value = 0;  // 0 to 1
  Meeting how = Meeting::none;
};
// Cost: tens of nanoseconds where letters or lengths already tell, half a microsecond where edits are counted.
PartSimilarity compare_parts(const NamePart& a, const NamePart& b, NameMode mode);

// One part of a question, which most parts of a list are nothing like: tells most of those in some 30 nanoseconds.
class PartBound {
 public:
  // Borrows the part.
  PartBound(const NamePart& part, NameMode mode);
  // False only where the two can meet in nothing but letters or sounds and these differ by more edits per letter:
  // compare_parts() is then 0 (largest_ratio) or below 0.5 (half_ratio).
  bool may_be_within(const NamePart& other, float ratio) const;

 private:
  const NamePart& part_;
  NameMode mode_;
  EditBound spelling_, sound_;
};

// Edits per letter into similarity: 0 is 1, one in seven letters 0.94, one in three a half, beyond that another name.
// The middle (0.34) and the slope are ours, from what spellings of one name differ by; docs/design/screening.md has the
// curve.
float plausibility(float ratio);
constexpr float half_ratio = 0.3311F;   // below 0.5 from here on
constexpr float largest_ratio = 0.46F;  // 0 beyond

// Parts first_a … first_a+count_a-1 of one name beside those of the other. A count of 0: met nothing.
struct PartLink {
  std::uint8_t first_a = 0, count_a = 0, first_b = 0, count_b = 0;
  PartSimilarity similarity;
  float weight = 0;  // how much the parts say: 1 a name, less for the rest
};

// What the alignment says, as numbers that the score weighs (name_score.cpp). Masses are sums of weights.
struct NameEvidence {
  float contradiction = 0;  // mass that differs on both sides: the smaller of the two unmet masses
  float extra = 0;          // share of the longer name that only one side has
  float matched = 0;        // mass that meets, at most 3
  float worst = 0;          // 1 - similarity of the worst link between two parts that say who it is
  float whole = 0;          // edits between the whole names, joined, per letter; at most 0.6
  float numbers = 0;        // 1 where numbers differ, 0.5 where one side alone has one
  float forms = 0;          // 1 where legal forms differ
  float initials = 0;       // initials that met a full name, at most 2
  float single = 0;         // 1 where only one part that says who it is met, and one side has more
  float order = 0;          // 1 where the parts stand in another order and no comma explains it
  float doubt = 0;  // 0 to 1: what differs is as likely another one's name as a slip, so that the rest proves less
};

struct NameAlignment {
  std::vector<PartLink> links;
  NameEvidence evidence;
};

// compare_parts of one question's parts, remembered: the same few parts of a list come again and again.
class SimilarityCache {
 public:
  virtual ~SimilarityCache() = default;
  // The question's part at this place, and a part of the list.
  virtual PartSimilarity compare(std::size_t at, const NamePart& other, NameMode mode) = 0;
};

using PartsView = std::span<const NamePart* const>;

// At most 16 parts a side are looked at. `comma`: one of them put the family name first, so order says nothing.
// `cache`, where given, answers for the parts of `a`.
NameAlignment align_names(PartsView a, PartsView b, NameMode mode, bool comma, SimilarityCache* cache = nullptr);

// Weight of a part for a kind of name: 1 for what says who it is.
float part_weight(const NamePart& part, NameMode mode);

}  // namespace testudo
