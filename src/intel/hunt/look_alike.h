// Which brand or host a given name imitates. Floor 3. Nothing is generated and nothing is asked: the names come from a
// list. How little of this market's infrastructure imitates anything: docs/design/hunt.md.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intel/hunt/name_words.h"

namespace testudo {

struct LookAlike {
  double score = 0;
  std::string brand;   // as the user wrote it; empty: it is like none
  std::string how;     // one of: own, confusable, accents, edit, hyphen, other_suffix, host_inside, token, inside
  std::string detail;  // what was compared, for explanations
};

class Brands {
 public:
  // A brand ("bank") or one of its hosts ("login.bank.example"): of a host, the label that its owner chose counts.
  // Names of fewer than three letters are not added.
  void add(std::string_view brand);
  bool empty() const { return brands_.empty(); }
  std::size_t size() const { return brands_.size(); }
  // The brand that the host imitates most. A brand's own host, or one below it, scores 0 with `how` "own".
  // Cost: about 2 microseconds and 10 ns a brand.
  LookAlike find(std::string_view host, const WordSplitter& words) const;

 private:
  struct Brand {
    std::string spelled, label, domain, skeleton;
    std::uint32_t letters = 0;  // one bit a letter that occurs
  };
  struct Name;
  void compare_label(const Brand& brand, const Name& name, LookAlike& best) const;
  void compare_inside(const Brand& brand, const Name& name, const WordSplitter& words, LookAlike& best) const;
  std::vector<Brand> brands_;
};

}  // namespace testudo
