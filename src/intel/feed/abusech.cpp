// A record is an object that names what it lists: "ioc" with "ioc_type" (ThreatFox), "url" with "url_status" (URLhaus),
// "ip_address" (Feodo Tracker), "sha256_hash" or "md5_hash" (MalwareBazaar, payloads of URLhaus). Exports hold lists of
// them, or an object whose keys are their numbers; answers wrap the list in "data", "urls" or "payloads". Each record
// is kept whole as well: hashes of other kinds, hosts and links in it are no indicators of their own.
#include "intel/feed/abusech.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/json_fields.h"
#include "intel/feed/json_said.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr unsigned list_depth = 4;

std::string_view first_text(dom::object object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (const std::string_view text = trim(json_text(object, key)); !text.empty()) return text;
  return {};
}

// "192.0.2.1:443", "[2001:db8::1]:443", "2001:db8::1:443": the port is what stands behind the last colon.
std::string_view without_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  std::string_view address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  return address;
}

void join(std::string& text, std::string_view more) {
  if (more.empty()) return;
  text.append(text.empty() ? "" : "; ").append(more);
}

class AbuseChReader {
 public:
  AbuseChReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}

  // Whether the element is or holds records. `key` is that of the member, which numbers the records of an export.
  bool walk(dom::element element, std::string_view key, unsigned depth) {
    if (depth > list_depth) return false;
    bool any = false;
    dom::array list;
    dom::object object;
    if (element.get(list) == simdjson::SUCCESS) {
      for (const dom::element item : list) {
        const bool read = walk(item, key, depth + 1);
        if (!read) notes_.add(key, "object_without_value", simdjson::minify(item));
        any |= read;
      }
    } else if (element.get(object) == simdjson::SUCCESS) {
      if (record(object, key)) return true;
      for (const dom::key_value_pair member : object) any |= walk(member.value, member.key, depth + 1);
    }
    return any;
  }

 private:
  bool record(dom::object object, std::string_view key) {
    const std::string_view type = first_text(object, {"ioc_type"});
    if (const auto value = first_text(object, {"ioc_value", "ioc"}); !type.empty() && !value.empty()) {
      threatfox(begin(object, "threatfox-ioc", key), object, type, value);
    } else if (const auto url = first_text(object, {"url"});
               !url.empty() && !first_text(object, {"url_status", "urlhaus_link", "urlhaus_reference"}).empty()) {
      say(begin(object, "urlhaus-url", key), Kind::url, url);
    } else if (const auto address = first_text(object, {"ip_address"}); !address.empty()) {
      feodo(begin(object, "feodo-server", key), object, address);
    } else if (!first_text(object, {"sha256_hash", "md5_hash", "sha1_hash"}).empty()) {
      const FeedClaim claim = begin(object, "malware-sample", first_text(object, {"sha256_hash", "md5_hash"}));
      for (const std::string_view name : {"sha256_hash", "sha1_hash", "md5_hash"})
        if (const auto hash = first_text(object, {name}); !hash.empty()) say(claim, *kind_of_word(name), hash);
    } else {
      return false;
    }
    return true;
  }

  // What all that a record claims has in common; its texts live until the next record.
  FeedClaim begin(dom::object object, std::string_view type, std::string_view key) {
    FeedClaim claim;
    id_ = std::string(first_text(object, {"id"}));
    if (const auto number = json_number(object, "id"); id_.empty() && number) id_ = std::to_string(*number);
    if (id_.empty()) id_ = std::string(key);
    claim.object = id_;
    const std::string whole = simdjson::minify(object);
    sink_.object({type, id_, whole});
    claim.threat = first_text(object, {"malware_printable", "signature", "malware"});
    if (lower_ascii(claim.threat).starts_with("unknown")) claim.threat = {};
    claim.confidence = confidence_of(std::to_string(json_number(object, "confidence_level").value_or(-1)));
    const auto time = [&](std::initializer_list<std::string_view> keys) { return time_of(first_text(object, keys)); };
    claim.created = time({"dateadded", "date_added"});
    claim.first_seen = time({"first_seen_utc", "first_seen", "firstseen"});
    claim.last_seen = time({"last_seen_utc", "last_seen", "last_online"});
    comment_.clear();
    for (const std::string_view name : {"threat_type", "threat", "file_name", "comment"})
      join(comment_, first_text(object, {name}));
    if (const auto port = json_number(object, "port")) join(comment_, "port " + std::to_string(*port));
    if (dom::element marking; object.at_key("tlp").get(marking) == simdjson::SUCCESS)
      claim.tlp = said_by_member("tlp", marking, notes_).tlp;
    tags(object, claim);
    join(comment_, first_text(object, {"reference", "urlhaus_link", "urlhaus_reference"}));
    if (json_flag(object, "is_compromised") == true) claim.role = Role::victim;
    if (const auto role = role_of_status(first_text(object, {"url_status", "status"})))
      claim.role = least_blocking(claim.role, *role);
    return claim;
  }
  // A list, or a text of words between commas.
  void tags(dom::object object, FeedClaim& claim) {
    const auto one = [&](std::string_view tag) {
      join(comment_, tag);
      if (const auto role = role_of_remark(tag)) claim.role = least_blocking(claim.role, *role);
      if (may_name_tlp(tag)) claim.tlp = stricter(claim.tlp, tlp_said(tag).stated());
    };
    if (const auto list = json_array(object, "tags")) {
      std::string_view tag;
      for (const dom::element item : *list)
        if (item.get(tag) == simdjson::SUCCESS) one(trim(tag));
      return;
    }
    std::string_view text = first_text(object, {"tags"});
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      one(trim(text.substr(0, comma)));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
  }

  void threatfox(FeedClaim claim, dom::object object, std::string_view type, std::string_view value) {
    if (first_text(object, {"threat_type"}) == "botnet_cc") claim.role = least_blocking(claim.role, Role::attacker);
    const bool with_port = type == "ip:port";
    std::optional<Kind> kind = with_port ? std::optional(Kind::ipv4) : kind_of_word(type);
    if (type == "envelope_from" || type == "body_from") kind = Kind::email;
    if (!kind)
      return keep_value(sink_, {.language = "abusech", .object = id_, .name = claim.threat, .tlp = claim.tlp}, type,
                        value);
    if (with_port) join(comment_, value);
    say(claim, *kind, with_port ? without_port(value) : value);
  }
  void feodo(FeedClaim claim, dom::object object, std::string_view address) {
    claim.role = least_blocking(claim.role, Role::attacker);  // the list is one of command servers
    join(comment_, first_text(object, {"hostname"}));
    say(claim, Kind::ipv4, address);
  }
  void say(FeedClaim claim, Kind kind, std::string_view value) {
    std::string owned;
    claim.value = refang(value, owned);
    claim.kind = fitted_kind(kind, claim.value);
    claim.comment = comment_;
    sink_.claim(claim);
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  std::string id_, comment_;
};

Result<void> read_abusech(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  JsonFeed json;
  TRY(open_json(feed, notes, json, BrokenJson::take_objects));
  if (!AbuseChReader(sink, notes).walk(json.root, {}, 0)) return error(Fault::malformed, "no record of abuse.ch");
  return {};
}

int abusech_likeness(const FeedHead& head) {
  if (!begins_like_json(head)) return 0;
  const auto has = [&](std::string_view word) { return head.has(word); };
  const bool known = (has("\"ioc_type\"") && has("\"threat_type\"")) || has("\"urlhaus_") ||
                     (has("\"ip_address\"") && has("\"last_online\"")) ||
                     (has("\"sha256_hash\"") && has("\"md5_hash\"") && has("\"file_type"));
  return known ? 92 : 0;
}

}  // namespace

const FeedFormat abusech_format{"abusech", abusech_likeness, read_abusech};

}  // namespace testudo
