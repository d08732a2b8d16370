#include "intel/hunt/naming_features.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/hash.h"

namespace testudo {
namespace {

class FeatureList {
 public:
  FeatureList(std::vector<NamingFeature>& out, std::vector<std::string>* texts) : out_(out), texts_(texts) {}
  void add(std::string_view prefix, std::string_view text, double value) {
    out_.push_back(
        {static_cast<std::uint32_t>(hash64(text, hash64(prefix)) % naming_slots), static_cast<float>(value)});
    if (texts_ != nullptr) texts_->push_back(std::string(prefix) + std::string(text));
  }

 private:
  std::vector<NamingFeature>& out_;
  std::vector<std::string>* texts_;
};

// Shannon's entropy of the label's letters, in bits.
double entropy(std::string_view label) {
  std::array<unsigned, 256> counts{};
  for (const char c : label) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (const unsigned n : counts)
    if (n > 0) bits -= n * std::log2(static_cast<double>(n) / static_cast<double>(label.size()));
  return label.empty() ? 0 : bits / static_cast<double>(label.size());
}

void add_runs(FeatureList& list, std::string_view label) {
  std::string text = "^";
  text.append(label).append("$");
  constexpr std::size_t from = 2, to = 5;
  std::size_t n = 0;
  for (std::size_t size = from; size <= to; ++size) n += text.size() >= size ? text.size() - size + 1 : 0;
  const double value = 0.5 / std::sqrt(static_cast<double>(std::max<std::size_t>(n, 1)));
  for (std::size_t size = from; size <= to; ++size)
    for (std::size_t i = 0; i + size <= text.size(); ++i) list.add("~", std::string_view(text).substr(i, size), value);
}

void add_shape(FeatureList& list, std::string_view label) {
  constexpr double value = 0.5;
  const auto digits = std::ranges::count_if(label, [](char c) { return c >= '0' && c <= '9'; });
  const auto hyphens = std::ranges::count(label, '-');
  list.add("length=", std::to_string(std::min<std::size_t>(label.size(), 30) / 2 * 2), value);
  list.add("digits=", std::to_string(std::min<std::ptrdiff_t>(digits, 4)), value);
  list.add("hyphens=", std::to_string(std::min<std::ptrdiff_t>(hyphens, 4)), value);
  list.add("entropy=", std::to_string(static_cast<int>(entropy(label) * 2)), value);
}

void add_words(FeatureList& list, const WordSplitter& words, std::string_view label) {
  constexpr double value = 0.5;
  const LabelWords split = words.split(label);
  list.add("words=", std::to_string(std::min<std::size_t>(split.words.size(), 5)), value);
  list.add("in_words=", std::to_string(static_cast<int>(split.covered * 4)), value);
  if (split.two()) list.add("two_words", "", value);
  for (const std::string_view word : split.words) list.add("word=", word, value);
}

}  // namespace

void naming_features(const WordSplitter& words, const ChosenName& name, std::vector<NamingFeature>& out,
                     std::vector<std::string>* texts) {
  out.clear();
  if (texts != nullptr) texts->clear();
  if (name.label.empty()) return;
  FeatureList list(out, texts);
  add_runs(list, name.label);
  add_shape(list, name.label);
  add_words(list, words, name.label);
  list.add("tld=", name.suffix, 1);
}

}  // namespace testudo
