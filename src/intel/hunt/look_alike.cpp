#include "intel/hunt/look_alike.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/host.h"
#include "base/text.h"
#include "intel/hunt/skeleton.h"

namespace testudo {
namespace {

std::uint32_t letters_of(std::string_view text) {
  std::uint32_t bits = 0;
  for (const char c : text)
    if (c >= 'a' && c <= 'z') bits |= 1U << (c - 'a');
  return bits;
}

std::string without_hyphens(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (c != '-') plain += c;
  return plain;
}

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), at most `most`, else most
// + 1.
std::size_t edits(std::string_view a, std::string_view b, std::size_t most) {
  constexpr std::size_t longest = 63;
  if (a.size() > longest || b.size() > longest) return most + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  std::array<std::array<std::uint8_t, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto &before = rows[(i + 2) % 3], &two_before = rows[(i + 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    std::uint8_t least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int same = a[i - 1] == b[j - 1] ? 0 : 1;
      int cost = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + same});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = std::min(cost, two_before[j - 2] + 1);
      row[j] = static_cast<std::uint8_t>(cost);
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return std::min<std::size_t>(rows[a.size() % 3][b.size()], most + 1);
}

void keep(LookAlike& best, double score, const std::string& brand, std::string_view how, std::string detail) {
  if (score > best.score) best = {score, brand, std::string(how), std::move(detail)};
}

}  // namespace

// A host taken apart once for all brands.
struct Brands::Name {
  std::string_view host, label, suffix;
  std::string shown, plain, accentless, skeleton;
  std::vector<std::string_view> tokens;  // of the label, between hyphens
  std::uint32_t letters = 0;
};

void Brands::add(std::string_view brand) {
  const auto host = normalise_host(trim(brand));
  if (!host || host->type != HostName::Type::name) return;
  Brand made{.spelled = std::string(trim(brand))};
  if (const ChosenName chosen = chosen_name(host->text); !chosen.label.empty()) {
    made.label = chosen.label;
    made.domain = std::string(chosen.label) + "." + std::string(chosen.suffix);
  } else if (host->text.find('.') == std::string::npos) {
    made.label = host->text;
  }
  constexpr std::size_t fewest = 3;
  if (made.label.size() < fewest) return;
  made.skeleton = label_skeleton(made.label);
  made.letters = letters_of(made.label);
  brands_.push_back(std::move(made));
}

void Brands::compare_label(const Brand& brand, const Name& name, LookAlike& best) const {
  if (name.label == brand.label) {
    if (!brand.domain.empty())
      keep(best, 0.8, brand.spelled, "other_suffix", "." + std::string(name.suffix) + " for " + brand.domain);
    else
      keep(best, 0.6, brand.spelled, "token", std::string(name.label));
    return;
  }
  if (name.skeleton == brand.skeleton && !name.skeleton.empty())
    return keep(best, 0.98, brand.spelled, "confusable", name.shown + " is drawn like " + brand.label);
  if (name.accentless == brand.label) return keep(best, 0.95, brand.spelled, "accents", name.shown);
  if (name.plain == brand.label) return keep(best, 0.85, brand.spelled, "hyphen", std::string(name.label));
  // Short names are a letter apart from many words: they must be longer for each edit that is allowed.
  const std::size_t most = brand.label.size() >= 9 ? 2 : brand.label.size() >= 5 ? 1 : 0;
  if (most == 0 || std::popcount(brand.letters ^ name.letters) > static_cast<int>(2 * most)) return;
  const std::size_t n = edits(name.label, brand.label, most);
  if (n <= most)
    keep(best, n == 1 ? (brand.label.size() >= 7 ? 0.85 : 0.7) : 0.6, brand.spelled, "edit",
         std::string(name.label) + ": " + std::to_string(n) + " from " + brand.label);
}

void Brands::compare_inside(const Brand& brand, const Name& name, const WordSplitter& words, LookAlike& best) const {
  // bank.example.login.test: the brand's own name stands to the left of another's domain.
  if (!brand.domain.empty() && name.host.size() > name.label.size() + name.suffix.size() + 1) {
    const std::string inside =
        "." + std::string(name.host.substr(0, name.host.size() - name.label.size() - name.suffix.size() - 2)) + ".";
    if (inside.find("." + brand.domain + ".") != std::string::npos)
      keep(best, 0.9, brand.spelled, "host_inside", std::string(name.host));
    else if (inside.find("." + brand.label + ".") != std::string::npos && brand.label.size() >= 5)
      keep(best, 0.5, brand.spelled, "token", std::string(name.host));
  }
  if (name.label.size() <= brand.label.size()) return;
  for (const std::string_view token : name.tokens) {
    if (name.tokens.size() > 1 && token == brand.label)
      keep(best, brand.label.size() >= 5 ? 0.75 : 0.45, brand.spelled, "token", std::string(name.label));
    else if (name.tokens.size() > 1 && brand.label.size() >= 5 && label_skeleton(token) == brand.skeleton)
      keep(best, 0.9, brand.spelled, "confusable", std::string(token) + " is drawn like " + brand.label);
  }
  constexpr std::size_t fewest = 5;  // shorter brands stand inside too many words
  const std::size_t at = brand.label.size() < fewest ? std::string::npos : name.label.find(brand.label);
  if (at == std::string::npos) return;
  const std::string_view left = name.label.substr(0, at), right = name.label.substr(at + brand.label.size());
  const bool whole =
      (left.empty() || words.split(left).covered == 1) && (right.empty() || words.split(right).covered == 1);
  keep(best, whole ? 0.7 : 0.4, brand.spelled, whole ? "token" : "inside", std::string(name.label));
}

LookAlike Brands::find(std::string_view host, const WordSplitter& words) const {
  LookAlike best;
  const ChosenName chosen = chosen_name(host);
  if (chosen.label.empty() || brands_.empty()) return best;
  Name name{.host = host, .label = chosen.label, .suffix = chosen.suffix};
  name.shown = shown_label(name.label);
  name.plain = without_hyphens(name.label);
  name.accentless = without_accents(name.label);
  name.skeleton = label_skeleton(name.label);
  name.tokens = split(name.label, '-');
  name.letters = letters_of(name.label);
  const std::string_view domain = host.substr(static_cast<std::size_t>(name.label.data() - host.data()));
  for (const Brand& brand : brands_) {
    if (!brand.domain.empty() && brand.domain == domain) return {0, brand.spelled, "own", ""};
    compare_label(brand, name, best);
    compare_inside(brand, name, words, best);
  }
  return best;
}

}  // namespace testudo
