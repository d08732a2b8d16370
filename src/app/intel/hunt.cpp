// testudo intel hunt: which names in files about infrastructure belong to what is known. Nothing is contacted.
#include <cstdio>

#include <simdjson.h>

#include "app/intel/sub_verb.h"
#include "app/worker/hunting.h"
#include "base/host.h"
#include "base/text.h"
#include "base/url.h"
#include "intel/store/indicator_query.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

struct Arguments {
  std::vector<std::string> files, brands, train, ordinary, threats;
  std::string format;
  double least = 0.8;
  std::size_t most = 1000;
  std::uint32_t batch = 180;
  bool json = false, no_naming = false;
};

bool wanted_threat(const Arguments& a, std::string_view threat) {
  if (a.threats.empty()) return true;
  const std::string lower = lower_ascii(threat);
  for (const std::string& part : a.threats)
    if (lower.find(lower_ascii(part)) != std::string::npos) return true;
  return false;
}

// As hunting compares it; nothing for kinds of which the files say nothing.
std::optional<HuntSeed> seed_of(const MatchedClaim& claim) {
  HuntSeed seed{claim.kind, lower_ascii(claim.spelled()),
                std::string(claim.threat.empty() ? claim.source : claim.threat)};
  switch (claim.kind) {
    case Kind::cert_md5:
    case Kind::cert_sha1:
    case Kind::cert_sha256:
    case Kind::email:
    case Kind::cidr:
    case Kind::asn:
      return seed;
    case Kind::url: {
      const auto url = parse_url(claim.spelled());
      if (!url) return std::nullopt;
      seed.kind = url->host.type == HostName::Type::name   ? Kind::host
                  : url->host.type == HostName::Type::ipv4 ? Kind::ipv4
                                                           : Kind::ipv6;
      seed.value = url->host.text;
      return seed;
    }
    case Kind::host:
    case Kind::ipv4:
    case Kind::ipv6: {
      const auto host = normalise_host(claim.spelled());
      if (!host) return std::nullopt;
      seed.value = host->text;
      return seed;
    }
    default:
      return std::nullopt;
  }
}

// What the store holds of attackers, each value once, under the first threat that claims it.
Result<std::vector<HuntSeed>> seeds_of(const Arguments& a, const IntelCall& call) {
  std::vector<HuntSeed> seeds;
  Result<IntelStore> store = call.open(IntelStore::Mode::read);
  if (!store && !call.named_store && store.error().what == "intel_no_store") return seeds;
  if (!store) return store.error();
  Kind kind = Kind::text;
  std::string value;
  TRY(each_matched_claim(*store, MatchedOrder::kind_and_value, [&](const MatchedClaim& claim) {
    if (claim.role == Role::victim || claim.role == Role::context || !wanted_threat(a, claim.threat)) return;
    if (claim.kind == kind && claim.spelled() == value) return;
    kind = claim.kind, value = claim.spelled();
    if (auto seed = seed_of(claim)) seeds.push_back(std::move(*seed));
  }));
  return seeds;
}

std::string text_of(dom::element object, const char* key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? visible(text) : std::string();
}

double real_of(dom::element object, const char* key) {
  double value = 0;
  return object[key].get(value) == simdjson::SUCCESS ? value : 0;
}

std::string count_of(dom::element object, const char* key) {
  std::int64_t n = 0;
  return object[key].get(n) == simdjson::SUCCESS ? std::to_string(n) : "0";
}

std::string shown(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

// "name_server ns1.shared.test (shared by 3)", several joined by commas.
std::string shared_of(dom::element step, const IntelCall& call) {
  std::string all;
  dom::array shared;
  if (step["shared"].get(shared) != simdjson::SUCCESS) return all;
  for (const dom::element item : shared) {
    if (!all.empty()) all += ", ";
    const std::string hosts = count_of(item, "hosts");
    all += call.words.say(hosts == "1" ? "intel.hunt.had" : "intel.hunt.shared",
                          {{"tie", call.words.say("intel.hunt.tie." + text_of(item, "tie"))},
                           {"value", text_of(item, "value")},
                           {"n", hosts}});
  }
  return all;
}

void print_cluster(dom::element cluster, const IntelCall& call) {
  dom::array path;
  if (cluster["path"].get(path) != simdjson::SUCCESS || path.size() == 0) return;
  const std::string threat = text_of(cluster, "threat");
  const std::string hosts = count_of(cluster, "hosts");
  call.print(threat.empty() ? "intel.hunt.cluster_unknown"
             : hosts == "1" ? "intel.hunt.tied"
                            : "intel.hunt.cluster",
             {{"threat", threat}, {"n", hosts}});
  for (const dom::element step : path) {
    const std::string from = text_of(step, "from"), shared = shared_of(step, call), to = text_of(step, "to");
    if (from.empty())
      call.print("intel.hunt.step_known", {{"shared", shared}, {"to", to}});
    else
      call.print("intel.hunt.step", {{"from", from}, {"shared", shared}, {"to", to}});
  }
}

void print_naming(dom::element naming, const IntelCall& call) {
  if (real_of(naming, "score") < 0.5) return;
  std::string features;
  if (dom::array found; naming["features"].get(found) == simdjson::SUCCESS)
    for (const dom::element feature : found) features += (features.empty() ? "" : " ") + text_of(feature, "feature");
  call.print("intel.hunt.naming", {{"score", shown(real_of(naming, "score"), 3)},
                                   {"share", shown(real_of(naming, "ordinary") * 100, 2)},
                                   {"family", text_of(naming, "family")},
                                   {"features", features}});
}

void print_candidate(dom::element found, const IntelCall& call) {
  call.print("intel.hunt.candidate", {{"score", shown(real_of(found, "score"), 3)}, {"host", text_of(found, "host")}});
  if (const std::string known = text_of(found, "known"); !known.empty())
    call.print("intel.hunt.known", {{"threat", known}});
  dom::element part;
  if (found["cluster"].get(part) == simdjson::SUCCESS && part.is_object()) print_cluster(part, call);
  if (found["lookalike"].get(part) == simdjson::SUCCESS && part.is_object() && real_of(part, "score") > 0)
    call.print("intel.hunt.look_alike", {{"score", shown(real_of(part, "score"), 2)},
                                         {"brand", text_of(part, "brand")},
                                         {"how", call.words.say("intel.hunt.how." + text_of(part, "how"))},
                                         {"detail", text_of(part, "detail")}});
  if (found["naming"].get(part) == simdjson::SUCCESS && part.is_object()) print_naming(part, call);
  if (dom::array listed; found["listed"].get(listed) == simdjson::SUCCESS)
    for (const dom::element list : listed)
      if (std::string_view name; list.get(name) == simdjson::SUCCESS)
        call.print("intel.hunt.listed", {{"list", visible(name)}});
}

void print_summary(dom::element summary, const IntelCall& call) {
  bool from_files = false;
  const bool own = summary["ordinary_from_files"].get(from_files) == simdjson::SUCCESS && from_files;
  if (dom::array remarks; summary["remarks"].get(remarks) == simdjson::SUCCESS)
    for (const dom::element remark : remarks)
      if (std::string_view word; remark.get(word) == simdjson::SUCCESS)
        call.print("intel.hunt.remark." + std::string(word));
  if (own) call.print("intel.hunt.remark.own", {{"n", count_of(summary, "ordinary")}});
  call.print("intel.hunt.summary", {{"hosts", count_of(summary, "hosts")},
                                    {"candidates", count_of(summary, "candidates")},
                                    {"known", count_of(summary, "known")}});
}

struct Printed {
  bool any = false, notes = false;
};

void print_line(dom::element line, const IntelCall& call) {
  dom::element summary;
  if (line["summary"].get(summary) == simdjson::SUCCESS) return print_summary(summary, call);
  if (const std::string note = text_of(line, "note"); !note.empty())
    return call.print("intel.hunt.note", {{"file", text_of(line, "file")},
                                          {"format", text_of(line, "format")},
                                          {"note", call.words.say("intel.hunt.note." + note)},
                                          {"n", count_of(line, "count")},
                                          {"offset", count_of(line, "offset")}});
  print_candidate(line, call);
}

Result<Printed> print_lines(const std::string& lines, bool as_json, const IntelCall& call) {
  dom::parser parser;
  Printed printed;
  for (std::string_view rest = lines; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const std::string line(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    dom::element read;
    if (parser.parse(line).get(read) != simdjson::SUCCESS) return error(Fault::internal, "an answer that is none");
    printed.any |= !text_of(read, "host").empty();
    printed.notes |= !text_of(read, "note").empty();
    if (as_json)
      std::puts(line.c_str());
    else
      print_line(read, call);
  }
  return printed;
}

Result<int> hunt(const Arguments& a, const IntelCall& call) {
  HuntRequest request{.options = {.least = a.least, .most = a.most, .naming = !a.no_naming},
                      .files = a.files,
                      .brands = a.brands,
                      .train = a.train,
                      .ordinary = a.ordinary,
                      .format = a.format,
                      .store = call.store,
                      .seeds = TRY(seeds_of(a, call))};
  request.options.batch.micros = static_cast<std::int64_t>(a.batch) * 1'000'000;
  const std::string lines = TRY(hunt_files(call.zygote, request));
  const Printed printed = TRY(print_lines(lines, a.json, call));
  return printed.any ? exit_found : printed.notes ? exit_incomplete : exit_done;
}

}  // namespace

void add_intel_hunt(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("hunt", a, hunt);
  sub.option("files", a->files).required();
  sub.option("--brands", a->brands).one_at_a_time();
  sub.option("--train", a->train).one_at_a_time();
  sub.option("--benign", a->ordinary).one_at_a_time();
  sub.option("--threat", a->threats).one_at_a_time();
  sub.option("--format", a->format);
  sub.option("--least", a->least).range(0.0, 1.0);
  sub.option("--most", a->most).range(1UL, 10'000'000UL);
  sub.option("--batch", a->batch).range(0UL, 86400UL);
  sub.flag("--no-naming", a->no_naming);
  sub.flag("--json", a->json);
}

}  // namespace testudo
