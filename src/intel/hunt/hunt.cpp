#include "intel/hunt/hunt.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_set>

#include "base/hash.h"
#include "base/host.h"
#include "intel/hunt/hubs.h"
#include "intel/hunt/hunt_values.h"
#include "intel/hunt/tie_filter.h"
#include "intel/known_names.h"
#include "intel/network.h"

namespace testudo {
namespace {

constexpr std::size_t sample_size = 20000, fewest_ordinary = 1000;

double naming_part(double score) { return std::max(0.0, (score - 0.5) * 2) * 0.95; }

}  // namespace

struct Hunt::State {
  HuntOptions options;
  WarningLookUp warnings;
  HuntFigures figures;
  std::vector<HuntSeed> seeds;
  std::map<std::string, std::string, std::less<>> seed_hosts;  // host -> threat
  std::unordered_set<std::uint64_t> seed_hashes, seed_ties;
  std::set<std::array<char, 18>> networks;               // keys of the seeds' blocks of addresses
  std::set<std::pair<bool, unsigned>> network_prefixes;  // IPv6 or not, and length
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
  // The host of the last fact: most facts follow another of the same host.
  struct Current {
    std::string spelled, host;
    std::string_view domain;  // registrable, of `host`
    std::uint64_t hash = 0, domain_tie = 0;
    bool shared = false;                // unrelated people have names below the domain
    std::optional<std::uint32_t> kept;  // its number in the graph, once it has one
  };
  Current current;
  // Values as they are compared, by what they were spelled like: name servers repeat by the thousand.
  struct Compared {
    Tie tie = Tie::none;
    std::string spelled, value;
    std::uint64_t hash = 0;
    const std::string* owner = nullptr;  // the threat of the known host that the value is, or is a name below
    std::optional<std::uint32_t> kept;   // its number in the graph, once it has one
  };
  static constexpr Compared* not_compared = nullptr;
  std::vector<Compared> compared = std::vector<Compared>(1U << 14);

  bool take_host(std::string_view spelled);
  Compared& compare(Tie tie, std::string_view spelled);
  const std::string* owner_of(Tie tie, std::string_view value) const;
  template <typename Use>
  void each_network(std::string_view address, Use use) const;
  template <typename Use>
  void each_tie(const HuntFact& fact, bool again, Use use);
  void count(const HuntFact& fact);
  void gather(const HuntFact& fact);
  std::uint32_t keep(const std::string& host, const HuntFact& fact);
  std::uint32_t keep_current(const HuntFact& fact);
  std::uint32_t seen_at(std::uint32_t id, const HuntFact& fact);
  bool judged_already(std::uint64_t hash);
  bool is_seed() const { return seed_hashes.contains(current.hash) && seed_hosts.contains(current.host); }
  double name_score() const;
  void add_sample();
  HuntCandidate candidate(std::uint32_t host) const;
};

// False for what is no host.
bool Hunt::State::take_host(std::string_view spelled) {
  Current& c = current;
  if (spelled == c.spelled) return !c.host.empty();
  c.spelled.assign(spelled);
  c.kept.reset();
  const auto domain = read_host(spelled, c.host) ? registrable_domain(c.host) : std::nullopt;
  if (!domain) {
    c.host.clear();
    ++figures.not_hosts;
    return false;
  }
  c.domain = *domain;
  c.hash = hash64(c.host);
  c.shared = is_shared_platform(c.domain);
  c.domain_tie = tie_hash(Tie::domain, c.domain);
  return true;
}

Hunt::State::Compared& Hunt::State::compare(Tie tie, std::string_view spelled) {
  Compared& found = compared[hash64(spelled, static_cast<std::uint64_t>(tie)) % compared.size()];
  if (found.tie == tie && found.spelled == spelled) return found;
  found.tie = tie;
  found.spelled.assign(spelled);
  found.value = tie_value(tie, spelled);
  found.hash = tie_hash(tie, found.value);
  found.owner = owner_of(tie, found.value);
  found.kept.reset();
  return found;
}

// Whose alias target, mail or name server a host is: that of a known host which it is or lies below, unless everybody
// uses it.
const std::string* Hunt::State::owner_of(Tie tie, std::string_view value) const {
  if (tie != Tie::alias && tie != Tie::mail_server && tie != Tie::name_server) return nullptr;
  for (std::string_view name = value; !name.empty() && !seed_hashes.empty();) {
    if (seed_hashes.contains(hash64(name)))
      if (const auto seed = seed_hosts.find(name); seed != seed_hosts.end())
        return is_known_hub(tie, value, warnings) ? nullptr : &seed->second;
    name.remove_prefix(std::min(name.find('.'), name.size() - 1) + 1);
  }
  return nullptr;
}

template <typename Use>
void Hunt::State::each_network(std::string_view address, Use use) const {
  const auto found = parse_network(address);
  if (!found) return;
  for (const auto& [v6, prefix] : network_prefixes) {
    if (found->v6 != v6) continue;
    const Network network = found->masked(prefix);
    if (!networks.contains(network.key())) continue;
    const std::string text = network.text();
    use(Tie::network, std::string_view(text), tie_hash(Tie::network, text), not_compared);
  }
}

// The ties of a fact of the current host, as the graph knows them: batches become two overlapping spans of time, so
// that what is made within half a span always shares one.
template <typename Use>
void Hunt::State::each_tie(const HuntFact& fact, bool again, Use use) {
  if (!again && !current.shared) use(Tie::domain, current.domain, current.domain_tie, not_compared);
  if (fact.tie == Tie::none) return;
  if (fact.tie != Tie::batch) {
    Compared& value = compare(fact.tie, fact.value);
    if (value.value.empty()) return;
    use(fact.tie, std::string_view(value.value), value.hash, &value);
    if (fact.tie == Tie::address && !networks.empty()) each_network(value.value, use);
    return;
  }
  if (!fact.first || options.batch.micros <= 0) return;
  const std::int64_t span = options.batch.micros * 2;
  for (const std::int64_t shift : {std::int64_t{0}, options.batch.micros}) {
    const Time begin{(fact.first->micros + shift) / span * span - shift};
    const std::string value = std::string(fact.value.substr(0, 256)) + " from " + to_rfc3339(begin);
    use(Tie::batch, std::string_view(value), tie_hash(Tie::batch, value), not_compared);
  }
}

void Hunt::State::add_sample() {
  const std::uint64_t hash = hash64(current.domain, 99);
  if (sample.size() >= sample_size && hash >= sample.rbegin()->first) return;
  sample.try_emplace(hash, current.domain);
  if (sample.size() > sample_size) sample.erase(std::prev(sample.end()));
}

void Hunt::State::count(const HuntFact& fact) {
  const bool again = fact.host == current.spelled;
  if (!take_host(fact.host)) return;
  if (!again) add_sample();
  each_tie(fact, again,
           [&](Tie, std::string_view, std::uint64_t hash, Compared*) { filter->count(current.hash, hash); });
}

bool Hunt::State::judged_already(std::uint64_t hash) {
  std::uint64_t& slot = scored[hash % scored.size()];
  return std::exchange(slot, hash) == hash;
}

// What the current host's name alone says.
double Hunt::State::name_score() const {
  const double naming = model ? naming_part(model->chance(current.domain)) : 0;
  const double look = brands.empty() ? 0 : brands.find(current.host, words).score;
  return 1 - (1 - naming) * (1 - look);
}

std::uint32_t Hunt::State::keep(const std::string& host, const HuntFact& fact) {
  return seen_at(graph.host(host), fact);
}

std::uint32_t Hunt::State::keep_current(const HuntFact& fact) {
  if (!current.kept) current.kept = graph.host(current.host);
  return seen_at(*current.kept, fact);
}

std::uint32_t Hunt::State::seen_at(std::uint32_t id, const HuntFact& fact) {
  if (id >= seen.size()) seen.resize(id + 1);
  Seen& span = seen[id];
  if (fact.first && (!span.first || *fact.first < *span.first)) span.first = fact.first;
  const auto last = fact.last ? fact.last : fact.first;
  if (last && (!span.last || *last > *span.last)) span.last = last;
  return id;
}

void Hunt::State::gather(const HuntFact& fact) {
  ++figures.facts;
  const bool again = fact.host == current.spelled;
  if (!take_host(fact.host) || graph.full()) return;
  if (!again) {
    ++figures.hosts;
    filter->expect(current.domain_tie);
    if (!judged_already(current.hash) && (is_seed() || name_score() >= options.least))
      wanted.insert(keep_current(fact));
  }
  each_tie(fact, again, [&](Tie tie, std::string_view value, std::uint64_t hash, Compared* known) {
    const std::string* owner = known != nullptr ? known->owner : nullptr;
    const bool seeded = owner != nullptr || seed_ties.contains(hash);
    const std::uint8_t hosts = filter->hosts(hash);
    // 255 is "255 or more": more than any kind but the whole domain may have.
    if (!seeded && (hosts < 2 || (hosts == 255 && tie != Tie::domain))) return;
    const std::uint32_t attribute = known != nullptr && known->kept ? *known->kept : graph.attribute(tie, value);
    if (owner != nullptr && !known->kept) graph.seed_attribute(attribute, *owner, {}, true);
    if (known != nullptr) known->kept = attribute;
    graph.tie(keep_current(fact), attribute);
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
    s.seed_hashes.insert(hash64(seed.value));
    s.known.push_back({seed.value, seed.threat});
    return;
  }
  HuntSeed known = seed;
  const Tie tie = tie_of_seed(seed.kind);
  known.value = tie_value(tie, seed.value);
  if (tie == Tie::none || known.value.empty()) return;
  if (tie == Tie::network) {
    const auto network = parse_network(known.value);
    constexpr double least = 0.3;  // weaker ties explain nothing
    if (!network || network_strength(*network) < least) return;
    const Network whole = network->masked(network->prefix);
    s.networks.insert(whole.key());
    s.network_prefixes.emplace(whole.v6, whole.prefix);
    known.value = whole.text();
  }
  s.seed_ties.insert(tie_hash(tie, known.value));
  s.seeds.push_back(std::move(known));
}

void Hunt::brand(std::string_view brand) { state_->brands.add(brand); }
void Hunt::known_name(const KnownName& name) { state_->known.push_back(name); }
void Hunt::ordinary_name(std::string_view host) {
  if (std::string name; read_host(host, name) && registrable_domain(name)) state_->ordinary.push_back(std::move(name));
}

void Hunt::expect(std::uint64_t octets) {
  state_->filter.emplace(octets);
  for (const auto& [host, threat] : state_->seed_hosts) state_->count({.host = host});
  state_->sample.clear();
}

void Hunt::count(const HuntSource& source, const HuntFormat& format, HuntNotes& notes) {
  if (!state_->filter) expect(source.size());
  source.read(format, [&](const HuntFact& fact) { state_->count(fact); }, notes);
}

void Hunt::settle() {
  State& s = *state_;
  s.current = {}, s.figures.not_hosts = 0;
  if (s.filter) s.filter->flush();
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

void Hunt::gather(const HuntSource& source, const HuntFormat& format, HuntNotes& notes) {
  source.read(format, [&](const HuntFact& fact) { state_->gather(fact); }, notes);
}

HuntCandidate Hunt::State::candidate(std::uint32_t id) const {
  const std::string& host = graph.name(id);
  HuntCandidate found{.host = host, .first = seen[id].first, .last = seen[id].last};
  if (const auto seed = seed_hosts.find(host); seed != seed_hosts.end()) found.known = seed->second;
  if (warnings) found.listed = warnings(Kind::host, host);
  if (!brands.empty()) found.look_alike = brands.find(host, words);
  if (model) found.naming = model->score(host);
  found.cluster_size = graph.cluster_size(id);
  if (found.cluster_size > 1) found.cluster = graph.name(graph.cluster(id));
  if (!found.known) {
    found.cluster_strength = graph.strength(id);
    found.cluster_threat = graph.threat(id);
  }
  const bool usual = !found.listed.empty() || found.look_alike.how == "own";
  const double name =
      usual ? 1 : (1 - naming_part(found.naming ? found.naming->score : 0)) * (1 - found.look_alike.score);
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
  for (const HuntSeed& seed : s.seeds) {
    const auto network = seed.kind == Kind::cidr ? parse_network(seed.value) : std::nullopt;
    s.graph.seed_attribute(s.graph.attribute(tie_of_seed(seed.kind), seed.value), seed.threat,
                           network ? std::optional(network_strength(*network)) : std::nullopt);
  }
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
