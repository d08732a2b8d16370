// One file for four formats: each is a way to write one host name on a line.
#include "intel/feed/blocklists.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"
#include "intel/network.h"

namespace testudo {
namespace {

struct Named {
  std::vector<std::string_view> names;
  Role role = Role::unstated;
  std::string_view comment;
  std::string_view defect;  // why the line gives no name; empty for lines that need not give one
};
using LineReader = Named (*)(std::string_view line);

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = blanks.find_in(text, at);
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// Names that every hosts file gives its own machine.
bool is_own_name(std::string_view name) {
  constexpr std::array<std::string_view, 12> own{
      "localhost",    "localhost.localdomain", "local",        "broadcasthost",  "ip6-localhost", "ip6-loopback",
      "ip6-localnet", "ip6-mcastprefix",       "ip6-allnodes", "ip6-allrouters", "ip6-allhosts",  "0.0.0.0"};
  return std::ranges::find(own, name) != own.end();
}

Named hosts_line(std::string_view line) {
  Named named;
  const std::size_t hash = line.find('#');
  if (hash != std::string_view::npos) named.comment = trim(line.substr(hash + 1));
  std::vector<std::string_view> words = words_of(line.substr(0, hash));
  if (words.empty()) return named;
  // "0 evil.test" is short for 0.0.0.0, as inet_aton() reads it.
  // An address of the own link names its interface: "fe80::1%lo0".
  if (parse_network(words[0].substr(0, words[0].find('%'))) || (words[0] == "0" && words.size() > 1)) {
    words.erase(words.begin());
    if (words.empty()) named.defect = "address_without_name";
  } else if (words.size() > 1 || !kind_of_value(words[0])) {
    named.defect = "unrecognised_value";
    return named;
  }
  std::erase_if(words, is_own_name);
  named.names = std::move(words);
  return named;
}

// Filters for parts of pages ("##", "$script") are no blocked hosts.
Named filter_line(std::string_view line) {
  Named named;
  if (line.empty() || line.starts_with('!') || line.starts_with('[') || line.starts_with('#')) return named;
  named.defect = "filter_not_a_host";
  if (line.starts_with("@@")) {
    named.role = Role::benign;
    line.remove_prefix(2);
  }
  if (!line.starts_with("||")) return named;
  line.remove_prefix(2);
  const std::size_t end = line.find_first_of("^/$*|", line.starts_with("*.") ? 2 : 0);
  const std::string_view rest = end == std::string_view::npos ? std::string_view{} : line.substr(end);
  const bool whole = rest.empty() || rest == "^" || rest == "^|" || rest.starts_with("^$all") ||
                     rest.starts_with("^$third-party") || rest.starts_with("^$important") ||
                     rest.starts_with("^$document") || rest.starts_with("^$popup");
  if (!whole || line.substr(0, end).empty()) return named;
  named.defect = {};
  named.names.push_back(line.substr(0, end));
  return named;
}

// Blockers for DNS also take lines of a hosts file and bare names (AdGuard: "DNS filtering rules syntax").
Named adblock_line(std::string_view line) {
  Named filter = filter_line(line);
  const std::size_t hash = line.find('#');
  const bool part_of_page = hash != std::string_view::npos && (hash == 0 || !blanks.has(line[hash - 1]));
  if (filter.defect.empty() || part_of_page || kind_of_value(line) == Kind::path) return filter;
  const Named named = hosts_line(line);
  return named.defect.empty() && !named.names.empty() ? named : filter;
}

Named dnsmasq_line(std::string_view line) {
  Named named;
  line = trim(line.substr(0, line.find('#')));
  if (line.empty()) return named;
  const std::size_t equals = line.find('=');
  const std::string_view key = trim(line.substr(0, equals));
  named.defect = "setting_without_name";
  if (equals == std::string_view::npos || (key != "address" && key != "server" && key != "local")) return named;
  const std::string_view value = trim(line.substr(equals + 1));
  std::vector<std::string_view> parts = split(value, '/');
  if (parts.size() < 3 || !parts.front().empty()) return named;
  // "server=/a.test/192.0.2.1" sends a name to another resolver; only without one is it withheld.
  if (key != "address" && !parts.back().empty()) return named;
  parts.erase(parts.begin());
  parts.pop_back();
  std::erase_if(parts, [](std::string_view part) { return part.empty() || part == "#"; });
  if (parts.empty()) return named;
  named.defect = {};
  named.names = std::move(parts);
  return named;
}

std::string_view unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
  return text;
}

Named unbound_line(std::string_view line) {
  Named named;
  line = trim(line.substr(0, line.find('#')));
  if (line.empty() || line == "server:") return named;
  named.defect = "setting_without_name";
  if (line.starts_with("local-data:")) {
    // What a redirected zone answers with; the zone itself is a line of its own.
    return named;
  }
  if (!line.starts_with("local-zone:")) return named;
  const std::vector<std::string_view> words = words_of(line.substr(11));
  if (words.size() != 2) return named;
  const std::string_view type = words[1];
  if (type == "transparent" || type == "typetransparent" || type == "always_transparent") named.role = Role::benign;
  named.defect = {};
  named.names.push_back(unquoted(words[0]));
  return named;
}

Result<void> read_lines(const FeedText& feed, FeedSink& sink, LineReader read) {
  FeedNotes notes(sink);
  std::string owned;
  FeedLines lines(TRY(feed_text(feed, owned, notes)), feed, notes);
  std::string_view line;
  std::uint64_t names = 0;
  std::optional<Tlp> below;
  while (lines.next(line)) {
    const Named named = read(trim(line));
    // A list of several parts, each below its own marking; those of the file's head are known already.
    if (named.names.empty() && (line.starts_with('#') || line.starts_with('!')) && may_name_tlp(line))
      below = stricter(below, tlp_said_in_parts(line.substr(1), Brackets::part).stated());
    const std::size_t remark = line.find('#');
    const std::optional<Tlp> tlp =
        remark == std::string_view::npos ? std::nullopt : tlp_said(line.substr(remark + 1)).stated();
    if (!named.defect.empty()) notes.add_line(lines.number(), named.defect, line);
    for (const std::string_view name : named.names) {
      FeedClaim claim;
      claim.kind = fitted_kind(parse_network(name) ? Kind::ipv4 : Kind::host, name);
      claim.value = name;
      claim.role = named.comment.empty()
                       ? named.role
                       : least_blocking(named.role, role_of_remark(named.comment).value_or(Role::unstated));
      claim.tlp = stricter(below, tlp);
      claim.comment = named.comment;
      sink.claim(claim);
      ++names;
    }
  }
  if (names == 0) notes.add("", "empty_feed", "");
  return {};
}

// How many of the lines that say something give a name, in a hundred.
int share(const FeedHead& head, LineReader read, unsigned& all) {
  constexpr unsigned most = 200;
  unsigned named = 0;
  all = 0;
  for (const std::string_view line : head.lines()) {
    const Named found = read(trim(line));
    if (found.names.empty() && found.defect.empty()) continue;
    ++all;
    named += found.names.empty() ? 0U : 1U;
    // With so many others no further line brings it to a half.
    if (all == most || all - named > most / 2) break;
  }
  return all == 0 ? 0 : static_cast<int>(named * 100 / all);
}

bool begins_with_address(std::string_view line) {
  line = trim(line.substr(0, line.find('#')));
  const std::size_t end = blanks.find_in(line);
  return end < line.size() && parse_network(line.substr(0, end));
}

int hosts_likeness(const FeedHead& head) {
  const std::size_t dot = head.lower_name().find('.');
  const std::string stem = head.lower_name().substr(0, dot);
  const bool called = stem == "hosts" || stem.starts_with("hosts_") || stem.starts_with("hosts-");
  const bool addressed = std::ranges::any_of(head.lines(), begins_with_address);
  if (!called && !addressed) return 0;  // most lists: said without reading each line as a value
  unsigned all = 0;
  const int named = share(head, hosts_line, all);
  if (all == 0) return called && head.text().empty() ? 55 : 0;
  if (named >= 50 && addressed) return called ? 95 : 85;
  return called && named >= 90 && dot == std::string_view::npos ? 85 : 0;
}

template <LineReader read, int score>
int list_likeness(const FeedHead& head) {
  unsigned all = 0;
  return share(head, read, all) >= 50 ? score : 0;
}

// A filter list may hold more filters than hosts; its head line tells it.
int adblock_likeness(const FeedHead& head) {
  const std::string begin = lower_ascii(head.text().substr(0, 200));
  if (begin.starts_with("[adblock") || begin.starts_with("[adguard")) return 92;
  return list_likeness<filter_line, 90>(head);
}

Result<void> read_hosts(const FeedText& feed, FeedSink& sink) { return read_lines(feed, sink, hosts_line); }
Result<void> read_adblock(const FeedText& feed, FeedSink& sink) { return read_lines(feed, sink, adblock_line); }
Result<void> read_dnsmasq(const FeedText& feed, FeedSink& sink) { return read_lines(feed, sink, dnsmasq_line); }
Result<void> read_unbound(const FeedText& feed, FeedSink& sink) { return read_lines(feed, sink, unbound_line); }

}  // namespace

const FeedFormat hosts_format{"hosts", hosts_likeness, read_hosts};
const FeedFormat adblock_format{"adblock", adblock_likeness, read_adblock};
const FeedFormat dnsmasq_format{"dnsmasq", list_likeness<dnsmasq_line, 90>, read_dnsmasq};
const FeedFormat unbound_format{"unbound", list_likeness<unbound_line, 90>, read_unbound};

}  // namespace testudo
