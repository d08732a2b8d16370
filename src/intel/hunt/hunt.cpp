#include "intel/hunt/hunt.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/hash.h"
#include "base/host.h"
#include "base/text.h"
#include "intel/hunt/hubs.h"
#include "intel/hunt/tie_filter.h"
#include "intel/known_names.h"

namespace testudo {
namespace {

constexpr std::size_t sample_size = 20000, fewest_ordinary = 1000;

// The value of a tie as it is compared; empty for what is none.
std::string tie_value(Tie tie, std::string_view value) {
  value = trim(value);
  constexpr std::size_t longest = 512;
  if (value.empty() || value.size() > longest) return {};
  if (tie == Tie::address || tie == Tie::name_server || tie == Tie::alias || tie == Tie::mail_server) {
    const auto host = normalise_host(value);
    if (!host || (host->type == HostName::Type::name) == (tie == Tie::address)) return {};
    return host->text;
  }
  return tie == Tie::certificate ? lower_ascii(value) : std::string(value);
}

std::uint64_t tie_hash(Tie tie, std::string_view value) { return hash64(value, static_cast<std::uint64_t>(tie) + 1); }

// A host as it is known: without the star of a certificate's name. Nothing for an address or a public suffix.
std::optional<std::string> plain_host(std::string_view host) {
  if (host.starts_with("*.")) host.remove_prefix(2);
  const auto normal = normalise_host(host);
  if (!normal || normal->type != HostName::Type::name || !registrable_domain(normal->text)) return std::nullopt;
  return normal->text;
}

Tie tie_of_seed(Kind kind) {
  switch (kind) {
    case Kind::ipv4:
    case Kind::ipv6:
      return Tie::address;
    case Kind::cert_md5:
    case Kind::cert_sha1:
    case Kind::cert_sha256:
      return Tie::certificate;
    default:
      return Tie::none;
  }
}

double naming_part(const std::optional<NamingScore>& naming) {
  return naming ? std::max(0.0, (naming->score - 0.5) * 2) * 0.95 : 0;
}

}  // namespace

struct Hunt::State {
  HuntOptions options;
  WarningLookUp warnings;
  HuntFigures figures;
  std::vector<HuntSeed> seeds;
  std::map<std::string, std::string, std::less<>> seed_hosts;  // host -> threat
  std::unordered_set<std::uint64_t> seed_ties;
  Brands brands;
  WordSplitter words;
  std::vector<KnownName> known;
  std::vector<std::string> ordinary;
  std::map<std::uint64_t, std::string> sample;  // the registrable domains with the smallest hashes
  std::optional<TieFilter> filter;
  std::optional<NamingModel> model;
  TieGraph graph;
  struct Seen {
    std::optional<Time> first, last;
  };
  std::vector<Seen> seen;  // by host of the graph
  std::unordered_set<std::uint32_t> wanted;
  std::vector<std::uint64_t> scored = std::vector<std::uint64_t>(1U << 16);  // hosts judged last, by hash
  std::string last_spelled, last_host, last_domain;  // the domain is empty where unrelated people share it

  const std::string& host_of(std::string_view spelled);
  template <typename Use>
  void each_tie(const HuntFact& fact, Use use);
  void count(const HuntFact& fact);
  void gather(const HuntFact& fact);
  std::uint32_t keep(const std::string& host, const HuntFact& fact);
  bool judged_already(std::uint64_t hash);
  double name_score(const std::string& host) const;
  void add_sample(const std::string& host);
  HuntCandidate candidate(std::uint32_t host) const;
};

// Most facts follow another of the same host. Empty for what is none.
const std::string& Hunt::State::host_of(std::string_view spelled) {
  if (spelled == last_spelled) return last_host;
  last_spelled = spelled;
  last_host = plain_host(spelled).value_or("");
  last_domain.clear();
  if (last_host.empty()) {
    ++figures.not_hosts;
    return last_host;
  }
  if (const auto domain = registrable_domain(last_host); domain && !is_shared_platform(*domain)) last_domain = *domain;
  return last_host;
}

// The ties of a fact of the host asked for last, as the graph knows them: batches become two overlapping spans of time,
// so that what is made within half a span always shares one.
template <typename Use>
void Hunt::State::each_tie(const HuntFact& fact, Use use) {
  if (!last_domain.empty()) use(Tie::domain, last_domain);
  if (fact.tie == Tie::none) return;
  if (fact.tie != Tie::batch) {
    if (std::string value = tie_value(fact.tie, fact.value); !value.empty()) use(fact.tie, std::move(value));
    return;
  }
  if (!fact.first || options.batch.micros <= 0) return;
  const std::int64_t span = options.batch.micros * 2;
  for (const std::int64_t shift : {std::int64_t{0}, options.batch.micros}) {
    const Time begin{(fact.first->micros + shift) / span * span - shift};
    use(Tie::batch, std::string(fact.value.substr(0, 256)) + " from " + to_rfc3339(begin));
  }
}

void Hunt::State::add_sample(const std::string& host) {
  const std::string_view domain = registrable_domain(host).value_or("");
  const std::uint64_t hash = hash64(domain, 99);
  if (sample.size() >= sample_size && hash >= sample.rbegin()->first) return;
  sample.try_emplace(hash, domain);
  if (sample.size() > sample_size) sample.erase(std::prev(sample.end()));
}

void Hunt::State::count(const HuntFact& fact) {
  const bool again = fact.host == last_spelled;
  const std::string& host = host_of(fact.host);
  if (host.empty()) return;
  if (!again) add_sample(host);
  const std::uint64_t id = hash64(host);
  each_tie(fact, [&](Tie tie, const std::string& value) { filter->count(id, tie_hash(tie, value)); });
}

bool Hunt::State::judged_already(std::uint64_t hash) {
  std::uint64_t& slot = scored[hash % scored.size()];
  return std::exchange(slot, hash) == hash;
}

// What the name alone says.
double Hunt::State::name_score(const std::string& host) const {
  const std::optional<NamingScore> naming = model ? std::optional(model->score(host)) : std::nullopt;
  const double look = brands.empty() ? 0 : brands.find(host, words).score;
  return 1 - (1 - naming_part(naming)) * (1 - look);
}

std::uint32_t Hunt::State::keep(const std::string& host, const HuntFact& fact) {
  const std::uint32_t id = graph.host(host);
  if (id >= seen.size()) seen.resize(id + 1);
  Seen& span = seen[id];
  if (fact.first && (!span.first || *fact.first < *span.first)) span.first = fact.first;
  const auto last = fact.last ? fact.last : fact.first;
  if (last && (!span.last || *last > *span.last)) span.last = last;
  return id;
}

void Hunt::State::gather(const HuntFact& fact) {
  ++figures.facts;
  const bool again = fact.host == last_spelled;
  const std::string& host = host_of(fact.host);
  if (host.empty() || graph.full()) return;
  figures.hosts += again ? 0 : 1;
  if (!again && !judged_already(hash64(host)) && (seed_hosts.contains(host) || name_score(host) >= options.least))
    wanted.insert(keep(host, fact));
  each_tie(fact, [&](Tie tie, const std::string& value) {
    const std::uint64_t hash = tie_hash(tie, value);
    const bool seeded = seed_ties.contains(hash);
    const std::uint8_t hosts = filter->hosts(hash);
    // 255 is "255 or more": more than any kind but the whole domain may have.
    if (!seeded && (hosts < 2 || (hosts == 255 && tie != Tie::domain))) return;
    graph.tie(keep(host, fact), graph.attribute(tie, value));
  });
}

Hunt::Hunt(const HuntOptions& options, WarningLookUp warnings) : state_(std::make_unique<State>()) {
  state_->options = options;
  state_->warnings = std::move(warnings);
}
Hunt::~Hunt() = default;

void Hunt::seed(const HuntSeed& seed) {
  State& s = *state_;
  if (seed.kind == Kind::host) {
    if (is_shared_platform(seed.value) || !registrable_domain(seed.value)) return;
    s.seed_hosts.emplace(seed.value, seed.threat);
    s.known.push_back({seed.value, seed.threat});
  } else if (tie_of_seed(seed.kind) != Tie::none) {
    s.seed_ties.insert(tie_hash(tie_of_seed(seed.kind), seed.value));
    s.seeds.push_back(seed);
  }
}

void Hunt::brand(std::string_view brand) { state_->brands.add(brand); }
void Hunt::known_name(const KnownName& name) { state_->known.push_back(name); }
void Hunt::ordinary_name(std::string_view host) {
  if (auto plain = plain_host(host)) state_->ordinary.push_back(std::move(*plain));
}

void Hunt::expect(std::uint64_t octets) {
  state_->filter.emplace(octets);
  for (const auto& [host, threat] : state_->seed_hosts) state_->count({.host = host});
  state_->sample.clear();
}

void Hunt::count(std::string_view text, const HuntFormat& format, HuntNotes& notes) {
  if (!state_->filter) expect(text.size());
  format.read(text, [&](const HuntFact& fact) { state_->count(fact); }, notes);
}

void Hunt::settle() {
  State& s = *state_;
  s.last_spelled.clear(), s.last_host.clear(), s.figures.not_hosts = 0;
  if (!s.options.naming) return;
  if (s.ordinary.empty() && s.sample.size() >= fewest_ordinary) {
    for (const auto& [hash, domain] : s.sample) s.ordinary.push_back(domain);
    // Here what is known is not ordinary, wherever it was found.
    std::unordered_set<std::string> known;
    for (const KnownName& name : s.known) known.emplace(registrable_domain(name.host).value_or(""));
    std::erase_if(s.ordinary, [&](const std::string& name) { return known.contains(name); });
    s.figures.ordinary_from_files = true;
  }
  auto model = NamingModel::train(s.known, s.ordinary);
  if (!model) {
    s.figures.remarks.emplace_back("naming_off");
    return;
  }
  s.figures.learnt = model->known(), s.figures.ordinary = model->ordinary();
  s.model.emplace(std::move(*model));
}

void Hunt::gather(std::string_view text, const HuntFormat& format, HuntNotes& notes) {
  format.read(text, [&](const HuntFact& fact) { state_->gather(fact); }, notes);
}

HuntCandidate Hunt::State::candidate(std::uint32_t id) const {
  const std::string& host = graph.name(id);
  HuntCandidate found{.host = host, .first = seen[id].first, .last = seen[id].last};
  if (const auto seed = seed_hosts.find(host); seed != seed_hosts.end()) found.known = seed->second;
  if (warnings) found.listed = warnings(Kind::host, host);
  if (!brands.empty()) found.look_alike = brands.find(host, words);
  if (model) found.naming = model->score(host);
  if (graph.cluster_size(id) > 1) {
    found.cluster = graph.name(graph.cluster(id));
    found.cluster_size = graph.cluster_size(id);
  }
  if (!found.known) {
    found.cluster_strength = graph.strength(id);
    found.cluster_threat = graph.threat(id);
  }
  const bool usual = !found.listed.empty() || found.look_alike.how == "own";
  const double name = usual ? 1 : (1 - naming_part(found.naming)) * (1 - found.look_alike.score);
  found.score = found.known ? 1 : 1 - name * (1 - found.cluster_strength);
  return found;
}

std::vector<HuntCandidate> Hunt::rank() {
  State& s = *state_;
  for (const auto& [host, threat] : s.seed_hosts) {
    const std::uint32_t id = s.keep(host, {});
    s.graph.seed_host(id, threat);
    if (const auto domain = registrable_domain(host); domain && !is_shared_platform(*domain))
      s.graph.tie(id, s.graph.attribute(Tie::domain, *domain));
  }
  for (const HuntSeed& seed : s.seeds)
    s.graph.seed_attribute(s.graph.attribute(tie_of_seed(seed.kind), seed.value), seed.threat);
  s.graph.finish([&](Tie tie, std::string_view value) { return is_known_hub(tie, value, s.warnings); });
  if (s.graph.full()) s.figures.remarks.emplace_back("graph_full");
  s.figures.kept_hosts = s.graph.hosts(), s.figures.kept_ties = s.graph.ties();

  std::vector<HuntCandidate> ranked;
  for (std::uint32_t id = 0; id < s.graph.hosts(); ++id) {
    const bool known = !s.graph.seed(id).empty() || s.seed_hosts.contains(s.graph.name(id));
    if (known ? !s.wanted.contains(id) : !s.wanted.contains(id) && s.graph.strength(id) <= 0) continue;
    HuntCandidate found = s.candidate(id);
    if (found.score < s.options.least) continue;
    s.figures.known += known ? 1 : 0;
    if (!known) found.path = s.graph.path(id);
    ranked.push_back(std::move(found));
  }
  std::ranges::sort(ranked, [](const HuntCandidate& a, const HuntCandidate& b) {
    return a.score != b.score ? a.score > b.score : a.host < b.host;
  });
  if (ranked.size() > s.options.most) ranked.resize(s.options.most);
  for (HuntCandidate& found : ranked)
    if (s.model && found.naming && found.naming->score >= 0.5) {
      found.family = s.model->family(found.host);
      found.reasons = s.model->reasons(found.host, 4);
    }
  return ranked;
}

const HuntFigures& Hunt::figures() const { return state_->figures; }

}  // namespace testudo
