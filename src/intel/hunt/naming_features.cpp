#include "intel/hunt/naming_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include "base/hash.h"

namespace testudo {
namespace {

constexpr std::size_t longest = 63;  // octets of a label (RFC 1035)

std::uint32_t slot_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash % naming_slots); }

class FeatureList {
 public:
  FeatureList(std::vector<NamingFeature>& out, std::vector<std::string>* texts) : out_(out), texts_(texts) {}
  void add(std::uint32_t slot, float value, std::string_view prefix, std::string_view text) {
    out_.push_back({slot, value});
    if (texts_ != nullptr) texts_->push_back(std::string(prefix).append(text));
  }
  void text(std::string_view prefix, std::uint64_t seed, std::string_view text, float value) {
    add(slot_of(hash64(text, seed)), value, prefix, text);
  }
  void flag(std::string_view name, std::uint64_t seed, float value) { add(slot_of(hash64({}, seed)), value, name, {}); }
  void number(std::string_view prefix, std::uint64_t seed, std::size_t number, float value) {
    const auto digit = static_cast<char>(number);
    add(slot_of(hash64({&digit, 1}, seed)), value, prefix, texts_ == nullptr ? std::string() : std::to_string(number));
  }

 private:
  std::vector<NamingFeature>& out_;
  std::vector<std::string>* texts_;
};

// Shannon's entropy of the label's letters, in half bits.
std::size_t entropy(std::string_view label) {
  std::array<std::uint8_t, 256> counts{};
  for (const char c : label) ++counts[static_cast<unsigned char>(c)];
  static const std::array<double, longest + 1> parts = [] {  // n log2 n
    std::array<double, longest + 1> made{};
    for (std::size_t n = 1; n < made.size(); ++n) made[n] = static_cast<double>(n) * std::log2(static_cast<double>(n));
    return made;
  }();
  double sum = 0;
  for (const char c : label) sum += parts[std::exchange(counts[static_cast<unsigned char>(c)], std::uint8_t{0})];
  const auto size = static_cast<double>(label.size());
  return static_cast<std::size_t>((std::log2(size) - sum / size) * 2 + 1e-9);
}

// Runs of up to eight octets are their own number.
void add_runs(FeatureList& list, std::string_view label, float weight) {
  constexpr std::size_t from = 2, to = 5;
  std::array<char, longest + 2 + 8> text{};
  text[0] = '^';
  std::memcpy(text.data() + 1, label.data(), label.size());
  text[label.size() + 1] = '$';
  const std::size_t all = label.size() + 2;
  std::size_t n = 0;
  for (std::size_t size = from; size <= to; ++size) n += all >= size ? all - size + 1 : 0;
  const float value = weight / std::sqrt(static_cast<float>(std::max<std::size_t>(n, 1)));
  for (std::size_t i = 0; i + from <= all; ++i) {
    std::uint64_t octets = 0;
    std::memcpy(&octets, text.data() + i, sizeof octets);
    for (std::size_t size = from; size <= to && i + size <= all; ++size) {
      const std::uint64_t run = (octets & ((std::uint64_t{1} << (8 * size)) - 1)) + (std::uint64_t{size} << 56);
      const std::uint64_t mixed = run * 0x9E3779B97F4A7C15ULL;
      list.add(slot_of((mixed ^ mixed >> 29) >> 20), value, "~", {text.data() + i, size});
    }
  }
}

enum Seed : std::uint64_t { length = 1, digits, hyphens, bits, word_count, in_words, two_words, word, suffix };

void add_shape(FeatureList& list, std::string_view label, float value) {
  const auto digit_count = std::ranges::count_if(label, [](char c) { return c >= '0' && c <= '9'; });
  const auto hyphen_count = std::ranges::count(label, '-');
  list.number("length=", length, std::min<std::size_t>(label.size(), 30) / 2 * 2, value);
  list.number("digits=", digits, static_cast<std::size_t>(std::min<std::ptrdiff_t>(digit_count, 4)), value);
  list.number("hyphens=", hyphens, static_cast<std::size_t>(std::min<std::ptrdiff_t>(hyphen_count, 4)), value);
  list.number("entropy=", bits, entropy(label), value);
}

void add_words(FeatureList& list, const WordSplitter& words, std::string_view label, float value) {
  const LabelWords split = words.split(label);
  list.number("words=", word_count, std::min<std::size_t>(split.words().size(), 5), value);
  list.number("in_words=", in_words, static_cast<std::size_t>(split.covered * 4), value);
  if (split.two()) list.flag("two_words", two_words, value);
  for (const std::string_view one : split.words()) list.text("word=", word, one, value);
}

}  // namespace

void naming_features(const WordSplitter& words, const ChosenName& name, const NamingScales& scales,
                     std::vector<NamingFeature>& out, std::vector<std::string>* texts) {
  out.clear();
  if (texts != nullptr) texts->clear();
  if (name.label.empty()) return;
  FeatureList list(out, texts);
  const std::string_view label = name.label.substr(0, longest);
  add_runs(list, label, scales.runs);
  add_shape(list, label, scales.shape);
  add_words(list, words, label, scales.shape);
  list.text("tld=", suffix, name.suffix, scales.suffix);
}

}  // namespace testudo
