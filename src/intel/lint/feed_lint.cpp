// One feed: reader's notes, values, patterns, rules.
#include "intel/lint/feed_lint.h"

#include <algorithm>

#include "base/hash.h"
#include "base/host.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/stix.h"
#include "intel/lint/json_lint.h"
#include "intel/lint/suricata_lint.h"
#include "intel/lint/value_mends.h"

namespace testudo {
namespace {

constexpr std::uint64_t most_of_one_defect = 10'000;
constexpr std::size_t shown_value = 1000;

std::uint64_t value_key(Kind kind, std::string_view value, std::uint64_t seed) {
  return hash64(value, seed ^ (static_cast<std::uint64_t>(kind) * 0x9E3779B97F4A7C15ULL));
}

std::uint64_t run_seed() {
  static const std::uint64_t seed = secret_seed();
  return seed;
}

// The part of a value that is a host name: all of a host, what stands behind the '@' of an address.
std::string_view host_part(Kind kind, std::string_view value) {
  if (kind == Kind::host) return value.substr(0, value.find('/'));
  return kind == Kind::email ? value.substr(std::min(value.rfind('@') + 1, value.size())) : std::string_view{};
}

bool has_upper_case(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

FeedLint::FeedLint(std::string_view file, const FeedText& feed, std::string_view format, TextPool& pool,
                   const WarningLists* warnings, const LintReceiver& receiver, FeedSink* next)
    : NormalisingSink(next),
      file_(file),
      feed_(feed),
      format_(format),
      pool_(pool),
      warnings_(warnings),
      receiver_(receiver),
      stix_([this](std::string_view object, std::string_view defect, std::string_view value, std::string mend) {
        add(object, defect, value, std::move(mend));
      }),
      lines_(feed.text, format == "text" ? LineFinder::Lines::one_value : LineFinder::Lines::columns),
      is_stix_(format == "stix"),
      is_json_(trim(feed.text.substr(0, 64)).starts_with('{') || trim(feed.text.substr(0, 64)).starts_with('[') ||
               format == "stix") {}

Result<void> FeedLint::read(const FeedFormat& format) {
  if (!is_stix_) return format.read(feed_, *this);
  const StixFigures read = TRY(read_stix(feed_, *this, &stix_));
  if (read.objects == 0 && counts_.empty()) add("", "bundle_without_objects", "", "");
  if (!counts_.contains("misplaced_comma"))
    if (const std::string line = line_of_last_comma(feed_.text); !line.empty()) add(line, "misplaced_comma", "", "");
  return {};
}

Result<void> FeedLint::run(const FeedFormat& format) {
  const TextReport report = [this](std::string_view object, std::string_view defect, std::string_view value,
                                   std::string mend) { add(object, defect, value, std::move(mend)); };
  const Result<void> done = read(format);
  if (!done) add("", "unreadable", done.error().what, "");
  if (is_stix_) stix_.finish();
  if (!is_json_) lint_text(feed_.name, format_, feed_.text, report);
  finish();
  return done;
}

void FeedLint::add(std::string_view object, std::string_view defect, std::string_view value, std::string mend) {
  auto count = counts_.find(defect);
  if (count == counts_.end()) count = counts_.emplace(std::string(defect), 0).first;
  if (++count->second > most_of_one_defect) return;
  receiver_({file_, to_utf8(object), std::string(defect), to_utf8(value.substr(0, shown_value)), std::move(mend)});
}

void FeedLint::note(std::string_view object, std::string_view defect, std::string_view value) {
  NormalisingSink::note(object, defect, value);
  // Said of each object instead, with the pattern that would be right, or by a stricter reading.
  if (is_stix_ && (defect == "hash_key_spelling" || defect == "custom_object_type" || defect == "duplicate_id")) return;
  if (is_stix_ && defect == "malformed_pattern" && stix_.is_malformed()) return;
  if (!is_stix_ && defect == "revoked") return;  // said of each value
  add(object, defect, value, "");
}

std::string FeedLint::object_of(const FeedClaim& claim) {
  if (is_json_ || claim.object.starts_with("line ")) return std::string(claim.object);
  const std::string line = lines_.find(claim.value);
  return claim.object.empty() ? line : std::string(claim.object);
}

void FeedLint::normalised(const FeedClaim& claim, const std::optional<NormalisedIndicator>& normal,
                          const Defects& defects) {
  const std::string object = object_of(claim);
  ++claims_;
  named_.push_back(!claim.threat.empty());
  if (!normal) {
    claim_objects_.push_back(pool_.keep(object));
    for (const std::string_view defect : defects) add(object, defect, claim.value, "");
    return;
  }
  for (const std::string_view defect : defects) {
    // "www.com" and "www.github.io" have no parent that could be listed instead.
    if (defect == "www_prefix" && !may_be_listed(Kind::host, without_www(normal->value))) continue;
    add(object, defect, claim.value, value_mend(format_, defect, *normal));
  }
  check_spelling(claim, *normal, object);
  if (is_stix_) check_pattern(claim, *normal, object);
  check_claim(claim, object);
  check_warnings(*normal, claim, object, defects);
  list(*normal, object);
}

void FeedLint::check_spelling(const FeedClaim& claim, const NormalisedIndicator& normal, const std::string& object) {
  const std::string_view host = trim(host_part(claim.kind, claim.value));
  const auto correct = [&] { return value_spelled(format_, normal); };
  if (has_upper_case(host)) add(object, "upper_case", claim.value, correct());
  if (host.size() > 1 && host.ends_with('.')) add(object, "trailing_dot", claim.value, correct());
  if ((normal.type == Kind::url || normal.type == Kind::host) && !is_ascii(claim.value))
    add(object, "non_ascii", claim.value, ascii_mend(format_, claim, normal));
  if (normal.type == Kind::path && trim(claim.value).ends_with('/') && claim.value.size() > 1)
    add(object, "directory_prefix", claim.value,
        may_be_listed(Kind::path, normal.value) ? folder_mend(stix_.pattern(), claim.value) : std::string());
}

// Once an indicator, whatever number of values its pattern holds.
void FeedLint::check_pattern(const FeedClaim&, const NormalisedIndicator& normal, const std::string& object) {
  const std::string_view pattern = stix_.pattern();
  if (pattern.starts_with("[domain-name:") || pattern.empty()) return;
  if (object == last_pattern_object_) return;
  last_pattern_object_ = object;
  // Of several values one would be no mend.
  const auto correct = [&] { return is_single_value(pattern) ? value_spelled(format_, normal) : std::string(); };
  if (has_odd_hash_key(pattern)) add(object, "hash_key_spelling", pattern, correct());
  if (custom_object_of(pattern)) add(object, "custom_object_type", pattern, correct());
  const std::string_view path = pattern.substr(0, pattern.find('\''));
  if (path.find("hashes") == std::string_view::npos && has_upper_case(path) && path.find('=') != std::string_view::npos)
    add(object, "upper_case_path", pattern, correct());
}

void FeedLint::check_claim(const FeedClaim& claim, const std::string& object) {
  if (claim.role == Role::victim && !is_stix_) add(object, "victim_site", claim.value, "");
  if ((claim.role == Role::unstated || claim.role == Role::attacker) && names_victims(claim.comment))
    add(object, "victim_unmarked", claim.value, "");
  if (is_stix_) return;  // whose objects are checked themselves
  if (claim.revoked) add(object, "revoked", claim.value, "");
  if (claim.role == Role::benign) add(object, "benign", claim.value, "");
  if (claim.created && claim.modified && *claim.modified < *claim.created)
    add(object, "modified_before_created", to_rfc3339(*claim.modified), "");
  if ((claim.valid_from && claim.valid_until && *claim.valid_until <= *claim.valid_from) ||
      (claim.first_seen && claim.last_seen && *claim.last_seen < *claim.first_seen))
    add(object, "ends_before_it_begins", claim.value, "");
}

void FeedLint::check_warnings(const NormalisedIndicator& normal, const FeedClaim& claim, const std::string& object,
                              const Defects& defects) {
  std::vector<WarningHit> hits;
  core_warnings().find(normal.type, normal.value, hits);
  const auto already = [&](std::string_view defect) { return std::ranges::find(defects, defect) != defects.end(); };
  for (const WarningHit& hit : hits) {
    const std::string value =
        std::string(claim.value) + " (" + std::string(hit.list) + ": " + std::string(hit.entry) + ")";
    const std::string_view defect = core_defect(hit);
    if (!defect.empty() && defect != "warning_list")
      add(object, defect, claim.value, "");
    else if (!defect.empty() && !already("special_address") && !already("single_label"))
      add(object, defect, value, "");
  }
  if (warnings_ == nullptr) return;
  hits.clear();
  warnings_->find(normal.type, normal.value, hits);
  for (const WarningHit& hit : hits)
    add(object, "warning_list",
        std::string(claim.value) + " (" + std::string(hit.list) + ": " + std::string(hit.entry) + ")",
        std::string(warning_verdict_name(hit.verdict)));
}

void FeedLint::list(const NormalisedIndicator& normal, const std::string& object) {
  // In a MISP event objects repeat each other's attributes, and one value stands in several objects for good reason.
  const bool property =
      normal.type == Kind::app_id || normal.type == Kind::cert_sha1 || normal.type == Kind::cert_sha256;
  const std::uint64_t key = value_key(normal.type, normal.value, run_seed());
  const auto [place, fresh] = known_.emplace(key, values_.size());
  if (!fresh) {
    const std::string_view first = values_[place->second].object;
    claim_objects_.push_back(first);
    if ((first != object || object.empty()) && !(property && format_ == "misp")) repeat(normal, object, first);
    return;
  }
  if (object != entry_ || object.empty()) end_entry(object);
  entry_is_new_ = true;
  values_.push_back({key, pool_.keep(normal.value), pool_.keep(object), normal.type});
  claim_objects_.push_back(values_.back().object);
}

// An entry of several values that holds a new one repeats nothing: samples of one app share its name and certificate.
void FeedLint::repeat(const NormalisedIndicator& normal, const std::string& object, std::string_view first) {
  if (object != entry_ || object.empty()) end_entry(object);
  repeated_.push_back({normal.value, std::string(first)});
}

void FeedLint::end_entry(const std::string& next) {
  if (!entry_is_new_)
    for (const auto& [value, first] : repeated_)
      add(entry_, "duplicate_value", value, first.empty() ? std::string() : "keep " + first + " alone");
  repeated_.clear();
  entry_is_new_ = false;
  entry_ = next;
}

void FeedLint::threat(std::uint64_t claim, std::string_view name) {
  NormalisingSink::threat(claim, name);
  if (claim < named_.size()) named_[claim] = true;
}

void FeedLint::kept(const KeptPattern& pattern) {
  NormalisingSink::kept(pattern);
  ++kept_;
  // Why a value or definition is kept as it stands. Of other languages that is no defect, or has been noted; an event
  // of MISP is no mere list of indicators.
  for (const std::string_view why : {"no_operator", "unknown_operator", "kind_without_indicators"})
    if (pattern.why == why && !format_.starts_with("misp")) add(pattern.object, why, pattern.text, "");
  if (pattern.language != "suricata" && pattern.language != "snort") return;
  if (const std::optional<std::string> mend = subdomain_mend(pattern.text))
    add(pattern.object, "rule_misses_subdomains", pattern.text, *mend);
  if (!pattern.object.empty() && !rule_ids_.emplace(pattern.object, "").second)
    add(pattern.object, "duplicate_rule_id", pattern.object, "");
}

void FeedLint::finish() {
  end_entry("");
  // What a reader says nothing of at all.
  if (!is_stix_ && claims_ + kept_ == 0 && counts_.empty()) add("", "empty_feed", "", "");
  for (const ListedValue& value : values_) {
    if (value.kind != Kind::host) continue;
    std::string_view parent = value.value;
    for (std::size_t dot; (dot = parent.find('.')) != std::string_view::npos;) {
      parent.remove_prefix(dot + 1);
      const auto found = known_.find(value_key(Kind::host, parent, run_seed()));
      if (found == known_.end() || is_public_suffix(parent)) continue;
      const ListedValue& listed = values_[found->second];
      add(value.object, "child_of_listed", value.value,
          "covered by " + std::string(listed.value) + (listed.object.empty() ? "" : ", " + std::string(listed.object)));
      break;
    }
  }
  const auto unnamed = static_cast<std::uint64_t>(std::ranges::count(named_, false));
  if (is_stix_ && unnamed != 0) {
    const auto first = static_cast<std::size_t>(std::ranges::find(named_, false) - named_.begin());
    add(claim_objects_[first], "indicator_without_threat",
        std::to_string(unnamed) + " of " + std::to_string(claims_) + " values", "");
  }
  for (const auto& [defect, n] : counts_)
    if (n > most_of_one_defect)
      receiver_({file_, "", "more", defect + ": " + std::to_string(n - most_of_one_defect) + " more", ""});
}

}  // namespace testudo
