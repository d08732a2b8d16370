// testudo intel screen: names of people and companies against vendors, their people and sanction lists.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <simdjson.h>

#include "app/intel/sub_verb.h"
#include "app/worker/screening.h"
#include "app/worker/text_worker.h"
#include "base/text.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;
namespace dom = simdjson::dom;

struct Arguments {
  std::vector<std::string> names, lists, keep, countries;
  std::string pairs, birth, gender, kind;
  bool json = false;
};

// The lists that the store keeps, in order of name.
std::vector<std::string> kept_lists(const std::string& store) {
  std::vector<std::string> files;
  std::error_code fault;
  for (const auto& entry : fs::directory_iterator(store + "/lists", fault))
    if (entry.is_regular_file(fault)) files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

// A list that cannot be read is not kept: the worker says why.
Result<void> keep_lists(const Arguments& a, const IntelCall& call) {
  if (a.keep.empty()) return {};
  TRY(screen_names(call.zygote, {}, {}, a.keep));
  TRY(call.open(IntelStore::Mode::write));
  const fs::path folder = fs::path(call.store) / "lists";
  std::error_code fault;
  fs::create_directory(folder, fault);
  for (const std::string& list : a.keep) {
    const fs::path to = folder / fs::path(list).filename();
    fs::copy_file(list, to, fs::copy_options::overwrite_existing, fault);
    if (fault) return error(Fault::io, list + ": " + fault.message());
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, fault);
    call.print("intel.screen.kept", {{"name", visible(to.filename().string())}});
  }
  return {};
}

std::string text_at(dom::element object, const char* key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? visible(text) : std::string();
}

// One part of the name and what it met on the list, in words.
void print_reason(dom::element reason, const IntelCall& call) {
  const std::string asked = text_at(reason, "query"), listed = text_at(reason, "listed");
  const std::string how = asked.empty() ? "only_listed" : listed.empty() ? "only_asked" : text_at(reason, "how");
  call.print("intel.screen.how." + how, {{"asked", asked}, {"listed", listed}}, 9);
}

void print_hit(dom::element hit, const IntelCall& call) {
  double score = 0;
  if (hit["score"].get(score) != simdjson::SUCCESS) return;
  char shown[16];
  std::snprintf(shown, sizeof shown, "%.3f", score);
  call.print("intel.screen.hit",
             {{"score", shown},
              {"name", text_at(hit, "name")},
              {"caption", text_at(hit, "caption")},
              {"list", text_at(hit, "list")},
              {"entity", text_at(hit, "entity")}},
             2);
  if (const std::string programme = text_at(hit, "programme"); !programme.empty())
    call.print("intel.screen.programme", {{"programme", programme}}, 9);
  dom::array reasons;
  if (hit["explanation"].get(reasons) != simdjson::SUCCESS) return;
  for (const dom::element reason : reasons) print_reason(reason, call);
  if (hit["qualifiers"].get(reasons) != simdjson::SUCCESS) return;
  for (const dom::element reason : reasons)
    call.print("intel.screen.what." + text_at(reason, "what"), {{"values", text_at(reason, "values")}}, 9);
}

// Prints the answers, one a line of `lines`; whether any name was hit.
Result<bool> print_answers(const std::string& lines, bool as_json, const IntelCall& call) {
  dom::parser parser;
  bool any = false;
  std::string_view rest = lines;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string line(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    dom::element answer;
    dom::array hits;
    if (parser.parse(line).get(answer) != simdjson::SUCCESS || answer["hits"].get(hits) != simdjson::SUCCESS)
      return error(Fault::internal, "an answer that is none");
    any |= hits.size() != 0;
    if (as_json) {
      std::puts(line.c_str());
      continue;
    }
    call.print(hits.size() == 0 ? "intel.screen.none" : "intel.screen.some", {{"name", text_at(answer, "query")}});
    for (const dom::element hit : hits) print_hit(hit, call);
  }
  return any;
}

Result<int> score_pairs(const Arguments& a, const IntelCall& call) {
  const Descriptor file = TRY(open_named(a.pairs));
  const int descriptors[] = {file.get()};
  const std::string scored = TRY(ask_worker(call.zygote, Task::score_pairs, {}, descriptors));
  std::fwrite(scored.data(), 1, scored.size(), stdout);
  return exit_done;
}

Result<ScreenQualifiers> qualifiers_of(const Arguments& a) {
  ScreenQualifiers asked{.birth = a.birth, .countries = a.countries, .gender = a.gender};
  for (std::string& country : asked.countries) country = lower_ascii(country);
  if (a.kind == "person") asked.mode = NameMode::person;
  if (a.kind == "company") asked.mode = NameMode::organisation;
  return asked;
}

Result<int> screen(const Arguments& a, const IntelCall& call) {
  if (!a.pairs.empty()) return score_pairs(a, call);
  TRY(keep_lists(a, call));
  if (a.names.empty()) return a.keep.empty() ? Result<int>(error(Fault::usage, "intel_screen_nobody")) : exit_done;
  std::vector<std::string> lists = kept_lists(call.store);
  lists.insert(lists.end(), a.lists.begin(), a.lists.end());
  const std::string answers = TRY(screen_names(call.zygote, a.names, TRY(qualifiers_of(a)), lists));
  return TRY(print_answers(answers, a.json, call)) ? exit_found : exit_done;
}

}  // namespace

void add_intel_screen(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("screen", "is a person or company one of the market, or sanctioned?", a, screen);
  sub.option("names", a->names, "names of people and companies, in any script");
  sub.option("--list", a->lists, "a sanction list in a published format, for this question");
  sub.option("--keep", a->keep, "a sanction list to keep in the store for all later questions");
  sub.option("--kind", a->kind, "what the names are (default: either)").one_of({"person", "company"});
  sub.option("--birth", a->birth, "date of birth: 1970, 1970-05 or 1970-05-21");
  sub.option("--country", a->countries, "country as ISO 3166-1 code");
  sub.option("--gender", a->gender, "male or female");
  sub.option("--pairs", a->pairs, "score a CSV file with the columns schema,name1,name2");
  sub.flag("--json", a->json, "a JSON document a name");
}

}  // namespace testudo
