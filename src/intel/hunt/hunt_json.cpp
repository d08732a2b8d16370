#include <cmath>

#include "base/json_text.h"
#include "intel/hunt/hunt.h"

namespace testudo {
namespace {

// Three decimals: more would pretend to know.
double rounded(double value) { return std::round(value * 1000) / 1000; }

void append_look_alike(JsonText& json, const LookAlike& found) {
  if (found.score <= 0 && found.how.empty()) {
    json.null();
    return;
  }
  json.object().key("score").real(rounded(found.score)).key("brand").string(found.brand);
  json.key("how").string(found.how).key("detail").string(found.detail).end();
}

void append_naming(JsonText& json, const HuntCandidate& candidate) {
  if (!candidate.naming) {
    json.null();
    return;
  }
  json.object().key("score").real(rounded(candidate.naming->score));
  json.key("ordinary")
      .real(candidate.naming->ordinary < 0.001 ? candidate.naming->ordinary : rounded(candidate.naming->ordinary));
  if (!candidate.family.empty()) json.key("family").string(candidate.family);
  json.key("features").array();
  for (const NamingReason& reason : candidate.reasons)
    json.object().key("feature").string(reason.feature).key("weight").real(rounded(reason.weight)).end();
  json.end().end();
}

void append_step(JsonText& json, const HuntStep& step) {
  json.object().key("from");
  if (step.from.empty())
    json.null();
  else
    json.string(step.from);
  json.key("shared").array();
  for (const HuntStep::Shared& shared : step.shared) {
    json.object().key("tie").string(tie_name(shared.tie)).key("value").string(shared.value);
    json.key("hosts").integer(shared.hosts).end();
  }
  json.end().key("to").string(step.to).key("strength").real(rounded(step.strength)).end();
}

void append_cluster(JsonText& json, const HuntCandidate& candidate) {
  if (candidate.cluster.empty() && candidate.path.empty()) {
    json.null();
    return;
  }
  json.object().key("id").string(candidate.cluster.empty() ? candidate.host : candidate.cluster);
  json.key("hosts").integer(candidate.cluster_size).key("score").real(rounded(candidate.cluster_strength));
  if (!candidate.cluster_threat.empty()) json.key("threat").string(candidate.cluster_threat);
  json.key("path").array();
  for (const HuntStep& step : candidate.path) append_step(json, step);
  json.end().end();
}

}  // namespace

void append_candidate_json(std::string& out, const HuntCandidate& candidate) {
  JsonText json(out);
  json.object().key("host").string(candidate.host).key("score").real(rounded(candidate.score));
  if (candidate.known) json.key("known").string(*candidate.known);
  json.key("lookalike");
  append_look_alike(json, candidate.look_alike);
  json.key("naming");
  append_naming(json, candidate);
  json.key("cluster");
  append_cluster(json, candidate);
  json.key("listed").array();
  for (const std::string& list : candidate.listed) json.string(list);
  json.end();
  if (candidate.first) json.key("first_seen").string(to_rfc3339(*candidate.first));
  if (candidate.last) json.key("last_seen").string(to_rfc3339(*candidate.last));
  json.end();
}

}  // namespace testudo
