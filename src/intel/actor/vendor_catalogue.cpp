#include "intel/actor/vendor_catalogue.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "intel/actor/vendor_schema.h"
#include "intel/screen/name_parts.h"
#include "intel/screen/name_text.h"

namespace testudo {
namespace {

std::optional<VendorNameKind> name_kind(VendorField field) {
  switch (field) {
    case VendorField::name:
      return VendorNameKind::name;
    case VendorField::alias:
      return VendorNameKind::alias;
    case VendorField::entity:
      return VendorNameKind::entity;
    case VendorField::product:
      return VendorNameKind::product;
    case VendorField::threat:
      return VendorNameKind::threat;
    case VendorField::person:
      return VendorNameKind::person;
    case VendorField::owner:
    case VendorField::investor:
      return VendorNameKind::owner;
    case VendorField::cve:
      return VendorNameKind::cve;
    default:
      return std::nullopt;
  }
}

// A company's name without its legal form: "Saito Tech" of "Saito Tech Ltd".
std::string key_without_form(std::string_view name) {
  std::string key;
  for (const NamePart& part : name_parts(name, NameMode::organisation).parts)
    if (part.kind != PartKind::form) key += part.text;
  return key;
}

// The number of letters to change, add or drop; `limit` + 1 where it is more than that.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit || b.size() > 64) return limit + 1;
  std::array<std::size_t, 65> row{};
  for (std::size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::size_t diagonal = std::exchange(row[0], j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[i], std::min({row[i - 1] + 1, row[i] + 1, changed}));
    }
  }
  return row[a.size()];
}

// A relation that names a company by its name, not by an id, is the same tie.
bool same_tie(const VendorRelation& a, const VendorRelation& b) {
  return a.kind == b.kind && a.other == b.other && (a.other != nullptr || a.name == b.name);
}

// A company or a person, whose name people shorten. What is sold is often described in plain words instead.
bool names_somebody(VendorNameKind kind) {
  return kind <= VendorNameKind::entity || kind == VendorNameKind::person || kind == VendorNameKind::owner;
}

bool is_brand(const VendorHit& hit) {
  return hit.kind == VendorNameKind::alias &&
         std::ranges::any_of(hit.vendor->statements, [&](const VendorStatement& s) {
           return s.field == VendorField::alias && s.value == hit.spelled && s.attribute("kind") == "brand";
         });
}

void merge(std::vector<VendorRelation>& all, VendorRelation relation) {
  const auto found = std::ranges::find_if(all, [&](const VendorRelation& r) { return same_tie(r, relation); });
  if (found == all.end()) {
    all.push_back(std::move(relation));
    return;
  }
  if (found->from.empty()) found->from = relation.from;
  if (found->to.empty()) found->to = relation.to;
  found->cited.insert(found->cited.end(), relation.cited.begin(), relation.cited.end());
}

}  // namespace

std::string_view vendor_name_kind_name(VendorNameKind kind) {
  constexpr std::array<std::string_view, 9> names{"id",     "name",   "alias", "entity", "product",
                                                  "threat", "person", "owner", "cve"};
  return names[static_cast<std::size_t>(kind)];
}

std::string vendor_key(std::string_view name) {
  std::string key;
  for (const NameWord& word : name_words(name)) key += word.text;
  return key;
}

Result<VendorCatalogue> VendorCatalogue::load() { return load_from(embedded_files("knowledge/vendors/")); }

Result<VendorCatalogue> VendorCatalogue::load_from(std::span<const EmbeddedFile> files) {
  VendorCatalogue catalogue;
  for (const EmbeddedFile& file : files) catalogue.vendors_.push_back(TRY(parse_vendor_file(file.path, file.content)));
  std::ranges::sort(catalogue.vendors_, {}, &VendorFile::id);
  const auto twice = std::ranges::adjacent_find(catalogue.vendors_, {}, &VendorFile::id);
  if (twice != catalogue.vendors_.end()) return error(Fault::malformed, "two vendor files with the id " + twice->id);
  for (const VendorFile& vendor : catalogue.vendors_) catalogue.index(vendor);
  return catalogue;
}

void VendorCatalogue::add_name(const VendorFile& vendor, VendorNameKind kind, std::string_view spelled,
                               std::string_view part) {
  if (part.empty()) return;
  std::vector<VendorHit>& hits = names_[std::string(part)];
  const auto same = [&](const VendorHit& hit) { return hit.vendor == &vendor && hit.kind == kind; };
  if (std::ranges::none_of(hits, same)) hits.push_back({&vendor, kind, spelled});
}

void VendorCatalogue::add_names(const VendorFile& vendor, VendorNameKind kind, std::string_view spelled) {
  add_name(vendor, kind, spelled, vendor_key(spelled));
  if (kind == VendorNameKind::name || kind == VendorNameKind::alias || kind == VendorNameKind::entity)
    add_name(vendor, kind, spelled, key_without_form(spelled));
  // People are asked for without the names in the middle.
  const std::vector<NameWord> words = name_words(spelled);
  if (kind == VendorNameKind::person && words.size() > 2)
    add_name(vendor, kind, spelled, words.front().text + words.back().text);
  // "Remote Control System (RCS)" answers to both names. A long bracket is a remark, not a name.
  const std::size_t open = spelled.find(" (");
  if (open == std::string_view::npos) return;
  add_names(vendor, kind, spelled.substr(0, open));
  const std::string_view inner = spelled.substr(open + 2, spelled.find(')', open) - open - 2);
  if (inner.size() <= 16) add_name(vendor, kind, spelled, vendor_key(inner));
}

void VendorCatalogue::index(const VendorFile& vendor) {
  add_name(vendor, VendorNameKind::id, vendor.id, vendor_key(vendor.id));
  for (const VendorStatement& statement : vendor.statements)
    if (const auto kind = name_kind(statement.field)) add_names(vendor, *kind, statement.value);
}

const VendorFile* VendorCatalogue::find_id(std::string_view id) const {
  const auto found = std::ranges::lower_bound(vendors_, id, {}, &VendorFile::id);
  return found != vendors_.end() && found->id == id ? &*found : nullptr;
}

std::vector<VendorHit> VendorCatalogue::find_all(std::string_view name) const {
  const auto found = names_.find(vendor_key(name));
  if (found == names_.end()) return {};
  std::vector<VendorHit> hits = found->second;
  std::ranges::stable_sort(hits, {}, &VendorHit::kind);
  return hits;
}

std::vector<VendorHit> VendorCatalogue::find(std::string_view name) const {
  std::vector<VendorHit> hits = find_all(name);
  // "Ltd" for "Limited", or a form that the file leaves out.
  if (hits.empty()) hits = find_all(key_without_form(name));
  // What a company sells under is as good a name as what another one sells.
  const auto product = std::ranges::find(hits, VendorNameKind::product, &VendorHit::kind);
  if (product != hits.end() && std::ranges::all_of(hits.begin(), product, is_brand)) {
    hits.erase(
        std::ranges::find_if(product, hits.end(), [](const VendorHit& h) { return h.kind > VendorNameKind::product; }),
        hits.end());
    return hits;
  }
  if (const auto end = std::ranges::find_if(hits, [&](const VendorHit& h) { return h.kind != hits.front().kind; });
      end != hits.end())
    hits.erase(end, hits.end());
  return hits;
}

std::vector<VendorHit> VendorCatalogue::find_beginning(std::string_view name) const {
  const std::vector<NameWord> wanted = name_words(name);
  std::vector<VendorHit> hits;
  if (wanted.empty() || vendor_key(name).size() < 4) return hits;
  const auto begins = [&](std::string_view spelled) {
    const std::vector<NameWord> words = name_words(spelled);
    return words.size() > wanted.size() &&
           std::ranges::equal(wanted, std::span(words).first(wanted.size()), {}, &NameWord::text, &NameWord::text);
  };
  for (const VendorFile& vendor : vendors_)
    for (const VendorStatement& s : vendor.statements)
      if (const auto kind = name_kind(s.field); kind && *kind <= VendorNameKind::alias && begins(s.value)) {
        hits.push_back({&vendor, *kind, s.value});
        break;
      }
  return hits;
}

std::vector<VendorHit> VendorCatalogue::find_part(std::string_view name) const {
  const std::vector<NameWord> wanted = name_words(name);
  std::vector<VendorHit> hits;
  if (vendor_key(name).size() < 4) return hits;
  const auto holds = [&](std::string_view spelled) {
    const std::vector<NameWord> words = name_words(spelled);
    return !std::ranges::search(words, wanted, {}, &NameWord::text, &NameWord::text).empty();
  };
  for (const VendorFile& vendor : vendors_)
    for (const VendorStatement& s : vendor.statements)
      if (const auto kind = name_kind(s.field); kind && names_somebody(*kind) && holds(s.value)) {
        hits.push_back({&vendor, *kind, s.value});
        break;
      }
  return hits;
}

std::vector<std::string_view> VendorCatalogue::near_names(std::string_view name, std::size_t limit) const {
  const std::string wanted = vendor_key(name);
  if (wanted.empty()) return {};
  const std::size_t far = std::max<std::size_t>(1, wanted.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const auto& [key, hits] : names_) {
    const bool within = wanted.size() >= 4 && key.find(wanted) != std::string::npos;
    const std::size_t away = within ? 1 : distance(wanted, key, far);
    if (away <= far) near.emplace_back(away, hits.front().spelled);
  }
  std::ranges::sort(near);
  std::vector<std::string_view> names;
  for (const auto& [away, spelled] : near)
    if (names.size() < limit && std::ranges::find(names, spelled) == names.end()) names.push_back(spelled);
  return names;
}

std::vector<VendorHit> VendorCatalogue::find_threat(std::string_view name) const {
  std::vector<VendorHit> hits;
  for (const VendorHit& hit : find_all(name))
    if (hit.kind <= VendorNameKind::alias || hit.kind == VendorNameKind::threat) {
      const auto same = [&](const VendorHit& known) { return known.vendor == hit.vendor; };
      if (std::ranges::none_of(hits, same)) hits.push_back(hit);
    }
  std::ranges::sort(hits, {}, [](const VendorHit& hit) -> std::string_view { return hit.vendor->id; });
  return hits;
}

std::vector<VendorRelation> VendorCatalogue::relations(const VendorFile& vendor) const {
  std::vector<VendorRelation> all;
  for (const VendorStatement& s : vendor.of(VendorField::relation)) {
    const VendorFile* other = find_id(s.value);
    merge(all, {other,
                other != nullptr ? std::string_view(other->name()) : s.value,
                s.attribute("kind"),
                s.attribute("from"),
                s.attribute("to"),
                {{&vendor, &s}}});
  }
  for (const VendorFile& other : vendors_)
    for (const VendorStatement& s : other.of(VendorField::relation))
      if (s.value == vendor.id && &other != &vendor)
        merge(all, {&other,
                    other.name(),
                    inverse_relation(s.attribute("kind")),
                    s.attribute("from"),
                    s.attribute("to"),
                    {{&other, &s}}});
  return all;
}

std::vector<std::string_view> VendorCatalogue::threats(const VendorFile& vendor) const {
  std::vector<std::string_view> names;
  for (const VendorStatement& s : vendor.of(VendorField::threat)) names.push_back(s.value);
  return names;
}

VendorCounts VendorCatalogue::counts() const {
  VendorCounts counts{.files = vendors_.size()};
  for (const VendorFile& vendor : vendors_) {
    counts.sources += vendor.sources.size();
    counts.statements += vendor.statements.size();
    for (const VendorStatement& s : vendor.statements) ++counts.by_field[static_cast<std::size_t>(s.field)];
  }
  return counts;
}

}  // namespace testudo
