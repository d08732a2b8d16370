// People: word lists and what is made of them. Test tool.
#include "people.h"

namespace testudo::lab {
namespace {

constexpr const char* first_names[] = {"Ada",  "Bela", "Cleo", "Dario", "Edda", "Femi", "Gita", "Hana", "Ivo",  "Juno",
                                       "Kofi", "Lena", "Milo", "Nadia", "Otto", "Pia",  "Rami", "Sofi", "Tomo", "Yara"};
constexpr const char* last_names[] = {"Anders", "Boateng", "Castell", "Dunbar",  "Eklund",
                                      "Ferro",  "Grimm",   "Haddad",  "Iversen", "Jansky"};
constexpr const char* words[] = {
    "the",   "meeting",  "train",  "garden",  "bread",   "river",  "later",   "please", "we",     "could",  "bring",
    "house", "letter",   "market", "evening", "morning", "coffee", "printer", "school", "doctor", "ticket", "window",
    "blue",  "quiet",    "early",  "never",   "always",  "about",  "after",   "before", "photo",  "recipe", "bicycle",
    "music", "lesson",   "thanks", "see",     "you",     "there",  "call",    "me",     "when",   "ready",  "and",
    "maybe", "tomorrow", "dinner", "table",   "small",   "green",  "paper",   "bridge", "winter", "summer"};
constexpr const char* host_words[] = {"garden", "bread",  "river",   "market", "evening", "coffee",  "school", "ticket",
                                      "window", "recipe", "bicycle", "music",  "lesson",  "weather", "news",   "maps",
                                      "sports", "forum",  "library", "museum", "science", "travel",  "bank",   "post"};
constexpr const char* tails[] = {"", "-daily", "-world", "-online", "-hub", "-blog"};
constexpr const char* prefixes[] = {"www.", "www.", "m.", "", "shop.", "en."};
constexpr const char* extras[] = {" \xF0\x9F\x98\x80",
                                  " caf\xC3\xA9",
                                  " \xE2\x9D\xA4\xEF\xB8\x8F",
                                  " \u00FCbrigens",
                                  " \xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7",
                                  " \xE4\xBD\xA0\xE5\xA5\xBD"};

}  // namespace

const std::vector<Person>& people() {
  static const std::vector<Person> all = [] {
    std::vector<Person> made;
    for (int i = 0; i < 60; ++i) {
      Person p{first_names[i % 20], last_names[(i * 7) % 10], "", ""};
      const int area = 202 + (i % 3) * 101;
      p.phone = "+1" + std::to_string(area) + "55501" + std::string(i < 10 ? "0" : "") + std::to_string(i);
      p.email = p.first + "." + p.last + std::to_string(i) + "@mail.example";
      for (char& c : p.email) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      }
      made.push_back(std::move(p));
    }
    return made;
  }();
  return all;
}

void append_sentence(std::string& out, Random& random) {
  const int count = static_cast<int>(3 + random.below(14));
  for (int i = 0; i < count; ++i) {
    if (i > 0) out.push_back(' ');
    out += random.pick(words);
  }
  if (random.below(8) == 0) out += random.pick(extras);
  out.push_back(".?!"[random.below(3)]);
}

std::string sentence(Random& random) {
  std::string out;
  append_sentence(out, random);
  return out;
}

std::string web_host(Random& random) {
  std::string out = random.pick(prefixes);
  out += random.pick(host_words);
  out += random.pick(tails);
  return out += random.below(4) == 0 ? ".test" : ".example";
}

std::string web_address(Random& random) {
  std::string out = "https://" + web_host(random) + "/";
  const int parts = static_cast<int>(random.below(4));
  for (int i = 0; i < parts; ++i) out.append(random.pick(words)).append("/");
  if (random.below(3) == 0)
    out.append("?id=").append(std::to_string(random.below(100000)));
  else
    out.append(random.hex(6)).append(".html");
  return out;
}

std::string title(Random& random) {
  return std::string(random.pick(words)) + " " + random.pick(words) + " - " + random.pick(host_words);
}

std::string app_id(Random& random) {
  return std::string("com.") + random.pick(host_words) + "-labs." + random.pick(words);
}

}  // namespace testudo::lab
