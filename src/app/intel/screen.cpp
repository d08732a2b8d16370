// testudo intel screen: names of people and companies against vendors, their people and sanction lists.
#include <algorithm>
#include <cstdio>

#include <simdjson.h>

#include "app/intel/kept_lists.h"
#include "app/intel/sub_verb.h"
#include "app/worker/screening.h"
#include "app/worker/text_worker.h"
#include "base/json_text.h"
#include "base/text.h"
#include "base/time.h"
#include "intel/actor/vendor_schema.h"
#include "intel/screen/country_codes.h"
#include "report/json_copy.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

struct Arguments {
  std::vector<std::string> names, lists, keep, countries;
  std::string pairs, birth, gender, kind;
  bool json = false;
};

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

std::int64_t number_at(dom::element object, const char* key) {
  std::int64_t n = 0;
  return object[key].get(n) == simdjson::SUCCESS ? n : 0;
}

// What was searched beside the vendors, for JSON.
void append_list(JsonText& json, dom::element list, const std::string& file) {
  const std::string date = text_at(list, "date");
  json.object().key("name").string(file).key("entries").integer(number_at(list, "entries")).key("date");
  date.empty() ? json.null() : json.string(date);
  json.key("lost").array();
  dom::array lost;
  if (list["lost"].get(lost) == simdjson::SUCCESS)
    for (const dom::element note : lost)
      json.object().key("what").string(text_at(note, "what")).key("count").integer(number_at(note, "count")).end();
  json.end().end();
}

// Says of a list how much of it was read. True if names of it may be missing.
bool print_list(dom::element list, const std::string& file, bool searched, const IntelCall& call) {
  const auto complain = [&](std::string_view key, std::initializer_list<Catalogue::Argument> arguments) {
    std::fprintf(stderr, "%s\n", call.words.say(key, arguments).c_str());
  };
  const std::string date = text_at(list, "date");
  const std::int64_t entries = number_at(list, "entries");
  if (searched)
    std::puts(call.words
                  .say_count(date.empty() ? "intel.screen.searched" : "intel.screen.searched_of", entries,
                             {{"file", visible(file)}, {"date", date}})
                  .c_str());
  dom::array lost;
  bool partial = false;
  if (list["lost"].get(lost) == simdjson::SUCCESS)
    for (const dom::element note : lost) {
      complain("intel.screen.lost." + text_at(note, "what"), {{"file", visible(file)},
                                                              {"n", std::to_string(number_at(note, "count"))},
                                                              {"value", text_at(note, "value")}});
      partial = true;
    }
  if (entries == 0 && !partial) complain("intel.screen.no_entries", {{"file", visible(file)}});
  return partial || entries == 0;
}

// An answer with the lists that were searched for it.
void print_json(dom::element answer, const std::string& lists) {
  std::string line;
  JsonText json(line);
  json.object();
  for (const dom::key_value_pair& field : dom::object(answer)) {
    json.key(field.key);
    append_parsed(json, field.value);
  }
  json.key("lists").raw(lists).end();
  std::puts(line.c_str());
}

struct Answered {
  bool hit = false, partial = false;
};

// Prints the answers, one a line of `lines`, and what is missing of `lists`.
Result<Answered> print_answers(const std::string& lines, const std::vector<std::string>& lists, bool as_json,
                               const IntelCall& call) {
  dom::parser parser;
  Answered answered;
  std::string searched;
  JsonText json(searched);
  json.array();
  std::string_view rest = lines;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string line(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    dom::element answer;
    dom::array hits;
    std::int64_t list = 0;
    if (parser.parse(line).get(answer) != simdjson::SUCCESS) return error(Fault::internal, "an answer that is none");
    if (answer["list"].get(list) == simdjson::SUCCESS) {
      const auto place = static_cast<std::size_t>(list);
      if (place >= lists.size()) return error(Fault::internal, "an answer about no list");
      answered.partial |= print_list(answer, lists[place], !as_json, call);
      append_list(json, answer, lists[place]);
      continue;
    }
    if (answer["hits"].get(hits) != simdjson::SUCCESS) return error(Fault::internal, "an answer that is none");
    answered.hit |= hits.size() != 0;
    if (as_json) {
      print_json(answer, searched + "]");
      continue;
    }
    call.print(hits.size() == 0 ? "intel.screen.none" : "intel.screen.some", {{"name", text_at(answer, "query")}});
    for (const dom::element hit : hits) print_hit(hit, call);
  }
  return answered;
}

// A list that cannot be read is not kept: the worker says why. True if what is kept is not whole.
Result<bool> keep(const Arguments& a, const IntelCall& call) {
  if (a.keep.empty()) return false;
  const Answered read = TRY(print_answers(TRY(screen_names(call.zygote, {}, {}, a.keep)), a.keep, true, call));
  TRY(call.open(IntelStore::Mode::write));
  for (const KeptList& kept : TRY(keep_lists(call.zygote, call.store, a.keep))) {
    if (a.json) continue;
    call.print(kept.instead_of.empty() ? "intel.screen.kept" : "intel.screen.kept_instead",
               {{"name", visible(kept.name)}, {"old", visible(kept.instead_of)}});
  }
  return read.partial;
}

Result<int> score_pairs(const Arguments& a, const IntelCall& call) {
  const Descriptor file = TRY(open_named(a.pairs));
  const int descriptors[] = {file.get()};
  const std::string scored = TRY(ask_worker(call.zygote, Task::score_pairs, {}, descriptors));
  std::fwrite(scored.data(), 1, scored.size(), stdout);
  return exit_done;
}

// 1970, 1970-05 or 1970-05-21, of a day that exists.
bool is_birth(std::string_view text) {
  const std::string_view rest = text.size() == 4 ? "-01-01" : text.size() == 7 ? "-01" : "";
  return (text.size() == 10 || !rest.empty()) && parse_rfc3339(std::string(text) + std::string(rest)).has_value();
}

// A name of signs alone is compared with nothing: "no hit" would be no answer.
bool is_name(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
  });
}

Result<ScreenQualifiers> qualifiers_of(const Arguments& a) {
  if (!a.birth.empty() && !is_birth(a.birth)) return error(Fault::usage, "intel_screen_birth");
  ScreenQualifiers asked{.birth = a.birth, .countries = a.countries, .gender = a.gender};
  for (std::string& country : asked.countries) {
    const std::string code = upper_ascii(country_code(country));
    // Names of countries that are no more have no code, but stand on lists.
    if (country.size() < 4 && !is_country_code(code)) return error(Fault::usage, "intel_screen_country");
    country = lower_ascii(country);
  }
  if (a.kind == "person") asked.mode = NameMode::person;
  if (a.kind == "company") asked.mode = NameMode::organisation;
  return asked;
}

Result<int> screen(const Arguments& a, const IntelCall& call) {
  if (!a.pairs.empty()) return score_pairs(a, call);
  if (!std::ranges::all_of(a.names, is_name)) return error(Fault::usage, "intel_screen_no_name");
  const ScreenQualifiers asked = TRY(qualifiers_of(a));
  const bool kept_partly = TRY(keep(a, call));
  if (a.names.empty() && a.keep.empty()) return error(Fault::usage, "intel_screen_nobody");
  if (a.names.empty()) return kept_partly ? exit_incomplete : exit_done;
  if (call.named_store && !TRY(IntelStore::is_in(call.store)))
    std::fprintf(stderr, "%s\n", call.words.say("intel.screen.no_store").c_str());
  std::vector<std::string> lists = TRY(kept_lists(call.store));
  lists.insert(lists.end(), a.lists.begin(), a.lists.end());
  if (lists.empty() && !a.json) call.print("intel.screen.no_lists");
  const std::string answers = TRY(screen_names(call.zygote, a.names, asked, lists));
  const Answered answered = TRY(print_answers(answers, lists, a.json, call));
  return answered.hit ? exit_found : answered.partial ? exit_incomplete : exit_done;
}

}  // namespace

void add_intel_screen(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("screen", a, screen);
  sub.option("names", a->names);
  sub.option("--list", a->lists).one_at_a_time();
  sub.option("--keep", a->keep).one_at_a_time();
  sub.option("--kind", a->kind).one_of({"person", "company"});
  sub.option("--birth", a->birth);
  sub.option("--country", a->countries).one_at_a_time();
  sub.option("--gender", a->gender).one_of({"male", "female"});
  sub.option("--pairs", a->pairs);
  sub.flag("--json", a->json);
}

}  // namespace testudo
