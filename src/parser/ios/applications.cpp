// ios.applications: the applications of the device, from Info.plist beside the backup's manifest: the list of installed
// bundle identifiers, and for each application from a store its iTunesMetadata (a property list inside the list).
// Floor 4. Format, generations and sources: docs/formats/ios-applications.md.

#include <array>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct Application {
  std::string_view app_id;
  std::string_view process;
  std::optional<std::string_view> name, version, seller, genre, item_id, source_app, software_version_bundle_id;
  std::optional<std::string_view> distributor;
  std::optional<Time> purchased, released;
  std::optional<std::string_view> store_account;
  std::optional<std::string> icon_sha256;
  bool is_listed = false, has_entry = false, has_store_metadata = false, has_store_signature = false;
  std::optional<bool> is_factory_install;
  std::optional<std::string> metadata_links, extra;
};

}  // namespace

template <>
struct Schema<Application> {
  static constexpr std::string_view name = "ios.application";
  static constexpr std::string_view prose =
      "An application that was installed when the backup was made; says nothing of what it did, or who installed it.";
  static constexpr std::string_view line = "application {app_id} obtained";
  static constexpr std::array identity{"app_id"};
  static constexpr std::tuple fields{
      Field<&Application::app_id>{"app_id", Kind::app_id, "bundle identifier"},
      Field<&Application::process>{"process", Kind::process,
                                   "the bundle identifier again, because indicators also name it as a process"},
      Field<&Application::name>{"name", Kind::text, "name in the store, chosen by its maker"},
      Field<&Application::version>{"version", Kind::text, "version for people (bundleShortVersionString)"},
      Field<&Application::seller>{"seller", Kind::text, "maker as the store names it (artistName)"},
      Field<&Application::genre>{"genre", Kind::text, "category in the store"},
      Field<&Application::item_id>{"item_id", Kind::text, "number of the product in the store"},
      Field<&Application::source_app>{"source_app", Kind::app_id,
                                      "application that asked for the installation; com.apple.AppStore for most"},
      Field<&Application::software_version_bundle_id>{
          "software_version_bundle_id", Kind::app_id,
          "bundle identifier that the store sold; absent where no store did"},
      Field<&Application::distributor>{"distributor", Kind::text,
                                       "identifier of an alternative marketplace (European Union, since iOS 17.4)"},
      Field<&Application::purchased>{"purchased", Kind::time, "when this account obtained it for the first time",
                                     Show::event},
      Field<&Application::released>{"released", Kind::time, "when its maker first released it"},
      Field<&Application::store_account>{"store_account", Kind::email, "store account that obtained it", Show::content},
      Field<&Application::icon_sha256>{"icon_sha256", Kind::sha256, "SHA-256 of its icon, to compare look-alikes"},
      Field<&Application::is_listed>{"is_listed", Kind::boolean, "whether the list of installed applications names it"},
      Field<&Application::has_entry>{"has_entry", Kind::boolean,
                                     "whether the dictionary of applications with metadata has an entry for it"},
      Field<&Application::has_store_metadata>{"has_store_metadata", Kind::boolean,
                                              "whether iTunesMetadata came with it"},
      Field<&Application::has_store_signature>{
          "has_store_signature", Kind::boolean,
          "whether the store's ApplicationSINF came with it; sideloaded ones have none"},
      Field<&Application::is_factory_install>{"is_factory_install", Kind::boolean, "whether it came with the device"},
      Field<&Application::metadata_links>{"metadata_links", Kind::text,
                                          "addresses inside the metadata, a line each: icons, marketplaces"},
      Field<&Application::extra>{"extra", Kind::text,
                                 "the remaining keys of iTunesMetadata, as JSON: prices, rights, account", Show::rest}};
};

namespace {

// A store number is an integer; older metadata holds it as text.
std::optional<std::string_view> number_text(const Node& node, std::string& room) {
  if (const auto number = node.integer()) return room = std::to_string(*number);
  return non_empty(node.text());
}

// purchaseDate is RFC 3339 text in the metadata itself and in its downloadInfo, and a date in some generations.
std::optional<Time> store_time(const Node& node, std::uint64_t where, Sink& out) {
  if (node.type() == Node::Type::date) return out.checked(node.date(), where);
  const auto text = non_empty(node.text());
  return text ? out.checked(parse_rfc3339(*text), where) : std::nullopt;
}

// `where` is the metadata's offset in the outer list: offsets inside it would mislead.
void add_metadata(const Node& metadata, std::uint64_t where, Application& app, std::string& item_id, Sink& out) {
  const Node download = metadata["com.apple.iTunesStore.downloadInfo"];
  app.name = non_empty(metadata["itemName"].text());
  app.version = non_empty(metadata["bundleShortVersionString"].text());
  app.seller = non_empty(metadata["artistName"].text());
  app.genre = non_empty(metadata["genre"].text());
  app.item_id = number_text(metadata["itemId"], item_id);
  app.source_app = non_empty(metadata["sourceApp"].text());
  app.software_version_bundle_id = non_empty(metadata["softwareVersionBundleId"].text());
  app.distributor = non_empty(metadata["distributorInfo"]["distributorID"].text());
  app.purchased = store_time(metadata["purchaseDate"], where, out);
  if (!app.purchased) app.purchased = store_time(download["purchaseDate"], where, out);
  app.released = store_time(metadata["releaseDate"], where, out);
  app.store_account = non_empty(download["accountInfo"]["AppleID"].text());
  if (!app.store_account) app.store_account = non_empty(metadata["appleId"].text());
  app.is_factory_install = metadata["isFactoryInstall"].boolean();
}

// The dictionaries that add_metadata() takes a value from are kept whole.
constexpr std::array<std::string_view, 10> shown_keys{
    "itemName",  "bundleShortVersionString", "artistName",   "genre",       "itemId",
    "sourceApp", "softwareVersionBundleId",  "purchaseDate", "releaseDate", "isFactoryInstall"};

std::optional<std::string> links_in(const Node& metadata, Budget& budget) {
  const std::string texts = texts_below(metadata, budget);
  std::string links;
  for (const std::string_view line : split(texts, '\n'))
    if (line.find("://") != std::string_view::npos) links.append(links.empty() ? "" : "\n").append(line);
  return links.empty() ? std::nullopt : std::optional(std::move(links));
}

void emit_entry(std::string_view app_id, const Node& entry, bool is_listed, const Input& in, Budget& budget,
                Sink& out) {
  Application app{.app_id = app_id, .process = app_id};
  app.is_listed = is_listed;
  app.has_entry = true;
  app.has_store_signature = static_cast<bool>(entry["ApplicationSINF"]);
  const auto icon = entry["PlaceholderIcon"].data();
  if (icon && budget.take(icon->size(), entry.offset())) app.icon_sha256 = to_hex(sha256(*icon));
  std::string item_id;
  std::optional<Plist> inner;
  Node metadata = entry["iTunesMetadata"];
  const std::uint64_t where = metadata ? metadata.offset() : entry.offset();
  if (const auto data = metadata.data(); data && budget.take(data->size(), where)) {
    auto list = Plist::parse(*data);
    if (list) {
      inner = std::move(*list);
      for (const PlistAnomaly& anomaly : inner->anomalies()) out.anomaly(anomaly.name, where);
      metadata = inner->root();
    } else {
      out.anomaly("metadata_unreadable", where);
    }
  }
  if (metadata.type() == Node::Type::dict) {
    app.has_store_metadata = true;
    add_metadata(metadata, where, app, item_id, out);
    app.metadata_links = links_in(metadata, budget);
    app.extra = rest_of(metadata, shown_keys, budget);
  }
  out.emit(app, in.at(entry.offset()));
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node root = root_dictionary(file, out);
  const Node installed = root["Installed Applications"];
  const Node entries = root["Applications"];
  std::set<std::string_view> listed, described;
  Budget budget(file, out);
  for (std::size_t i = 0; i < installed.size(); ++i)
    if (const auto app_id = non_empty(installed[i].text())) listed.insert(*app_id);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string_view app_id = entries.key(i);
    if (app_id.empty() || entries[i].type() != Node::Type::dict) {
      out.anomaly("unexpected_type", entries.offset());
      continue;
    }
    if (described.insert(app_id).second) emit_entry(app_id, entries[i], listed.contains(app_id), in, budget, out);
  }
  for (const std::string_view app_id : listed)
    if (!described.contains(app_id))
      out.emit(Application{.app_id = app_id, .process = app_id, .is_listed = true}, in.at(installed.offset()));
  return {};
}

constexpr std::array wants{Want{"", "Info.plist"}};
const std::array records{&record_type<Application>()};
const Registration registration{{.name = "ios.applications",
                                 .page = "ios-applications.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
