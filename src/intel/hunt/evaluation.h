// How well hunting finds names that it never saw: figures of a hold-out. Floor 3.
#pragma once

#include <string>
#include <vector>

#include "intel/hunt/naming_model.h"

namespace testudo {

struct RankFigures {
  double auc = 0;       // chance that a known name scores above an ordinary one; ties count half
  double recall_1 = 0;  // share of the known names found where 1 % of the ordinary ones are
  double recall_5 = 0;  // where 5 % are
};
// From scores of known and of ordinary names. A cut that many names tie on counts only what is strictly above it.
RankFigures rank_figures(const std::vector<double>& known, std::vector<double> ordinary);

struct HoldOut {
  std::vector<KnownName> learn;
  std::vector<std::string> learn_ordinary;
  std::vector<std::string> test, test_ordinary;
  std::vector<std::string> brands;  // for the look-alike score
  NamingScales scales;
};
struct HoldOutFigures {
  std::size_t learnt = 0, tested = 0, ordinary = 0;  // registrable domains
  RankFigures naming, look_alike, two_words;
  double two_words_known = 0, two_words_ordinary = 0;  // share of each that is two words
};
// Names are reduced to registrable domains; what is in `learn` or in an ordinary list is taken out of `test`.
Result<HoldOutFigures> evaluate(const HoldOut& hold_out);

}  // namespace testudo
