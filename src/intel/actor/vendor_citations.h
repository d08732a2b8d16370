// Numbers for the sources that a picture of a vendor cites: 1, 2, 3 … in the order of their first use, also across
// files. Floor 3.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "intel/actor/vendor_catalogue.h"

namespace testudo {

class VendorCitations {
 public:
  // All sources of this file come first, in their own order.
  explicit VendorCitations(const VendorFile& vendor);
  // The numbers of a statement's sources, ascending. The same page in two files has one number.
  std::vector<std::size_t> numbers(const VendorFile& vendor, const VendorStatement& statement);
  std::vector<std::size_t> numbers(const VendorRelation& relation);
  // The source with number i + 1.
  const std::vector<const VendorSource*>& sources() const { return sources_; }

 private:
  std::size_t number(const VendorSource& source);
  std::vector<const VendorSource*> sources_;
};

}  // namespace testudo
