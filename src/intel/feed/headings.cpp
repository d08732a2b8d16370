// Headings of Markdown and AsciiDoc.
#include "intel/feed/headings.h"

#include <algorithm>

#include "base/text.h"
#include "intel/feed/claim_words.h"

namespace testudo {
namespace {

constexpr std::size_t block_title_level = 8;
constexpr std::size_t bold_level = 7;

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at) {
    const auto letter = [&](std::size_t i) { return i < text.size() && ((text[i] >= 'a' && text[i] <= 'z')); };
    if ((at == 0 || !letter(at - 1)) && !letter(at + word.size())) return true;
  }
  return false;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return has_word(text, word); });
}

bool is_telling(std::string_view text) {
  return has_any(text, {"domain",     "domains",   "host",     "hosts",   "hostname",  "hostnames",      "ip",
                        "filename",   "filenames", "ips",      "address", "addresses", "hash",           "hashes",
                        "sha",        "sha1",      "sha256",   "md5",     "url",       "urls",           "c&c",
                        "c2",         "server",    "servers",  "network", "email",     "emails",         "e-mail",
                        "files",      "file",      "path",     "paths",   "registry",  "certificate",    "certificates",
                        "thumbprint", "package",   "packages", "process", "processes", "infrastructure", "samples",
                        "website",    "websites",  "sites"});
}

// "Indicators of Compromise" names no victims.
std::string without_indicators(std::string_view heading) {
  std::string text = lower_ascii(heading);
  for (const std::string_view phrase :
       {"indicators of compromised", "indicators of compromise", "indicator of compromise"})
    for (std::size_t at = 0; (at = text.find(phrase)) != std::string::npos;) text.erase(at, phrase.size());
  return text;
}

bool names_indicators(std::string_view text) {
  return has_any(text, {"indicator", "indicators", "ioc", "iocs", "observable", "observables"});
}

std::string campaign_of(std::string_view title) {
  const std::string lower = lower_ascii(title);
  for (const std::string_view tail : {"indicators of compromise", "iocs", "ioc"}) {
    const std::size_t at = lower.rfind(tail);
    if (at == std::string::npos || at + tail.size() != lower.size()) continue;
    std::string_view rest = trim(title.substr(0, at));
    while (rest.ends_with('-') || rest.ends_with(':') || rest.ends_with(' ')) rest.remove_suffix(1);
    return std::string(rest);
  }
  return std::string(title);
}

}  // namespace

Section section_of(std::string_view heading) {
  Section section;
  section.title = std::string(trim(heading));
  const std::string text = lower_ascii(heading);
  section.anything = names_indicators(text);
  section.telling = section.anything || is_telling(text);
  section.network =
      has_any(text, {"domain",   "domains", "host",    "hosts",     "hostname",       "hostnames", "url",
                     "urls",     "c&c",     "c2",      "server",    "servers",        "network",   "website",
                     "websites", "sites",   "address", "addresses", "infrastructure", "ip",        "ips"});
  if (names_victims(without_indicators(heading))) {
    section.role = Role::victim;
    section.telling = true;
    section.network = true;
  } else if (has_any(text, {"c&c", "c2", "command and control", "command & control", "attacker", "malicious"})) {
    section.role = Role::attacker;
  }
  section.certificates = has_any(text, {"certificate", "certificates", "thumbprint"});
  if (has_any(text, {"path", "paths", "filesystem"})) {
    section.kind = Kind::path;
  } else if (text.find("file name") != std::string::npos || has_any(text, {"filename", "filenames"})) {
    section.kind = Kind::file_name;
  } else if (has_any(text, {"package", "packages"})) {
    section.kind = Kind::app_id;
  } else if (has_any(text, {"process", "processes"})) {
    section.kind = Kind::process;
  } else if (has_any(text, {"registry"})) {
    section.kind = Kind::registry_key;
  }
  return section;
}

void Headings::enter(std::size_t level, std::string_view text) {
  while (!open_.empty() && open_.back().level >= level) open_.pop_back();
  const bool title = !any_ && level == 1;
  any_ = true;
  if (title) {
    title_ = campaign_of(text);
  } else {
    open_.push_back({level, section_of(text)});
  }
}

Section Headings::here() const {
  Section here;
  for (const Heading& heading : open_) {
    const Section& section = heading.section;
    here.title = section.title;
    here.telling |= section.telling;
    here.anything |= section.anything;
    here.network |= section.network;
    here.certificates |= section.certificates;
    if (section.kind) here.kind = section.kind;
    if (section.role != Role::unstated && here.role != Role::victim) here.role = section.role;
  }
  return here;
}

std::optional<HeadingLine> heading_line(std::string_view line) {
  const std::string_view text = trim(line);
  for (const char mark : {'#', '='}) {
    const std::size_t level = std::min(text.find_first_not_of(mark), text.size());
    if (level == 0 || level > 6 || level >= text.size() || text[level] != ' ') continue;
    std::string_view title = trim(text.substr(level));
    while (title.ends_with(mark)) title.remove_suffix(1);
    return HeadingLine{level, trim(title)};
  }
  if (text.size() > 2 && text[0] == '.' && ((text[1] >= 'A' && text[1] <= 'Z')) &&
      text.find('[') == std::string_view::npos)
    return HeadingLine{block_title_level, text.substr(1)};
  if (text.size() > 4 && text.starts_with("**") && (text.ends_with("**") || text.ends_with("**:")) &&
      text.find('`') == std::string_view::npos)
    return HeadingLine{bold_level, trim(text.substr(2, text.rfind("**") - 2))};
  return std::nullopt;
}

}  // namespace testudo
