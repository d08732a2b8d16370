// Bystanders: victims' and benign hosts, addresses and pages of the store, which a block of something wider would hit
// as well. Floor 3. Docs: docs/manual/export.md.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "intel/network.h"
#include "intel/store/intel_store.h"
#include "record/kind.h"

namespace testudo {

class Bystanders {
 public:
  Bystanders() = default;
  // Those of the store at a generation. Cost: one pass over the claims of these two roles; memory: about 100 octets for
  // each host and label.
  static Result<Bystanders> of(IntelStore& store, std::int64_t generation);
  void add(Kind kind, std::string_view value);

  // Whether one lies below the host.
  bool any_below(std::string_view host) const { return parents_.contains(std::string(host)); }
  // Whether it is the host of one or of the page of one, with or without `www.`, or the address of such a page.
  bool is_site_of_one(std::string_view host) const;
  // Whether one lies inside the network. Cost: linear in the number of addresses.
  bool any_inside(const Network& network) const;

 private:
  std::unordered_set<std::string> parents_;  // of the hosts
  std::unordered_set<std::string> sites_;    // hosts, without `www.`, and addresses of the pages
  std::vector<Network> addresses_;
};

}  // namespace testudo
