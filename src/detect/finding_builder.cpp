#include "detect/finding_builder.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/hash.h"
#include "base/json_text.h"
#include "base/text.h"
#include "record/shared_value.h"

namespace testudo {
namespace {

std::string short_hash(std::string_view whole) { return to_hex(Bytes(sha256(as_bytes(whole))).first(16)); }

// `what`: the indicator, or the value that a rule tells its hits apart by.
std::string finding_id(const Finding& finding, std::string_view what) {
  std::string whole(finding.rule);
  whole.append("\n").append(finding.evidence_path).append("\n").append(finding.record_key).append("\n").append(what);
  return short_hash(whole);
}

std::string fields_json(const Row& row, bool redacted) {
  std::string out;
  JsonText json(out);
  json.object();
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const FieldInfo& field = row.type->fields[i];
    if (row.values[i].is_null() || (redacted && is_content(field.show))) continue;
    json.key(field.name);
    if (redacted && row.values[i].type() == Value::Type::text) {
      json.string(*shared_text(field, row.values[i].text()));
      continue;
    }
    std::string value;
    append_value_json(value, row.values[i], field.kind);
    json.raw(value);
  }
  json.end();
  return out;
}

// The field that dates a finding: the one named, or the record's first event time that is set.
void set_time(Finding& finding, const Row& row, std::string_view named) {
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const FieldInfo& field = row.type->fields[i];
    if (field.kind != Kind::time || row.values[i].is_null()) continue;
    if (named.empty() ? field.show != Show::event : field.name != named) continue;
    finding.time = Time{row.values[i].integer()};
    finding.time_basis = field.name;
    return;
  }
  finding.time_basis = "record_has_no_time";
}

}  // namespace

Severity severity_of(Kind indicator, MatchHow how, Mention mention) {
  // Nobody need have gone there: a search for a name is no contact with it.
  if (mention == Mention::named) return Severity::info;
  if (mention == Mention::linked) return Severity::high;
  switch (indicator) {
    case Kind::path:
    case Kind::file_name:
    case Kind::cidr:
    case Kind::phone:
    case Kind::account:
    case Kind::asn:
      return Severity::high;
    case Kind::cve:
      return Severity::medium;
    default:
      return how == MatchHow::truncated ? Severity::high : Severity::critical;
  }
}

int confidence_of(Kind indicator, MatchHow how, bool generic, Mention mention) {
  int confidence = 85;
  switch (indicator) {
    case Kind::md5:
    case Kind::sha1:
    case Kind::sha256:
    case Kind::cert_md5:
    case Kind::cert_sha1:
    case Kind::cert_sha256:
    case Kind::profile_id:
      confidence = 95;
      break;
    case Kind::ipv4:
    case Kind::ipv6:
    case Kind::process:
      confidence = 70;
      break;
    case Kind::cidr:
    case Kind::file_name:
      confidence = 50;
      break;
    default:
      break;
  }
  if (how == MatchHow::below) confidence -= 5;
  if (how == MatchHow::truncated) confidence -= 30;
  if (mention == Mention::linked) confidence -= 15;
  if (mention == Mention::named) confidence = std::min(confidence, 20);
  return generic ? std::min(confidence, 30) : confidence;
}

Finding FindingBuilder::start(const SeenRecord& seen) const {
  Finding finding;
  finding.source = seen.source;
  finding.record = seen.row.type->name;
  finding.record_key = record_key(seen.row);
  finding.evidence_path = seen.evidence_path;
  if (seen.row.where.offset != Locator::nowhere) finding.offset = seen.row.where.offset;
  if (seen.row.where.rowid != Locator::nowhere) finding.rowid = seen.row.where.rowid;
  finding.state = row_state_name(seen.row.where.state);
  finding.fields_json = fields_json(seen.row, false);
  finding.fields_json_redacted = fields_json(seen.row, true);
  return finding;
}

void FindingBuilder::note_state_and_seizure(Finding& finding, const Row& row) const {
  if (row.where.state != RowState::current) finding.why += " " + words_.say("finding.state." + finding.state);
  if (!seizure_) return;
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    if (row.type->fields[i].show != Show::event || row.values[i].type() != Value::Type::integer) continue;
    finding.while_seized = finding.while_seized.value_or(false) || seizure_->holds(Time{row.values[i].integer()});
  }
  if (finding.while_seized.value_or(false)) finding.why += " " + words_.say("finding.while_seized");
}

// The most specific of those that some source accuses; where none is, the most specific of all.
const Match& FindingBuilder::most_telling(const FieldHit& hit) const {
  const auto accused =
      std::ranges::find_if(hit.matches, [&](const Match& match) { return matcher_.is_accused(match.indicator); });
  return accused == hit.matches.end() ? hit.matches.front() : *accused;
}

void FindingBuilder::tell_indicator(Finding& finding, const SeenRecord& seen, const FieldHit& hit,
                                    const Match& best) const {
  const IndicatorRef& indicator = *finding.indicator;
  const bool generic = matcher_.is_generic(best.indicator);
  const std::string kind(kind_name(indicator.type));
  finding.rule = "indicator." + kind;
  finding.severity = severity_of(indicator.type, best.how, hit.mention);
  finding.confidence = confidence_of(indicator.type, best.how, generic, hit.mention);
  std::string word = kind;
  if (!indicator.role.empty()) {
    word = indicator.role;
    finding.severity = std::min(finding.severity, word == "victim" ? Severity::low : Severity::info);
    finding.confidence = std::min(finding.confidence, 20);
  }
  const std::string threat = indicator.threat.empty() ? words_.say("finding.threat_unnamed") : indicator.threat;
  finding.title = words_.say("finding.title." + word, {{"threat", threat}, {"value", hit.seen}});
  finding.why =
      words_.say("finding.why." + word,
                 {{"threat", threat}, {"value", indicator.value}, {"record", std::string(seen.row.type->prose)}});
  finding.does_not_prove = words_.say("finding.limits." + word);
  if (best.how == MatchHow::truncated) finding.does_not_prove += " " + words_.say("finding.limits.truncated");
  if (hit.mention != Mention::own) finding.does_not_prove += " " + words_.say("finding.limits.inside_url");
  if (generic) finding.does_not_prove += " " + words_.say("finding.limits.generic");
  tell_warnings(finding, indicator.type, matcher_.value(best.indicator));
  note_state_and_seizure(finding, seen.row);
  finding.next_step = words_.say(indicator.role.empty() ? "finding.next.indicator" : "finding.next.context");
}

// A list of likely false alarms is said beside a finding and never hides it. A feed that lists one of the best-known
// hosts is hardly right: how sure a finding is falls as for a generic name.
void FindingBuilder::tell_warnings(Finding& finding, Kind kind, std::string_view value) const {
  std::vector<WarningHit> hits;
  core_warnings().find(kind, value, hits);
  // Names for documentation are an author's mistake, and nothing to tell who reads a finding.
  std::erase_if(hits, [](const WarningHit& hit) { return hit.verdict == WarningVerdict::annotate; });
  std::vector<WarningHit> more;
  if (warnings_ != nullptr) warnings_->find(kind, value, more);
  hits.insert(hits.end(), more.begin(), more.end());
  if (strongest_verdict(hits) == WarningVerdict::suppress) finding.confidence = std::min(finding.confidence, 30);
  std::string names;
  for (const WarningHit& hit : hits) {
    // An account is no false alarm because many have one there.
    if (kind == Kind::email && hit.how == WarningHit::How::host) continue;
    finding.warning_lists.push_back(std::string(hit.list) + ": " + hit.entry);
    names.append(names.empty() ? "" : "; ").append(finding.warning_lists.back());
  }
  if (!names.empty())
    finding.does_not_prove += " " + words_.say("finding.limits.warning_list", {{"lists", std::move(names)}});
}

std::vector<Finding> FindingBuilder::from_hits(const SeenRecord& seen, const std::vector<FieldHit>& hits) const {
  std::vector<Finding> findings;
  std::set<std::uint32_t> told;
  for (const FieldHit& hit : hits) {
    if (hit.matches.empty()) continue;
    const Match& best = most_telling(hit);
    if (!told.insert(best.indicator).second) continue;
    Finding finding = start(seen);
    finding.indicator = matcher_.describe(best.indicator);
    finding.field = seen.row.type->fields[hit.field].name;
    finding.value = hit.seen;
    set_time(finding, seen.row, {});
    tell_indicator(finding, seen, hit, best);
    const std::string word(kind_name(finding.indicator->type));
    finding.id = finding_id(finding, word + ":" + finding.indicator->value);
    std::set<std::uint32_t> named{best.indicator};
    for (const Match& other : hit.matches)
      if (named.insert(other.indicator).second) finding.also.push_back(matcher_.describe(other.indicator));
    findings.push_back(std::move(finding));
  }
  return findings;
}

Finding FindingBuilder::from_rule(const SeenRecord& seen, const Rule& rule, std::string_view detail) const {
  Finding finding = start(seen);
  const auto words = [&](const char* part, const std::string& english) {
    const std::string key = "rule." + rule.id + "." + part;
    return words_.has(key) ? words_.say(key) : english;
  };
  finding.rule = rule.id;
  finding.severity = rule.severity;
  finding.confidence = rule.confidence;
  finding.corroboration = rule.corroboration;
  finding.title = words("title", rule.title);
  finding.why = words("proves", rule.proves);
  if (!detail.empty()) finding.why.append(" ").append(detail);
  finding.detail = detail;
  finding.rule_sources = rule.sources;
  note_state_and_seizure(finding, seen.row);
  finding.does_not_prove = words("does_not_prove", rule.does_not_prove);
  finding.next_step = words("next", rule.next);
  set_time(finding, seen.row, rule.time_field);
  const auto field = seen.row.type->field(rule.value_field);
  if (field) {
    finding.field = rule.value_field;
    finding.value = value_as_text(seen.row.values[*field], seen.row.type->fields[*field].kind);
  }
  const auto key = seen.row.type->field(rule.key_field);
  finding.id = finding_id(finding, key ? value_as_text(seen.row.values[*key], seen.row.type->fields[*key].kind) : "");
  return finding;
}

namespace {

// A row that is not in the database as an application sees it comes after one that is: in the next backup it is gone.
bool is_left_over(const Finding& finding) {
  return finding.state == row_state_name(RowState::before_wal) || finding.state == row_state_name(RowState::recovered);
}

Sha256 content_of(const Finding& finding) {
  std::string whole(finding.rule);
  if (finding.indicator) whole.append("\n").append(finding.indicator->value);
  whole.append("\n")
      .append(finding.evidence_path)
      .append("\n")
      .append(finding.record)
      .append("\n")
      .append(finding.detail)
      .append("\n")
      .append(finding.fields_json);
  return sha256(as_bytes(whole));
}

// Drops a finding whose record is the same in all its fields as that of another in the same file. Of another file it is
// a trace of its own: of another application, say. Records that share a key and differ elsewhere are numbered, in the
// order in which they lie in the evidence.
void tell_apart(std::vector<Finding>& findings, std::string_view device) {
  std::ranges::stable_sort(findings, [](const Finding& a, const Finding& b) {
    const bool left_over_a = is_left_over(a), left_over_b = is_left_over(b);
    return std::tie(a.evidence_path, left_over_a, a.rowid, a.offset) <
           std::tie(b.evidence_path, left_over_b, b.rowid, b.offset);
  });
  std::set<Sha256> contents;
  std::erase_if(findings, [&](const Finding& f) { return !contents.insert(content_of(f)).second; });
  std::map<std::string, int> known;
  for (Finding& f : findings)
    f.id = short_hash(lower_ascii(device) + "\n" + f.id + "\n" + std::to_string(++known[f.id]));
}

}  // namespace

void finish_findings(std::vector<Finding>& findings, std::string_view device) {
  tell_apart(findings, device);
  arrange_findings(findings);
}

void arrange_findings(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings, [](const Finding& a, const Finding& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    if (a.time != b.time) return a.time && (!b.time || *a.time < *b.time);
    return a.id < b.id;
  });
  std::map<std::string, std::set<std::string>> files_by_threat;
  const auto accuses = [](const Finding& f) { return f.indicator && f.indicator->role.empty(); };
  for (const Finding& f : findings)
    if (accuses(f) && !f.indicator->threat.empty()) files_by_threat[f.indicator->threat].insert(f.evidence_path);
  for (Finding& f : findings)
    if (accuses(f) && files_by_threat[f.indicator->threat].size() > 1) f.corroboration = Corroboration::corroborated;
}

}  // namespace testudo
