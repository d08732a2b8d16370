// Sentences by key. Floor 0. Format: see catalogue.h.
#include "base/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace testudo {
namespace {

using Sentences = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view fallback = "en", pseudo = "qps-rtl", root = "knowledge/text/";

bool is_key(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

bool is_indented(std::string_view line) { return line.starts_with(' ') || line.starts_with('\t'); }

Result<void> add_file(Sentences& sentences, const EmbeddedFile& file) {
  std::string* last = nullptr;
  std::size_t number = 0;
  for (std::string_view line : split(file.content, '\n')) {
    ++number;
    const auto malformed = [&](std::string_view why) {
      return error(Fault::malformed, fmt::format("{}:{}: {}", file.path, number, why));
    };
    const std::string_view bare = trim(line);
    if (bare.empty() || line.starts_with('#')) {
      last = nullptr;
      continue;
    }
    if (is_indented(line)) {
      if (last == nullptr) return malformed("continues no sentence");
      last->append(" ").append(bare);
      continue;
    }
    const auto equals = line.find('=');
    const std::string_view key = trim(line.substr(0, equals));
    if (equals == std::string_view::npos || !is_key(key)) return malformed("is not `key = sentence`");
    const auto [at, added] = sentences.emplace(key, trim(line.substr(equals + 1)));
    if (!added) return malformed("defines a key again");
    last = &at->second;
  }
  return {};
}

// The languages that there are, for whoever asks for another.
std::string languages(std::span<const EmbeddedFile> files) {
  std::set<std::string_view> names;
  for (const EmbeddedFile& file : files)
    if (file.path.starts_with(root)) names.insert(split(file.path.substr(root.size()), '/').front());
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<Sentences> read_language(std::string_view language, std::span<const EmbeddedFile> files) {
  Sentences sentences;
  const std::string folder = fmt::format("{}{}/", root, language);
  bool any = false;
  for (const EmbeddedFile& file : files) {
    if (!file.path.starts_with(folder) || !file.path.ends_with(".txt")) continue;
    TRY(add_file(sentences, file));
    any = true;
  }
  if (!any)
    return error(Fault::not_found, fmt::format("There are no sentences in the language `{}`, but in these: {}.",
                                               language, languages(files)));
  return sentences;
}

// The pseudo-language's marks: no sentence of a real language holds them.
std::string marked(std::string_view sentence) { return fmt::format("⟦{}⟧", sentence); }

}  // namespace

Result<Catalogue> Catalogue::load(std::string_view language) { return load_from(language, embedded_files(root)); }

Result<Catalogue> Catalogue::load_from(std::string_view language, std::span<const EmbeddedFile> files) {
  Catalogue catalogue;
  catalogue.language_ = lower_ascii(language);
  Sentences english = TRY(read_language(fallback, files));
  if (catalogue.language_ == pseudo) {
    for (auto& [key, sentence] : english) sentence = marked(sentence);
  } else if (catalogue.language_ != fallback) {
    catalogue.sentences_ = TRY(read_language(catalogue.language_, files));
  }
  catalogue.sentences_.merge(english);
  return catalogue;
}

std::string Catalogue::fill(std::string_view key, std::span<const Argument> arguments) const {
  const auto found = sentences_.find(key);
  if (found == sentences_.end()) return std::string(key);
  std::string out;
  std::string_view rest = found->second;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = rest.find('}', open);
    if (close == std::string_view::npos) return out.append(rest.substr(open));
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const auto argument = std::ranges::find(arguments, name, &Argument::first);
    out += argument != arguments.end() ? std::string_view(argument->second) : rest.substr(open, close + 1 - open);
    rest.remove_prefix(close + 1);
  }
  return out;
}

std::string Catalogue::say(std::string_view key, std::initializer_list<Argument> arguments) const {
  return fill(key, {arguments.begin(), arguments.size()});
}

std::string Catalogue::say_count(std::string_view key, std::int64_t n,
                                 std::initializer_list<Argument> arguments) const {
  const std::string chosen = fmt::format("{}.{}", key, n == 1 ? "one" : "other");
  if (!has(chosen)) return std::string(key);
  std::vector<Argument> all(arguments);
  all.emplace_back("n", std::to_string(n));
  return fill(chosen, all);
}

bool Catalogue::has(std::string_view key) const { return sentences_.find(key) != sentences_.end(); }

bool Catalogue::right_to_left() const {
  // Languages written from right to left, by their first subtag (ISO 639; Unicode CLDR, characterOrder).
  constexpr std::array<std::string_view, 10> leftward = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"};
  const std::string_view first = std::string_view(language_).substr(0, language_.find('-'));
  return language_ == pseudo || std::ranges::find(leftward, first) != leftward.end();
}

std::vector<std::string_view> Catalogue::keys() const {
  std::vector<std::string_view> out;
  out.reserve(sentences_.size());
  for (const auto& [key, sentence] : sentences_) out.push_back(key);
  return out;
}

}  // namespace testudo
