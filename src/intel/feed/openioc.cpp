// <ioc><definition><Indicator operator="OR"><IndicatorItem condition="is"><Context search="…"/><Content>…
// OpenIOC 1.1: <OpenIOC><metadata>…</metadata><criteria><Indicator …>…</criteria><parameters><param ref-id="…"
// name="…"> A leaf under ORs alone is an indicator. What stands under an AND means something only together: it is kept
// as one pattern in a plain notation of ours, `(DnsEntryItem/Host is "a.test" AND …)`. Entities of documents are not
// expanded.
#include "intel/feed/openioc.h"

#include <algorithm>
#include <array>
#include <map>

#include <pugixml.hpp>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"
#include "intel/feed/xml_mend.h"

namespace testudo {
namespace {

constexpr std::size_t file_limit = std::size_t{256} << 20;
constexpr unsigned tree_depth = 64;

struct Term {
  std::string_view search;
  Kind kind;
};
// In lower case.
constexpr std::array terms{Term{"dnsentryitem/host", Kind::host},
                           Term{"dnsentryitem/recordname", Kind::host},
                           Term{"dnsentryitem/recorddata/host", Kind::host},
                           Term{"network/dns", Kind::host},
                           Term{"urlhistoryitem/hostname", Kind::host},
                           Term{"cookiehistoryitem/hostname", Kind::host},
                           Term{"routeentryitem/destination", Kind::ipv4},
                           Term{"dnsentryitem/recorddata/ipv4address", Kind::ipv4},
                           Term{"portitem/remoteip", Kind::ipv4},
                           Term{"portitem/localip", Kind::ipv4},
                           Term{"processitem/portlist/portitem/remoteip", Kind::ipv4},
                           Term{"network/remoteip", Kind::ipv4},
                           Term{"email/receivedfromip", Kind::ipv4},
                           Term{"network/uri", Kind::url},
                           Term{"urlhistoryitem/url", Kind::url},
                           Term{"formhistoryitem/hostname", Kind::host},
                           Term{"filedownloadhistoryitem/sourceurl", Kind::url},
                           Term{"email/from", Kind::email},
                           Term{"email/to", Kind::email},
                           Term{"fileitem/md5sum", Kind::md5},
                           Term{"fileitem/sha1sum", Kind::sha1},
                           Term{"fileitem/sha256sum", Kind::sha256},
                           Term{"processitem/sectionlist/memorysection/md5sum", Kind::md5},
                           Term{"driveritem/md5sum", Kind::md5},
                           Term{"serviceitem/servicedllmd5sum", Kind::md5},
                           Term{"email/attachment/md5sum", Kind::md5},
                           Term{"fileitem/filename", Kind::file_name},
                           Term{"email/attachment/name", Kind::file_name},
                           Term{"prefetchitem/applicationfilename", Kind::file_name},
                           Term{"fileitem/fullpath", Kind::path},
                           Term{"fileitem/filepath", Kind::path},
                           Term{"processitem/name", Kind::process},
                           Term{"processitem/path", Kind::path},
                           Term{"registryitem/path", Kind::registry_key},
                           Term{"registryitem/keypath", Kind::registry_key},
                           Term{"registryitem/userregistryitem/path", Kind::registry_key},
                           Term{"fileitem/peinfo/digitalsignature/certificatehash", Kind::cert_sha1},
                           Term{"useritem/username", Kind::account}};

bool is(const pugi::xml_node& node, std::string_view name) {
  const std::string_view full = node.name();
  return full.substr(full.rfind(':') + 1) == name;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node inner : node.children())
    if (is(inner, name)) return inner;
  return {};
}

std::string_view text_of(const pugi::xml_node& node) { return trim(node.text().get()); }

class OpenIocReader {
 public:
  OpenIocReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}

  void ioc(const pugi::xml_node& node) {
    const pugi::xml_node metadata = child(node, "metadata"), head = metadata ? metadata : node;
    name_ = text_of(child(head, "short_description"));
    description_ = text_of(child(head, "description"));
    modified_ = time_of(node.attribute("last-modified").value());
    created_ = time_of(text_of(child(head, "authored_date")));
    links(child(head, "links"));
    parameters(child(node, "parameters"));
    const pugi::xml_node criteria = child(node, "criteria"),
                         definition = criteria ? criteria : child(node, "definition");
    if (!definition) return notes_.add(node.attribute("id").value(), "no_definition", name_);
    for (const pugi::xml_node inner : definition.children()) tree(inner, 0);
  }

 private:
  void links(const pugi::xml_node& node) {
    tlp_ = {};
    threat_ = {};
    for (const pugi::xml_node link : node.children()) {
      const std::string_view rel = link.attribute("rel").value();
      if (equals_ignoring_case(rel, "classification")) {
        const TlpSaid said = tlp_said(text_of(link));
        tlp_ = stricter(tlp_, said.states ? said.level : tlp_of(text_of(link)));
      }
      if (equals_ignoring_case(rel, "tlp")) marked(text_of(link));
      const bool names = rel == "family" || rel == "threatgroup" || rel == "campaign";
      if (names && threat_.empty()) threat_ = text_of(link);
    }
  }
  // What is said of an item or of the branch above it: a comment, how often a rule must hit.
  void parameters(const pugi::xml_node& node) {
    parameters_.clear();
    for (const pugi::xml_node param : node.children())
      if (const std::string_view text = text_of(child(param, "value")); !text.empty())
        parameters_.emplace(param.attribute("ref-id").value(), Parameter{param.attribute("name").value(), text});
  }
  std::string_view comment_on(const pugi::xml_node& node) const {
    const auto [begin, end] = parameters_.equal_range(std::string_view(node.attribute("id").value()));
    for (auto it = begin; it != end; ++it)
      if (equals_ignoring_case(it->second.name, "comment")) return it->second.text;
    return text_of(child(node, "Comment"));
  }
  // What cannot be told may be strict.
  void marked(std::string_view level) {
    if (level.empty()) return;
    const std::optional<Tlp> tlp = tlp_of(level);
    if (!tlp) notes_.add("", "unreadable_tlp", level);
    tlp_ = stricter(tlp_, tlp.value_or(Tlp::amber_strict));
  }
  void tree(const pugi::xml_node& node, unsigned depth) {
    if (node.type() != pugi::node_element) return;
    const char* id = node.attribute("id").value();
    if (is(node, "IndicatorItem")) return item(node);
    if (is(node, broken_item)) return;
    if (!is(node, "Indicator")) return notes_.add(id, "unknown_element", node.name());
    if (depth >= tree_depth) return notes_.add(id, "nested_too_deep", "");
    const std::string_view how = node.attribute("operator").value();
    if (equals_ignoring_case(how, "AND") && several(node)) return keep(node, "and");
    if (!equals_ignoring_case(how, "AND") && !equals_ignoring_case(how, "OR"))
      return keep(node, how.empty() ? "no_operator" : "unknown_operator");
    for (const pugi::xml_node inner : node.children()) tree(inner, depth + 1);
  }
  // An AND over one thing is that thing.
  static bool several(const pugi::xml_node& node) {
    std::size_t elements = 0;
    for (const pugi::xml_node inner : node.children()) elements += inner.type() == pugi::node_element ? 1U : 0U;
    return elements > 1;
  }
  void item(const pugi::xml_node& node) {
    const std::string_view condition = node.attribute("condition").value();
    const std::string search = lower_ascii(child(node, "Context").attribute("search").value());
    const std::string_view content = text_of(child(node, "Content"));
    if (content.empty()) return notes_.add(node.attribute("id").value(), "empty_value", search);
    const auto term = std::ranges::find(terms, std::string_view(search), &Term::search);
    if (term == terms.end()) return keep(node, "kind_without_indicators");
    if (node.attribute("negate").as_bool()) return keep(node, "negated");
    if (!means_value(condition, term->kind)) return keep(node, "not_a_single_value");
    FeedClaim claim;
    const std::string value = refang(content);
    claim.kind = fitted_kind(term->kind, value);
    claim.value = value;
    claim.object = node.attribute("id").value();
    claim.threat = threat_.empty() ? name_ : threat_;
    claim.tlp = tlp_;
    claim.created = created_;
    claim.modified = modified_;
    const std::string_view own = comment_on(node);
    claim.comment = own.empty() ? description_ : own;
    sink_.claim(claim);
  }
  // Writers say "contains" of a whole host, address or digest; of a path or name it may be a part.
  static bool means_value(std::string_view condition, Kind kind) {
    if (condition == "is") return true;
    const bool whole = kind == Kind::host || kind == Kind::ipv4 || kind == Kind::md5 || kind == Kind::sha1 ||
                       kind == Kind::sha256 || kind == Kind::cert_sha1 || kind == Kind::email || kind == Kind::url;
    return condition == "contains" && whole;
  }
  void keep(const pugi::xml_node& node, std::string_view why) {
    std::string text;
    if (!write(node, text, 0)) notes_.add(node.attribute("id").value(), "nested_too_deep", text);
    KeptPattern pattern;
    pattern.language = "openioc";
    pattern.text = text;
    pattern.object = node.attribute("id").value();
    pattern.name = name_;
    pattern.why = why;
    pattern.tlp = tlp_;
    sink_.kept(pattern);
  }
  bool write(const pugi::xml_node& node, std::string& out, unsigned depth) const {
    const bool whole = write_alone(node, out, depth);
    const auto [begin, end] = parameters_.equal_range(std::string_view(node.attribute("id").value()));
    for (auto it = begin; it != end; ++it)
      out.append(" {").append(it->second.name).append(": ").append(it->second.text) += "}";
    return whole;
  }
  bool write_alone(const pugi::xml_node& node, std::string& out, unsigned depth) const {
    if (is(node, "IndicatorItem")) {
      if (node.attribute("negate").as_bool()) out += "NOT ";
      out += child(node, "Context").attribute("search").value();
      out += std::string(" ") + node.attribute("condition").value() + " \"";
      out += text_of(child(node, "Content"));
      out += "\"";
      return true;
    }
    if (is(node, broken_item)) return out += "?", true;
    if (depth >= tree_depth) return false;
    bool whole = true;
    std::string_view between;
    out += "(";
    for (const pugi::xml_node inner : node.children()) {
      if (inner.type() != pugi::node_element) continue;
      out += between;
      whole &= write(inner, out, depth + 1);
      between = equals_ignoring_case(node.attribute("operator").value(), "AND") ? " AND " : " OR ";
    }
    out += ")";
    return whole;
  }

  struct Parameter {
    std::string_view name, text;
  };

  FeedSink& sink_;
  FeedNotes& notes_;
  std::multimap<std::string_view, Parameter, std::less<>> parameters_;
  std::string_view name_, description_, threat_;
  std::optional<Time> created_, modified_;
  std::optional<Tlp> tlp_;
};

Result<void> read_openioc(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  std::string_view text = TRY(xml_text(feed, owned, notes));
  if (text.size() > file_limit) return error(Fault::limit, "XML above 256 MiB");
  if (text.find("<!ENTITY") != std::string_view::npos) notes.add("", "entity_not_expanded", "");
  pugi::xml_document document;
  const auto parse = [&document](std::string_view xml) {
    return document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  };
  const pugi::xml_parse_result parsed = parse(text);
  std::string mended;
  bool whole = static_cast<bool>(parsed);
  if (!whole) {
    mended = without_broken_items(text, notes);
    whole = static_cast<bool>(parse(mended));
  }
  OpenIocReader reader(sink, notes);
  std::size_t found = 0;
  const auto visit = [&](const pugi::xml_node& node) {
    if (!is(node, "ioc") && !is(node, "OpenIOC")) return;
    reader.ioc(node);
    ++found;
  };
  for (const pugi::xml_node top : document.children()) {
    visit(top);
    for (const pugi::xml_node inner : top.children()) visit(inner);
  }
  if (found == 0) return error(Fault::malformed, "no ioc");
  // What was read before the break is in the tree.
  if (!whole)
    notes.add("", "malformed_xml", std::string(parsed.description()) + " at octet " + std::to_string(parsed.offset));
  return {};
}

int openioc_likeness(const FeedHead& head) {
  if (head.has("<OpenIOC") || head.has(":OpenIOC ")) return 95;
  if (!head.has("<ioc") && !head.has(":ioc ")) return 0;
  if (head.has("schemas.mandiant.com/2010/ioc") || head.has("IndicatorItem")) return 95;
  return head.has("<definition") ? 80 : 40;
}

}  // namespace

const FeedFormat openioc_format{"openioc", openioc_likeness, read_openioc};

}  // namespace testudo
