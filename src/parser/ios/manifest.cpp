// ios.manifest: Manifest.db: every file that the backup holds, with its times, owner and permissions on the device. The
// device's backup daemon wrote it; names and folders of files whose content is not in the backup are in it too.
// Floor 4. Format, generations and sources: docs/formats/ios-manifest.md.

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/host.h"
#include "base/text.h"
#include "evidence/ios_backup.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct BackupFile {
  std::string_view file_id, domain;
  std::optional<std::string_view> relative_path, device_path, file_type, mode, digest, link_target, embedded_hosts,
      app_id;
  std::optional<std::int64_t> flags, owner, group, inode, size, protection_class;
  std::optional<Time> birth, modified, status_changed;
  std::optional<bool> is_encrypted;
};

}  // namespace

template <>
struct Schema<BackupFile> {
  using R = BackupFile;
  static constexpr std::string_view name = "ios.backup_file";
  static constexpr std::string_view prose =
      "A file, folder or link that the backup lists; a restore or an update of the system renews times, and a file of "
      "a "
      "certain name need not be what the name says.";
  static constexpr std::string_view line = "{file_type} {domain}{relative_path}";
  static constexpr std::array identity{"domain", "relative_path"};
  static constexpr std::tuple fields{
      Field<&R::file_id>{"file_id", Kind::text, "name under which the backup stores the content"},
      Field<&R::domain>{"domain", Kind::text, "part of the device that the path is in: HomeDomain, AppDomain-… "},
      Field<&R::relative_path>{"relative_path", Kind::path, "path inside the domain, with a leading '/'"},
      Field<&R::device_path>{"device_path", Kind::path,
                             "absolute path on the device, for domains that stand at a fixed place"},
      Field<&R::file_type>{"file_type", Kind::text, "file, folder, link or other"},
      Field<&R::flags>{"flags", Kind::integer, "1 file, 2 folder, 4 link, as the manifest says"},
      Field<&R::mode>{"mode", Kind::text, "type and permissions in octal, as in stat"},
      Field<&R::owner>{"owner", Kind::integer, "user: 501 is mobile, 0 root"},
      Field<&R::group>{"group", Kind::integer, "group"},
      Field<&R::inode>{"inode", Kind::integer, "number in the device's file system; rises with time within a volume"},
      Field<&R::size>{"size", Kind::integer, "octets before encryption"},
      Field<&R::birth>{"birth", Kind::time, "when the file was made on the device", Show::event},
      Field<&R::modified>{"modified", Kind::time, "when its content last changed", Show::event},
      Field<&R::status_changed>{"status_changed", Kind::time,
                                "when its status last changed: content, name, permissions", Show::event},
      Field<&R::protection_class>{"protection_class", Kind::integer, "class of data protection, 1 to 11"},
      Field<&R::is_encrypted>{"is_encrypted", Kind::boolean, "whether the backup stores it under a key"},
      Field<&R::digest>{"digest", Kind::sha1,
                        "SHA-1 of the content as stored; absent in newer backups and for folders"},
      Field<&R::link_target>{"link_target", Kind::path, "where a link leads"},
      Field<&R::embedded_hosts>{
          "embedded_hosts", Kind::text,
          "host names that parts of the path are or hold, as WebKit names folders, a space between"},
      Field<&R::app_id>{"app_id", Kind::app_id,
                        "bundle identifier: on the first entry of each application's domain, and on files of settings "
                        "that are named after one"}};
};

namespace {

struct DomainRoot {
  std::string_view domain, root;
};

// Where a domain's paths start on the device. Sources: docs/formats/ios-manifest.md, «Domains».
constexpr std::array roots{DomainRoot{"CameraRollDomain", "/private/var/mobile/"},
                           DomainRoot{"DatabaseDomain", "/private/var/db/"},
                           DomainRoot{"HealthDomain", "/private/var/mobile/Library/"},
                           DomainRoot{"HomeDomain", "/private/var/mobile/"},
                           DomainRoot{"HomeKitDomain", "/private/var/mobile/"},
                           DomainRoot{"InstallDomain", "/private/var/installd/"},
                           DomainRoot{"KeyboardDomain", "/private/var/mobile/"},
                           DomainRoot{"KeychainDomain", "/private/var/Keychains/"},
                           DomainRoot{"ManagedPreferencesDomain", "/private/var/Managed Preferences/"},
                           DomainRoot{"MediaDomain", "/private/var/mobile/"},
                           DomainRoot{"MobileDeviceDomain", "/private/var/MobileDevice/"},
                           DomainRoot{"NetworkDomain", "/private/var/networkd/"},
                           DomainRoot{"ProtectedDomain", "/private/var/protected/"},
                           DomainRoot{"RootDomain", "/private/var/root/"},
                           DomainRoot{"SystemPreferencesDomain", "/private/var/preferences/"},
                           DomainRoot{"TonesDomain", "/private/var/mobile/"},
                           DomainRoot{"WirelessDomain", "/private/var/wireless/"}};

std::string_view root_of(std::string_view domain) {
  const auto found = std::ranges::find(roots, domain, &DomainRoot::domain);
  return found == roots.end() ? std::string_view() : found->root;
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whether the last label is a listed suffix, or one that is reserved for tests (RFC 6761). A manifest repeats few
// endings, and asking the list costs more than a map.
class Endings {
 public:
  bool is_suffix(std::string_view label) {
    constexpr std::size_t most = 4096, longest = 63;
    if (label.size() > longest) return false;
    if (const auto known = known_.find(label); known != known_.end()) return known->second;
    const std::string lower = lower_ascii(label);
    const bool listed = lower == "test" || lower == "example" || is_listed_suffix(lower);
    if (known_.size() < most) known_.emplace(label, listed);
    return listed;
  }

 private:
  std::map<std::string, bool, std::less<>> known_;  // as spelt
};

// Names that end like a host. "0001.MOV" is none, though .mov is a suffix.
bool ends_like_host(std::string_view part, Endings& endings) {
  const std::string_view before = part.substr(0, part.rfind('.'));
  if (before.find_first_not_of("0123456789") == std::string_view::npos) return false;
  return endings.is_suffix(part.substr(before.size() + 1));
}

// A whole path component, without a mark that a host follows: no reverse-DNS identifier ("com.example.app") and no file
// name ("notes.md", "Archive.zip"), which end like hosts too. Only the last component of a path can be a file's name,
// and at the root of a domain few files lie.
bool stands_alone_as_host(std::string_view component, bool may_be_file, Endings& endings) {
  constexpr std::array<std::string_view, 7> heads{"com.", "net.", "org.", "io.", "co.", "group.", "systemgroup."};
  constexpr std::array<std::string_view, 14> file_endings{"zip", "mov", "md", "sh", "py",  "pl",  "rs",
                                                          "so",  "cc",  "ps", "ai", "app", "pub", "save"};
  const bool ends_in_digit = component.back() >= '0' && component.back() <= '9';
  if (ends_in_digit) return canonical_ipv4(component).has_value();
  if (!ends_like_host(component, endings)) return false;
  const std::string lower = lower_ascii(component);
  if (std::ranges::any_of(heads, [&](auto head) { return lower.starts_with(head); })) return false;
  const std::string_view ending = std::string_view(lower).substr(lower.rfind('.') + 1);
  const bool two_labels = lower.find('.') == lower.rfind('.');
  return !may_be_file || !two_labels || std::ranges::find(file_endings, ending) == file_endings.end();
}

bool could_be_host(std::string_view part) {
  const auto dot = part.find('.');
  if (dot == std::string_view::npos || dot == 0 || part.ends_with('.')) return false;
  return part.size() <= 253 && std::ranges::all_of(part, is_host_character);
}

// "https_www.example.test_0" and the like: a part between underscores that could be a host. Behind "http_" or "https_"
// everything is one.
void add_hosts(std::string_view component, Endings& endings, std::string& hosts) {
  std::string_view before;
  while (!component.empty()) {
    const auto end = std::min(component.find('_'), component.size());
    const std::string_view part = component.substr(0, end);
    component.remove_prefix(std::min(end + 1, component.size()));
    const bool is_web = before == "http" || before == "https";
    if (could_be_host(part) && (is_web || ends_like_host(part, endings)))
      hosts.append(hosts.empty() ? "" : " ").append(part);
    before = part;
  }
}

void find_hosts(std::string_view path, Endings& endings, std::string& hosts) {
  hosts.clear();
  if (path.find('.') == std::string_view::npos) return;
  for (bool is_first = true; !path.empty(); is_first = false) {
    const auto end = std::min(path.find('/'), path.size());
    const std::string_view component = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (component.find('.') == std::string_view::npos) continue;
    if (component.find('_') != std::string_view::npos)
      add_hosts(component, endings, hosts);
    else if (could_be_host(component) && stands_alone_as_host(component, path.empty() && !is_first, endings))
      hosts.append(hosts.empty() ? "" : " ").append(component);
  }
}

std::string_view file_type(const BackupFileInfo& info, std::optional<std::int64_t> flags) {
  if (info.is_directory() || (!info.mode && flags == 2)) return "folder";
  if (info.is_link() || (!info.mode && flags == 4)) return "link";
  if (info.mode ? (*info.mode & 0170000) == 0100000 : flags == 1) return "file";
  return "other";
}

// The application, its part or its group that a domain belongs to; empty for the system's own.
std::string_view app_of_domain(std::string_view domain) {
  if (!domain.starts_with("AppDomain")) return {};
  std::string_view app = domain.substr(std::min(domain.find('-'), domain.size() - 1) + 1);
  if (domain.starts_with("AppDomainGroup-") && app.starts_with("group.")) app.remove_prefix(6);
  return app;
}

// "Library/Preferences/com.example.app.plist" holds the settings of com.example.app.
std::string_view app_of_settings(std::string_view path) {
  constexpr std::string_view folder = "Library/Preferences/", ending = ".plist";
  if (!path.starts_with(folder) || !path.ends_with(ending)) return {};
  const std::string_view app = path.substr(folder.size(), path.size() - folder.size() - ending.size());
  return app.find('/') == std::string_view::npos && app.find('.') != std::string_view::npos ? app : std::string_view();
}

// Room for the texts of one row, kept from row to row.
struct Texts {
  std::string relative, device, mode, digest, hosts;
  Endings endings;
};

void add_paths(std::string_view path, BackupFile& record, Texts& texts) {
  texts.relative.assign("/").append(path);
  record.relative_path = texts.relative;
  if (const std::string_view root = root_of(record.domain); !root.empty()) {
    texts.device.assign(root).append(path);
    if (path.empty()) texts.device.pop_back();
    record.device_path = texts.device;
  }
  find_hosts(path, texts.endings, texts.hosts);
  if (!texts.hosts.empty()) record.embedded_hosts = texts.hosts;
}

void set_octal(std::uint32_t mode, std::string& out) {
  out.clear();
  for (int shift = 15; shift >= 0; shift -= 3) out.push_back(static_cast<char>('0' + ((mode >> shift) & 7)));
  if (mode > 0777777) out = "other";
}

void add_info(const BackupFileInfo& info, BackupFile& record, Texts& texts) {
  record.file_type = file_type(info, record.flags);
  if (info.mode) {
    set_octal(*info.mode, texts.mode);
    record.mode = texts.mode;
  }
  record.owner = info.user_id;
  record.group = info.group_id;
  record.inode = info.inode;
  if (info.size && *info.size <= static_cast<std::uint64_t>(INT64_MAX))
    record.size = static_cast<std::int64_t>(*info.size);
  record.birth = info.birth;
  record.modified = info.last_modified;
  record.status_changed = info.last_status_change;
  if (info.protection_class) record.protection_class = *info.protection_class;
  if (info.mode) record.is_encrypted = !info.encryption_key.empty();
  if (info.digest.size() == 20) {
    texts.digest = to_hex(info.digest);
    record.digest = texts.digest;
  }
  if (!info.target.empty()) record.link_target = info.target;
}

constexpr std::size_t most_apps = 100'000;  // beyond: every entry names its application

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  Texts texts;
  std::set<std::string, std::less<>> met;  // applications' domains
  std::string_view last_met;
  return db.each(
      "SELECT rowid, {Files.fileID}, {Files.domain}, {Files.relativePath}, {?Files.flags}, {Files.file} FROM Files",
      [&](const QueryRow& row) {
        const Locator where = in.row(row.integer(0).value_or(0));
        BackupFile record{.file_id = row.text(1).value_or(""), .domain = row.text(2).value_or("")};
        record.flags = row.integer(4);
        const std::string_view path = row.text(3).value_or("");
        add_paths(path, record, texts);
        std::string_view app = app_of_settings(path);
        if (record.domain != last_met && record.domain.starts_with("AppDomain")) {
          const auto [domain, is_new] =
              met.size() < most_apps ? met.emplace(record.domain) : std::pair(met.end(), true);
          last_met = domain == met.end() ? std::string_view() : *domain;
          if (is_new) app = app_of_domain(record.domain);
        }
        if (!app.empty()) record.app_id = app;
        const auto column = row.bytes(5);
        auto read = column ? read_backup_file_info(*column) : error(Fault::not_found, "file");
        if (!read || read->damaged) out.anomaly("file_info_unreadable", where.rowid);
        const BackupFileInfo info = read ? std::move(*read) : BackupFileInfo{};
        if (info.time_out_of_range) out.anomaly("time_out_of_range", where.rowid);
        add_info(info, record, texts);
        out.emit(record, where);
        return true;
      });
}

constexpr std::array wants{Want{"", "Manifest.db"}};
const std::array records{&record_type<BackupFile>()};
const Registration registration{{.name = "ios.manifest",
                                 .page = "ios-manifest.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::always,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
