#include "intel/hunt/evaluation.h"

#include <algorithm>
#include <set>

#include "base/host.h"
#include "intel/hunt/look_alike.h"

namespace testudo {
namespace {

using Names = std::set<std::string, std::less<>>;

Names domains_of(const std::vector<std::string>& hosts) {
  Names domains;
  for (const std::string& host : hosts)
    if (const auto domain = registrable_domain(host)) domains.emplace(*domain);
  return domains;
}

double recall_at(const std::vector<double>& known, std::vector<double> ordinary, double share) {
  if (known.empty() || ordinary.empty()) return 0;
  const auto allowed = static_cast<std::size_t>(share * static_cast<double>(ordinary.size()));
  std::ranges::sort(ordinary, std::greater<>());
  const double cut = ordinary[std::min(allowed, ordinary.size() - 1)];
  return static_cast<double>(std::ranges::count_if(known, [&](double s) { return s > cut; })) /
         static_cast<double>(known.size());
}

template <typename Score>
RankFigures figures_of(const Names& known, const Names& ordinary, Score score) {
  std::vector<double> a, b;
  for (const std::string& name : known) a.push_back(score(name));
  for (const std::string& name : ordinary) b.push_back(score(name));
  return rank_figures(a, std::move(b));
}

double share_of_two(const Names& names, const WordSplitter& words) {
  const auto n =
      std::ranges::count_if(names, [&](const std::string& n) { return words.split(chosen_name(n).label).two(); });
  return names.empty() ? 0 : static_cast<double>(n) / static_cast<double>(names.size());
}

}  // namespace

RankFigures rank_figures(const std::vector<double>& known, std::vector<double> ordinary) {
  RankFigures figures;
  figures.recall_1 = recall_at(known, ordinary, 0.01);
  figures.recall_5 = recall_at(known, ordinary, 0.05);
  std::ranges::sort(ordinary);
  double wins = 0;
  for (const double s : known) {
    const auto range = std::ranges::equal_range(ordinary, s);
    wins += static_cast<double>(range.begin() - ordinary.begin()) + static_cast<double>(range.size()) / 2;
  }
  if (!known.empty() && !ordinary.empty())
    figures.auc = wins / static_cast<double>(known.size()) / static_cast<double>(ordinary.size());
  return figures;
}

Result<HoldOutFigures> evaluate(const HoldOut& hold_out) {
  Names learn_ordinary = domains_of(hold_out.learn_ordinary), ordinary = domains_of(hold_out.test_ordinary);
  Names test = domains_of(hold_out.test);
  for (const std::string& name : learn_ordinary) ordinary.erase(name), test.erase(name);
  for (const std::string& name : ordinary) test.erase(name);
  for (const KnownName& known : hold_out.learn)
    if (const auto domain = registrable_domain(known.host)) test.erase(std::string(*domain));
  const NamingModel model =
      TRY(NamingModel::train(hold_out.learn, {learn_ordinary.begin(), learn_ordinary.end()}, hold_out.scales));
  Brands brands;
  for (const std::string& brand : hold_out.brands) brands.add(brand);
  const WordSplitter words;
  HoldOutFigures figures{.learnt = model.known(), .tested = test.size(), .ordinary = ordinary.size()};
  figures.naming = figures_of(test, ordinary, [&](const std::string& n) { return model.score(n).score; });
  figures.look_alike = figures_of(test, ordinary, [&](const std::string& n) { return brands.find(n, words).score; });
  figures.two_words = figures_of(
      test, ordinary, [&](const std::string& n) { return words.split(chosen_name(n).label).two() ? 1.0 : 0.0; });
  figures.two_words_known = share_of_two(test, words);
  figures.two_words_ordinary = share_of_two(ordinary, words);
  return figures;
}

}  // namespace testudo
