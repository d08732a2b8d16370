// ios.webkit_session_log: the property list in which WebKit kept its statistics of sites before observations.db.
// Floor 4. Format and sources: docs/formats/ios-webkit-statistics.md.
#include "parser/ios/plist_file.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Origin {
  std::optional<std::string_view> host;
  std::optional<Time> last_seen_at, last_interaction_at;
  std::optional<bool> had_user_interaction;
  std::optional<std::string> redirected_from, redirected_to, part_redirected_from, part_redirected_to;
  std::optional<std::string> framed_by, part_of, decorated_link_from, scripts_from, storage_under;
  std::optional<bool> is_prevalent, is_very_prevalent, grandfathered;
  std::optional<std::int64_t> data_records_removed;
};

}  // namespace

template <>
struct Schema<Origin> {
  static constexpr std::string_view name = "ios.webkit_session_origin";
  static constexpr std::string_view prose =
      "A site that a web view of an app loaded something from, with the sites that led to it and that it led to. It "
      "does "
      "not prove that a person opened it; advertisements, short links and logins redirect too.";
  static constexpr std::string_view line = "a web view met {host}";
  static constexpr std::array identity{"host"};
  static constexpr std::tuple fields{
      Field<&Origin::host>{"host", Kind::host, "the site: a registrable domain, in old versions a host"},
      Field<&Origin::last_seen_at>{"last_seen_at", Kind::time,
                                   "when something was last loaded from it, coarsened by WebKit", Show::event},
      Field<&Origin::last_interaction_at>{"last_interaction_at", Kind::time,
                                          "when a person last touched or typed on a page of it", Show::event},
      Field<&Origin::had_user_interaction>{
          "had_user_interaction", Kind::boolean,
          "whether a person touched or typed on a page of it in the last 30 days of use"},
      Field<&Origin::redirected_from>{"redirected_from", Kind::text, "sites whose pages redirected to it, one a line"},
      Field<&Origin::redirected_to>{"redirected_to", Kind::text, "sites that its pages redirected to, one a line"},
      Field<&Origin::part_redirected_from>{"part_redirected_from", Kind::text,
                                           "sites that redirected to it for parts of pages, one a line"},
      Field<&Origin::part_redirected_to>{"part_redirected_to", Kind::text,
                                         "sites that it redirected to for parts of pages, one a line"},
      Field<&Origin::framed_by>{"framed_by", Kind::text, "sites whose pages held a frame of it, one a line"},
      Field<&Origin::part_of>{"part_of", Kind::text, "sites whose pages loaded parts from it, one a line"},
      Field<&Origin::decorated_link_from>{"decorated_link_from", Kind::text,
                                          "sites whose links to it carried an identifier, one a line"},
      Field<&Origin::scripts_from>{"scripts_from", Kind::text, "sites that its pages loaded scripts from, one a line"},
      Field<&Origin::storage_under>{"storage_under", Kind::text,
                                    "sites in whose pages it was let use its storage, one a line"},
      Field<&Origin::is_prevalent>{"is_prevalent", Kind::boolean, "whether WebKit classes it as able to track"},
      Field<&Origin::is_very_prevalent>{"is_very_prevalent", Kind::boolean,
                                        "whether WebKit classes it as a wide tracker"},
      Field<&Origin::grandfathered>{"grandfathered", Kind::boolean,
                                    "whether it had stored data before the statistics began"},
      Field<&Origin::data_records_removed>{"data_records_removed", Kind::integer,
                                           "how often WebKit deleted the data that it had stored"}};
};

namespace {

// A yes/no value, also as a number.
std::optional<bool> flag(const Node& node, Sink& out) {
  if (const auto boolean = node.boolean()) return boolean;
  const auto integer = node.integer();
  if (node && !integer) out.anomaly("unexpected_type", node.offset());
  return integer ? std::optional(*integer != 0) : std::nullopt;
}

// A date, or seconds since 1970; -1 and 0 stand for «never».
std::optional<Time> unix_time(const Node& node, Sink& out) {
  if (node.type() == Node::Type::date) return out.checked(node.date(), node.offset());
  const auto seconds = node.real();
  if (node && !seconds) out.anomaly("unexpected_type", node.offset());
  if (!seconds || *seconds <= 0) return std::nullopt;
  return out.checked(from_unix_seconds(*seconds), node.offset());
}

// A list of dictionaries with the site under "origin", later "domain"; or of plain texts.
void add_sites(std::optional<std::string>& lines, const Node& list, Sink& out) {
  if (list && list.type() != Node::Type::array) return out.anomaly("unexpected_type", list.offset());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Node item = list[i];
    auto site = item.text();
    if (!site) site = item["origin"].text();
    if (!site) site = item["domain"].text();
    if (!site || site->empty()) continue;
    if (lines) lines->push_back('\n');
    (lines ? *lines : lines.emplace()) += *site;
  }
}

Origin origin_of(const Node& entry, Sink& out) {
  Origin origin{.host = entry["PrevalentResourceDomain"].text(),
                .last_seen_at = unix_time(entry["lastSeen"], out),
                .last_interaction_at = unix_time(entry["mostRecentUserInteraction"], out),
                .had_user_interaction = flag(entry["hadUserInteraction"], out),
                .is_prevalent = flag(entry["isPrevalentResource"], out),
                .is_very_prevalent = flag(entry["isVeryPrevalentResource"], out),
                .grandfathered = flag(entry["grandfathered"], out),
                .data_records_removed = entry["dataRecordsRemoved"].integer()};
  if (!origin.host) origin.host = entry["PrevalentResourceOrigin"].text();
  add_sites(origin.redirected_from, entry["topFrameUniqueRedirectsFrom"], out);
  add_sites(origin.redirected_to, entry["topFrameUniqueRedirectsTo"], out);
  add_sites(origin.part_redirected_from, entry["subresourceUniqueRedirectsFrom"], out);
  add_sites(origin.part_redirected_to, entry["subresourceUniqueRedirectsTo"], out);
  add_sites(origin.framed_by, entry["subframeUnderTopFrameOrigins"], out);
  add_sites(origin.framed_by, entry["subframeUnderTopFrameDomains"], out);
  add_sites(origin.part_of, entry["subresourceUnderTopFrameOrigins"], out);
  add_sites(origin.part_of, entry["subresourceUnderTopFrameDomains"], out);
  add_sites(origin.storage_under, entry["storageAccessUnderTopFrameOrigins"], out);
  add_sites(origin.storage_under, entry["storageAccessUnderTopFrameDomains"], out);
  add_sites(origin.decorated_link_from, entry["topFrameLinkDecorationsFrom"], out);
  add_sites(origin.scripts_from, entry["topFrameLoadedThirdPartyScripts"], out);
  if (!origin.host) out.anomaly("host_missing", entry.offset());
  return origin;
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node statistics = root_dictionary(file, out)["browsingStatistics"];
  if (statistics.type() != Node::Type::array) {
    out.anomaly("statistics_missing", file.root().offset());
    return {};
  }
  for (std::size_t i = 0; i < statistics.size(); ++i) {
    const Node entry = statistics[i];
    if (entry.type() == Node::Type::dict)
      out.emit(origin_of(entry, out), in.at(entry.offset()));
    else
      out.anomaly("unexpected_type", entry.offset());
  }
  return {};
}

constexpr Want wants[]{{"*", "**/full_browsing_session_resourceLog.plist"}};  // also of web clips
const RecordType* const records[]{&record_type<Origin>()};
const Registration registration{{.name = "ios.webkit_session_log",
                                 .page = "ios-webkit-statistics.md",
                                 .wants = wants,
                                 .records = records,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
