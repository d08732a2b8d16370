// A family is a mapping in the list: name, names, type, packages, ios_bundles, certificates, websites, distribution,
// samples and c2 with ips (or ip) and domains. What is sold openly for watching children ("watchware") is context: it
// is named, and nothing of it is blocked.
#include "intel/feed/stalkerware.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/json_fields.h"
#include "intel/feed/small_yaml.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

struct Meaning {
  std::string_view key;
  Kind kind;
  Role role;
  std::string_view comment;
};
constexpr std::array meanings{Meaning{"packages", Kind::app_id, Role::unstated, "package"},
                              Meaning{"ios_bundles", Kind::app_id, Role::unstated, "iOS bundle"},
                              Meaning{"certificates", Kind::cert_sha1, Role::unstated, "certificate"},
                              Meaning{"websites", Kind::host, Role::unstated, "website"},
                              Meaning{"distribution", Kind::host, Role::unstated, "distribution"},
                              Meaning{"samples", Kind::sha256, Role::unstated, "sample"},
                              Meaning{"c2.ips", Kind::ipv4, Role::attacker, "c2"},
                              Meaning{"c2.ip", Kind::ipv4, Role::attacker, "c2"},
                              Meaning{"c2.domains", Kind::host, Role::attacker, "c2"}};

class FamilyReader {
 public:
  FamilyReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}

  void line(std::uint64_t number, std::string_view text) {
    if (is_yaml_blank(text)) return;
    number_ = number;
    const YamlLine line = yaml_line(text);
    if (!line.read) return notes_.add_line(number, "yaml_outside_subset", text);
    // Lists may stand at the column of their key, so that only an item with a key at column 0 begins a family.
    if (line.indent == 0 && line.item && !line.key.empty()) begin();
    if (line.key.empty()) {
      value(line.value);
    } else if (line.indent == 0 && line.item) {
      top(line);
    } else if (inside_c2(line)) {
      key_ = "c2." + line.key;
      if (!line.value.empty()) value(line.value);
    } else {
      top(line);
      key_indent_ = line.indent;
    }
  }
  void end() {
    if (families_ == 0) return;
    std::string json;
    JsonText out(json);
    out.object().key("name").string(name_).key("type").string(type_).key("names").array();
    for (const std::string& name : names_) out.string(name);
    out.end().end();
    sink_.object({"stalkerware-family", name_, json});
  }
  std::uint64_t families() const { return families_; }

 private:
  void begin() {
    end();
    ++families_;
    name_.clear();
    type_.clear();
    key_.clear();
    names_.clear();
  }
  bool inside_c2(const YamlLine& line) const { return key_.starts_with("c2") && line.indent > key_indent_; }
  void top(const YamlLine& line) {
    key_ = line.key;
    if (line.value.empty()) return;
    if (key_ == "name") {
      name_ = line.value;
    } else if (key_ == "type") {
      type_ = line.value;
    } else {
      value(line.value);
    }
  }
  void value(std::string_view value) {
    if (value.empty()) return notes_.add_line(number_, "empty_value", key_);
    if (families_ == 0) return notes_.add_line(number_, "value_without_family", value);
    if (key_ == "names") return names_.emplace_back(value), void();
    const auto meaning = std::ranges::find(meanings, std::string_view(key_), &Meaning::key);
    if (meaning == meanings.end()) return keep(value);
    FeedClaim claim;
    std::string owned;
    const std::string_view text = refang(value, owned);
    const bool watchware = type_ == "watchware";
    const std::string comment = (watchware ? "watchware " : "") + std::string(meaning->comment);
    claim.kind = kind_of_value(text) == Kind::url ? Kind::url : fitted_kind(meaning->kind, text);
    claim.value = text;
    claim.threat = name_;
    claim.role = watchware ? Role::context : meaning->role;
    claim.comment = comment;
    sink_.claim(claim);
  }
  void keep(std::string_view value) {
    if (!key_.starts_with("certificate_")) notes_.add_line(number_, "unknown_key", key_);
    keep_value(sink_, {.language = "stalkerware", .name = name_}, key_, value);
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  std::string name_, type_, key_;
  std::vector<std::string> names_;
  std::size_t key_indent_ = 0;
  std::uint64_t families_ = 0, number_ = 0;
};

Result<void> read_stalkerware(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  FeedLines lines(TRY(feed_text(feed, owned, notes)), feed, notes);
  FamilyReader reader(sink, notes);
  std::string_view line;
  while (lines.next(line)) reader.line(lines.number(), line);
  reader.end();
  if (reader.families() == 0) return error(Fault::malformed, "no list of families");
  return {};
}

int stalkerware_likeness(const FeedHead& head) {
  unsigned families = 0, keys = 0;
  for (const std::string_view line : head.lines()) {
    families += line.starts_with("- name:") ? 1U : 0U;
    const std::string_view text = trim(line);
    for (const std::string_view key : {"packages:", "certificates:", "c2:", "websites:", "distribution:"})
      keys += text == key ? 1U : 0U;
  }
  if (families == 0 || keys == 0) return 0;
  return head.name().ends_with(".yaml") || head.name().ends_with(".yml") ? 95 : 75;
}

// -- TinyCheck --------------------------------------------------------------------------------------------------------

constexpr std::array<std::pair<std::string_view, Kind>, 6> tinycheck_types{{{"domain", Kind::host},
                                                                            {"ip4addr", Kind::ipv4},
                                                                            {"ip6addr", Kind::ipv6},
                                                                            {"cidr", Kind::cidr},
                                                                            {"sha1cert", Kind::cert_sha1},
                                                                            {"ja3", Kind::ja3}}};

void tinycheck_item(simdjson::dom::object item, FeedSink& sink, FeedNotes& notes) {
  const std::string_view type = json_text(item, "type"), value = json_text(item, "value"), tag = json_text(item, "tag");
  if (type.empty() || value.empty()) return notes.add("", "object_without_value", simdjson::minify(item));
  const auto known = std::ranges::find_if(tinycheck_types, [&](const auto& pair) { return pair.first == type; });
  const std::string_view marking = json_text(item, "tlp");
  std::optional<Tlp> tlp = tlp_of(marking);
  if (!tlp && !trim(marking).empty()) {
    notes.add(value, "unreadable_tlp", marking);
    tlp = Tlp::amber_strict;
  }
  if (known == tinycheck_types.end()) {
    if (type == "snort") return sink.kept({.language = type, .text = value, .name = tag, .why = "rule", .tlp = tlp});
    return keep_value(sink, {.language = "tinycheck", .name = tag, .tlp = tlp}, type, value);
  }
  FeedClaim claim;
  claim.kind = fitted_kind(known->second, value);
  claim.value = value;
  claim.tlp = tlp;
  claim.comment = tag;
  sink.claim(claim);
}

Result<void> read_tinycheck(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  JsonFeed json;
  TRY(open_json(feed, notes, json));
  simdjson::dom::object root;
  if (json.root.get(root) != simdjson::SUCCESS) return error(Fault::malformed, "no list of iocs");
  const auto items = json_array(root, "iocs");
  if (!items) return error(Fault::malformed, "no list of iocs");
  for (const simdjson::dom::element element : *items) {
    simdjson::dom::object item;
    if (element.get(item) == simdjson::SUCCESS) {
      tinycheck_item(item, sink, notes);
    } else {
      notes.add("", "not_an_object", simdjson::minify(element));
    }
  }
  return {};
}

int tinycheck_likeness(const FeedHead& head) {
  return head.has("\"iocs\"") && head.has("\"value\"") && head.has("\"type\"") && head.has("\"tlp\"") &&
                 head.has("\"tag\"")
             ? 90
             : 0;
}

}  // namespace

const FeedFormat stalkerware_format{"stalkerware", stalkerware_likeness, read_stalkerware, 100,
                                    FeedFormat::SaidIn::lone_lines};
const FeedFormat tinycheck_format{"tinycheck", tinycheck_likeness, read_tinycheck};

}  // namespace testudo
