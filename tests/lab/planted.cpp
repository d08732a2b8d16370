// Planted: STIX bundle and planted.json. Test tool. Patterns as the public feeds of the field spell them.
#include "planted.h"

#include <algorithm>

#include "base/json_text.h"
#include "crypto.h"
#include "fail.h"

namespace testudo::lab {
namespace {

struct Declared {
  std::string kind, value;
  auto operator<=>(const Declared&) const = default;
};

std::vector<Declared>& declared() {
  static std::vector<Declared> all;
  return all;
}

constexpr std::string_view first_seen = "2018-01-01T00:00:00Z";

// A name-based identifier, so that the bundle's bytes do not depend on anything but its content.
std::string stix_id(std::string_view type, std::string_view name) {
  std::string h = sha1_hex(std::string(type) + "/" + std::string(name)).substr(0, 32);
  h[12] = '5';
  h[16] = 'a';
  return std::string(type) + "--" + h.substr(0, 8) + "-" + h.substr(8, 4) + "-" + h.substr(12, 4) + "-" +
         h.substr(16, 4) + "-" + h.substr(20);
}

std::string_view pattern_key(std::string_view kind) {
  constexpr std::pair<std::string_view, std::string_view> keys[] = {
      {"host", "domain-name:value"},
      {"ipv4", "ipv4-addr:value"},
      {"url", "url:value"},
      {"email", "email-addr:value"},
      {"process", "process:name"},
      {"file_name", "file:name"},
      {"path", "file:path"},
      {"app_id", "app:id"},
      {"sha256", "file:hashes.sha256"},
      {"profile_id", "configuration-profile:id"},
  };
  for (const auto& [name, key] : keys) {
    if (name == kind) return key;
  }
  fail("an indicator of a kind without a pattern: " + std::string(kind));
}

void common(JsonText& j, std::string_view type, std::string_view id) {
  j.object().key("type").string(type).key("spec_version").string("2.1").key("id").string(id);
  j.key("created").string(first_seen).key("modified").string(first_seen);
}

}  // namespace

Indicator::Indicator(std::string_view kind, std::string_view value) : kind_(kind), value_(value) {
  declared().push_back({kind_, value_});
}

void Planted::add(Trace trace) {
  for (const Trace& other : traces_) {
    if (other.name == trace.name) fail("two traces of one name: " + std::string(trace.name));
  }
  traces_.push_back(std::move(trace));
}

void Planted::add(std::string_view name, std::string_view source, const Indicator& indicator, std::string value,
                  std::string_view severity, std::string_view note, bool blind_spot) {
  add({name, source, "indicator." + indicator.kind(), std::move(value), indicator.value(), severity, note, blind_spot});
}

void Planted::decoy(std::string_view name, std::string_view source, std::string value, std::string_view note,
                    std::string_view at_most) {
  add({name, source, "none", std::move(value), "", at_most, note, false});
}

void Planted::rule(std::string_view name, std::string_view source, std::string_view rule, std::string value,
                   std::string_view severity, std::string_view note) {
  add({name, source, std::string(rule), std::move(value), "", severity, note, false});
}

std::string Planted::json() const {
  std::string out = "[\n";
  for (std::size_t i = 0; i < traces_.size(); ++i) {
    const Trace& t = traces_[i];
    JsonText j(out);
    j.object().key("name").string(t.name).key("source").string(t.source).key("expect").string(t.expect);
    j.key("value").string(t.value).key("indicator").string(t.indicator);
    j.key("severity_at_least").string(t.severity).key("note").string(t.note);
    j.key("blind_spot").boolean(t.blind_spot).end();
    out += i + 1 < traces_.size() ? ",\n" : "\n";
  }
  return out += "]\n";
}

std::string indicators_stix2() {
  std::vector<Declared> all = declared();
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  const std::string malware = stix_id("malware", "Sandglass");
  std::string out;
  JsonText j(out);
  j.object().key("type").string("bundle").key("id").string(stix_id("bundle", "laboratory")).key("objects").array();
  common(j, "malware", malware);
  j.key("name").string("Sandglass (invented)").key("is_family").boolean(true);
  j.key("description").string("A spyware that does not exist: made for tests.").end();
  for (const Declared& indicator : all) {
    const std::string name = indicator.kind + ":" + indicator.value;
    const std::string id = stix_id("indicator", name);
    common(j, "indicator", id);
    j.key("indicator_types").array().string("malicious-activity").end();
    j.key("pattern").string("[" + std::string(pattern_key(indicator.kind)) + "='" + indicator.value + "']");
    j.key("pattern_type").string("stix").key("pattern_version").string("2.1");
    j.key("valid_from").string(first_seen).end();
    common(j, "relationship", stix_id("relationship", name));
    j.key("relationship_type").string("indicates").key("source_ref").string(id);
    j.key("target_ref").string(malware).end();
  }
  j.end().end();
  return out + "\n";
}

}  // namespace testudo::lab
