// Hunting: files about infrastructure in, ranked candidates with reasons out. Nothing is contacted, ever. Floor 3.
// Files are read twice: first to count what is shared and to see what names are ordinary here, then to keep only what
// can matter, so that memory does not grow with the files. How and how well: docs/design/hunt.md.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intel/hunt/hunt_file.h"
#include "intel/hunt/look_alike.h"
#include "intel/hunt/naming_model.h"
#include "intel/hunt/tie_graph.h"
#include "record/kind.h"

namespace testudo {

struct HuntOptions {
  double least = 0.8;  // candidates below are left out
  std::size_t most = 10000;
  bool naming = true;
  Duration batch{180'000'000};  // certificates and registrations this close together are of one batch
};

// A known indicator: host, ipv4, ipv6, cidr, cert_md5, cert_sha1, cert_sha256, email, asn; others are ignored. The host
// of a known page is a host.
struct HuntSeed {
  Kind kind = Kind::host;
  std::string value;  // normalised
  std::string threat;
};

struct HuntCandidate {
  std::string host;
  double score = 0;
  std::optional<std::string> known;  // the threat under which it is known already
  LookAlike look_alike;
  std::optional<NamingScore> naming;
  std::string family;                 // the threat whose names it is most like
  std::vector<NamingReason> reasons;  // of the naming score
  std::string cluster;                // its first host; empty for a host that is tied to no other
  std::uint32_t cluster_size = 1;
  double cluster_strength = 0;
  std::string cluster_threat;
  std::vector<HuntStep> path;
  std::vector<std::string> listed;  // warning lists that name it: naming and look-alike then count for nothing
  std::optional<Time> first, last;
};

struct HuntFigures {
  std::uint64_t facts = 0, hosts = 0, not_hosts = 0, kept_hosts = 0, kept_ties = 0, known = 0;
  std::size_t learnt = 0, ordinary = 0;  // names of the naming model; 0 where there is none
  bool ordinary_from_files = false;      // what is ordinary was taken from the files themselves
  std::vector<std::string> remarks;      // naming_off, graph_full
};

// Which warning lists name a value. Empty: none.
using WarningLookUp = std::function<std::vector<std::string>(Kind kind, std::string_view value)>;

class Hunt {
 public:
  explicit Hunt(const HuntOptions& options, WarningLookUp warnings = {});
  ~Hunt();
  void seed(const HuntSeed& seed);
  void brand(std::string_view brand);
  // Names to learn from besides the seeds.
  void known_name(const KnownName& name);
  void ordinary_name(std::string_view host);

  // Both for every file, in the same order, `settle` between them. `octets`: of all files, so that tables fit.
  void expect(std::uint64_t octets);
  void count(const HuntSource& source, const HuntFormat& format, HuntNotes& notes);
  void settle();
  void gather(const HuntSource& source, const HuntFormat& format, HuntNotes& notes);
  // Best first; equal scores in order of name.
  std::vector<HuntCandidate> rank();
  const HuntFigures& figures() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One line of JSON without line end, as `testudo intel hunt --json` prints it.
void append_candidate_json(std::string& out, const HuntCandidate& candidate);

}  // namespace testudo
