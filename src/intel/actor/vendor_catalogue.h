// All vendor files together: found by any of their names, with relations seen from both ends. Floor 3.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"
#include "intel/actor/vendor_file.h"

namespace testudo {

// What a name is to a vendor, best first: a look-up answers with the vendors of the best kind alone.
// A vulnerability is named by those whose products exploit it.
enum class VendorNameKind : std::uint8_t { id, name, alias, entity, product, threat, person, owner, cve };
std::string_view vendor_name_kind_name(VendorNameKind kind);

struct VendorHit {
  const VendorFile* vendor = nullptr;
  VendorNameKind kind = VendorNameKind::id;
  std::string_view spelled;  // as the file writes it
};

// Where a statement stands, so that it can be cited.
struct VendorCitation {
  const VendorFile* vendor = nullptr;
  const VendorStatement* statement = nullptr;
};

// A tie of one vendor to another company, whichever file says it.
struct VendorRelation {
  const VendorFile* other = nullptr;  // null: a company without a file
  std::string_view name;              // of the other
  std::string_view kind;              // as seen from this vendor: "owns" where the other's file says "owned-by"
  std::string_view from, to;          // the first dates that a file gives
  std::vector<VendorCitation> cited;  // never empty
};

// How much the files hold; `testudo intel stats`.
struct VendorCounts {
  std::size_t files = 0, statements = 0, sources = 0;
  std::array<std::size_t, vendor_field_count> by_field{};
};

// A name as look-ups compare it: letters and digits alone, without case and accents; other scripts in Latin letters.
std::string vendor_key(std::string_view name);

class VendorCatalogue {
 public:
  // The files of the program: knowledge/vendors/*.txt. The first error of any file; two files with one id are an error.
  static Result<VendorCatalogue> load();
  static Result<VendorCatalogue> load_from(std::span<const EmbeddedFile> files);
  VendorCatalogue(VendorCatalogue&&) noexcept = default;
  VendorCatalogue& operator=(VendorCatalogue&&) noexcept = default;

  const std::vector<VendorFile>& vendors() const { return vendors_; }  // in order of id
  const VendorFile* find_id(std::string_view id) const;
  // Vendors of this name, of the best kind that has any; several if the name is ambiguous. Where nobody is called so, a
  // legal form in it does not count. Cost: two hash look-ups.
  std::vector<VendorHit> find(std::string_view name) const;
  // Vendors whose name or other name begins with these words and goes on: "Memento" of "Memento Labs". Each vendor
  // once, in order of id. Cost: goes through the names of all vendors.
  std::vector<VendorHit> find_beginning(std::string_view name) const;
  // Vendors with these words within the name of a company, a person or an owner: "Hulio" of "Shalev Hulio". Each vendor
  // once, in order of id; empty for fewer than four letters. Cost: goes through the names of all vendors.
  std::vector<VendorHit> find_part(std::string_view name) const;
  // Every kind of name, best first.
  std::vector<VendorHit> find_all(std::string_view name) const;
  // Vendors to which a feed's name of a threat leads: by id, name, alias or `threat` statement, never by a product
  // alone, since other malware bears names such as Triton or Phoenix too. Each vendor once, in order of id.
  std::vector<VendorHit> find_threat(std::string_view name) const;
  // At most `limit` names that a person may have meant, nearest first. Cost: compares with every name.
  std::vector<std::string_view> near_names(std::string_view name, std::size_t limit = 5) const;
  // Relations of both directions; what two files say of one tie is one relation.
  std::vector<VendorRelation> relations(const VendorFile& vendor) const;
  // Names under which public feeds list this vendor's indicators: its `threat` statements.
  std::vector<std::string_view> threats(const VendorFile& vendor) const;
  VendorCounts counts() const;

 private:
  VendorCatalogue() = default;
  void index(const VendorFile& vendor);
  void add_name(const VendorFile& vendor, VendorNameKind kind, std::string_view spelled, std::string_view part);
  void add_names(const VendorFile& vendor, VendorNameKind kind, std::string_view spelled);

  std::vector<VendorFile> vendors_;  // never changed after loading: the index points into it
  std::unordered_map<std::string, std::vector<VendorHit>> names_;
};

}  // namespace testudo
