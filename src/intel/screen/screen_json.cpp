// Hits as JSON (entity_index.h).
#include <cmath>

#include "base/json_text.h"
#include "intel/screen/entity_index.h"

namespace testudo {
namespace {

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

void append_texts(JsonText& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).array();
  for (const std::string& text : texts) json.string(text);
  json.end();
}

void append_hit(JsonText& json, const ScreenHit& hit) {
  json.object();
  json.key("score").real(rounded(hit.score));
  json.key("evidence").real(rounded(hit.evidence));
  json.key("name").string(hit.name);
  json.key("weak").boolean(hit.weak);
  json.key("entity").string(hit.entity->id);
  json.key("caption").string(hit.entity->names.front().text);
  json.key("list").string(hit.entity->list);
  json.key("programme").string(hit.entity->programme);
  json.key("schema").string(hit.entity->schema);
  append_texts(json, "countries", hit.entity->countries);
  append_texts(json, "birth", hit.entity->births);
  json.key("listed_on").string(hit.entity->listed_on);
  json.key("source").string(hit.entity->source);
  json.key("explanation").array();
  for (const NameMeeting& line : hit.meetings) {
    json.object();
    json.key("query").string(line.query);
    json.key("listed").string(line.listed);
    json.key("how").string(meeting_name(line.how));
    json.key("similarity").real(rounded(static_cast<double>(line.similarity)));
    json.key("weight").real(rounded(static_cast<double>(line.weight)));
    json.end();
  }
  json.end();
  json.key("qualifiers").array();
  for (const QualifierEffect& effect : hit.effects) {
    json.object();
    json.key("what").string(effect.what);
    json.key("values").string(effect.values);
    json.key("effect").real(rounded(effect.effect));
    json.end();
  }
  json.end().end();
}

}  // namespace

void append_screen_json(std::string& out, std::string_view query, const std::vector<ScreenHit>& hits) {
  JsonText json(out);
  json.object();
  json.key("query").string(query);
  json.key("hits").array();
  for (const ScreenHit& hit : hits) append_hit(json, hit);
  json.end().end();
}

}  // namespace testudo
