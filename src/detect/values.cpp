// Normalisation of evidence by field kind. Floor 4. The table: docs/design/matching.md.
#include "detect/values.h"

#include <algorithm>

#include "base/host.h"
#include "base/text.h"
#include "base/url.h"
#include "intel/normalise.h"

namespace testudo {
namespace {

bool has_network_indicators(const Matcher& matcher) {
  return matcher.size(Kind::host) != 0 || matcher.size(Kind::ipv4) != 0 || matcher.size(Kind::ipv6) != 0 ||
         matcher.size(Kind::cidr) != 0 || matcher.size(Kind::url) != 0 || matcher.size(Kind::email) != 0;
}

std::string_view basename(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);
}

// Absolute, without empty components, "." and "..".
std::string clean_path(std::string_view path) {
  std::string out;
  for (std::string_view part : split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == "..")
      out.resize(out.empty() ? 0 : out.rfind('/'));
    else
      out.append("/").append(part);
  }
  return out;
}

bool is_clean(std::string_view path) {
  return path.starts_with('/') && !path.ends_with('/') && path.find("//") == std::string_view::npos &&
         path.find("/.") == std::string_view::npos;
}

// Digits with a leading '+' (also written 00); empty if the text is no number. Spaces, hyphens, dots, slashes and
// brackets are typography (ITU-T E.123), also the non-breaking ones and direction marks that phones put around numbers.
std::string phone_digits(std::string_view text) {
  if (text.size() > 64) return {};
  if (equals_ignoring_case(text.substr(0, 4), "tel:")) text.remove_prefix(4);
  std::string out;
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    const bool digit = c.value >= '0' && c.value <= '9';
    const bool typography = c.value == ' ' || c.value == '-' || c.value == '.' || c.value == '/' || c.value == '(' ||
                            c.value == ')' || c.value == 0xA0 || (c.value >= 0x2000 && c.value <= 0x206F);
    if (digit || (c.value == '+' && out.empty()))
      out.push_back(static_cast<char>(c.value));
    else if (!typography)
      return {};
    text.remove_prefix(c.size);
  }
  if (out.starts_with("00")) out.replace(0, 2, "+");
  return out.size() < 3 ? std::string() : out;
}

// The address in the form that Messages writes: "p:+15550100" or "e:a@b.example" for the owner's own, "iMessage;-;…"
// for a chat, and behind it "(smsft_fi)" or "(filtered)", the folder that an unknown sender was put into.
std::string_view bare_address(std::string_view text) {
  const auto service = text.find(';');
  if (service != std::string_view::npos && text.size() > service + 3 && text[service + 2] == ';' &&
      std::string_view("-+").find(text[service + 1]) != std::string_view::npos)
    text.remove_prefix(service + 3);
  else if (text.size() > 2 && text[1] == ':' && std::string_view("pPeE").find(text[0]) != std::string_view::npos)
    text.remove_prefix(2);
  const auto tag = text.rfind('(');
  if (!text.ends_with(')') || tag == 0 || tag == std::string_view::npos) return text;
  const std::string_view folder = text.substr(tag + 1, text.size() - tag - 2);
  const bool known = folder.starts_with("sms") || folder == "filtered";
  return known ? trim(text.substr(0, tag)) : text;
}

class Values {
 public:
  Values(const Matcher& matcher, const EachLookup& each) : matcher_(matcher), each_(each) {}

  void read(Kind kind, const Value& value) {
    if (value.type() == Value::Type::bytes) return bytes(kind, value.bytes());
    if (value.type() != Value::Type::text) return;
    const std::string_view text = trim(value.text());
    if (!text.empty()) read(kind, text);
  }

 private:
  void read(Kind kind, std::string_view text) {
    switch (kind) {
      case Kind::url:
        return url(text);
      case Kind::host:
      case Kind::ipv4:
      case Kind::ipv6:
        return host(text);
      case Kind::text:
        return links(text);
      case Kind::email:
        return email(text, text);
      case Kind::phone:
        return phone(text, text);
      case Kind::account:
        return account(text);
      case Kind::process:
        return process(text);
      case Kind::path:
        return path(text);
      case Kind::file_name:
        return look_up(Kind::file_name, text, basename(text));
      case Kind::app_id:
        any_case(Kind::app_id, text);
        return look_up(Kind::process, text, text);
      case Kind::md5:
      case Kind::sha1:
      case Kind::sha256:
      case Kind::cert_md5:
      case Kind::cert_sha1:
      case Kind::cert_sha256:
        return hash(kind, text);
      case Kind::property:
      case Kind::profile_id:
        return any_case(kind, text);
      case Kind::ja3:
      case Kind::ja4:
        return wanted(kind) ? look_up(kind, text, lower_ascii(text)) : void();
      case Kind::registry_key:
        return wanted(kind) ? look_up(kind, text, normalise_registry_key(text)) : void();
      case Kind::cve:
        return wanted(kind) ? look_up(kind, text, upper_ascii(text)) : void();
      case Kind::asn:
        return look_up(kind, text, equals_ignoring_case(text.substr(0, 2), "as") ? text.substr(2) : text);
      default:
        return;
    }
  }

  bool wanted(Kind kind) const { return more_ && matcher_.size(kind) != 0; }

  void look_up(Kind kind, std::string_view seen, std::string_view normalised) {
    if (wanted(kind) && !normalised.empty()) more_ = each_({kind, seen, normalised, mention_});
  }

  void any_case(Kind kind, std::string_view text) {
    if (wanted(kind)) look_up(kind, text, lower_ascii(text));
  }

  // Digests that a parser keeps as octets.
  void bytes(Kind kind, Bytes octets) {
    const bool digest = kind == Kind::md5 || kind == Kind::sha1 || kind == Kind::sha256 || kind == Kind::cert_md5 ||
                        kind == Kind::cert_sha1 || kind == Kind::cert_sha256;
    if (!digest || octets.size() > 64 || !wanted(kind)) return;
    const std::string hex = to_hex(octets);
    look_up(kind, hex, hex);
  }

  void hash(Kind kind, std::string_view text) {
    if (!wanted(kind) || text.size() > 256) return;
    std::string hex = lower_ascii(text);
    std::erase_if(hex, [](char c) { return c == ':' || c == ' '; });  // "AB:CD:…", as certificate tools print it
    look_up(kind, text, hex);
  }

  void resolved(const HostName& host, std::string_view seen) {
    switch (host.type) {
      case HostName::Type::name:
        return look_up(Kind::host, seen, host.text);
      case HostName::Type::ipv4:
        return address(Kind::ipv4, seen, host.text);
      case HostName::Type::ipv6:
        address(Kind::ipv6, seen, host.text);
        // ::ffff:192.0.2.1 is the IPv4 address (RFC 4291 §2.5.5.2).
        if (host.text.starts_with("::ffff:") && host.text.find('.') != std::string::npos)
          address(Kind::ipv4, seen, std::string_view(host.text).substr(7));
    }
  }
  // Networks are looked up with addresses.
  void address(Kind kind, std::string_view seen, std::string_view text) {
    if (more_ && (matcher_.size(kind) != 0 || matcher_.size(Kind::cidr) != 0))
      more_ = each_({kind, seen, text, mention_});
  }

  void host(std::string_view text) {
    if (!has_network_indicators(matcher_)) return;
    if (const auto name = normalise_host(text)) return resolved(*name, text);
    links(text);
  }

  void url(std::string_view text) {
    if (!has_network_indicators(matcher_)) return;
    const auto parts = parse_url(text);
    if (!parts) return links(text);
    address_of_page(text, *parts);
    inside_url_ = true;
    links(parts->path_and_rest);
    inside_url_ = false;
  }

  void address_of_page(std::string_view seen, const Url& parts) {
    resolved(parts.host, seen);
    if (!wanted(Kind::url)) return;
    look_up(Kind::url, seen, normalise_url(parts));
  }

  void links(std::string_view text) {
    if (!has_network_indicators(matcher_)) return;
    find_links(text, [this](const FoundLink& link) {
      found(link);
      return more_;
    });
  }

  void found(const FoundLink& link) {
    if (link.inside_url || inside_url_) mention_ = link.type == FoundLink::Type::url ? Mention::linked : Mention::named;
    found_link(link);
    mention_ = Mention::own;
  }

  void found_link(const FoundLink& link) {
    if (link.type == FoundLink::Type::email) return mail_address(link.text, link.text);
    if (link.type == FoundLink::Type::url) {
      if (const auto parts = parse_url(link.text)) address_of_page(link.text, *parts);
      return;
    }
    if (const auto name = normalise_host(link.text)) resolved(*name, link.text);
  }

  void email(std::string_view text, std::string_view seen) {
    if (!has_network_indicators(matcher_)) return;
    if (equals_ignoring_case(text.substr(0, 7), "mailto:")) text.remove_prefix(7);
    // "Name <a@b.example>" and lists.
    if (text.find_first_of(" <>,;\"") != std::string_view::npos) return links(text);
    mail_address(text, seen);
  }

  void mail_address(std::string_view text, std::string_view seen) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || text.size() > 1024) return;
    if (wanted(Kind::email)) look_up(Kind::email, seen, lower_ascii(text));
    const auto domain = normalise_host(text.substr(at + 1));
    if (!domain) return;
    resolved(*domain, seen);
    const std::string whole = lower_ascii(text.substr(0, at + 1)) + domain->text;
    if (wanted(Kind::email) && whole != lower_ascii(text)) look_up(Kind::email, seen, whole);
  }

  void phone(std::string_view text, std::string_view seen) {
    if (wanted(Kind::phone)) look_up(Kind::phone, seen, phone_digits(text));
  }

  // As Messages writes them (bare_address), and "15550100@s.whatsapp.net" (WhatsApp: always international).
  void account(std::string_view text) {
    look_up(Kind::account, text, text);
    const std::string_view bare = bare_address(text);
    const auto at = bare.find('@');
    if (at == std::string_view::npos) return phone(bare, text);
    const std::string_view domain = bare.substr(at + 1);
    const bool number = equals_ignoring_case(domain, "s.whatsapp.net") || equals_ignoring_case(domain, "c.us");
    if (number && wanted(Kind::phone)) look_up(Kind::phone, text, phone_digits("+" + std::string(bare.substr(0, at))));
    email(bare, text);
  }

  void process(std::string_view text) {
    look_up(Kind::process, text, basename(text));
    any_case(Kind::app_id, text);  // a daemon's work is booked under the app's identifier
    if (text.starts_with('/')) whole_path(text);
  }

  void path(std::string_view text) {
    whole_path(text);
    look_up(Kind::file_name, text, basename(text));
  }

  void whole_path(std::string_view text) {
    if (!wanted(Kind::path)) return;
    std::string_view clean = text;
    if (clean.starts_with("file://")) {
      clean.remove_prefix(7);
      clean.remove_prefix(std::min(clean.find('/'), clean.size()));
    }
    std::string at_home;
    // "~" in databases of a phone is the home of its one user.
    if (clean.starts_with("~/")) clean = at_home = "/private/var/mobile" + std::string(clean.substr(1));
    std::string cleaned;
    if (!is_clean(clean)) clean = cleaned = clean_path(clean);
    look_up(Kind::path, text, clean);
    // On iOS /var, /tmp and /etc are links into /private: both spellings name one file.
    const std::string_view bare = clean.starts_with("/private/") ? clean.substr(8) : clean;
    const bool linked = bare.starts_with("/var/") || bare.starts_with("/tmp/") || bare.starts_with("/etc/");
    if (!linked) return;
    if (bare.size() != clean.size())
      look_up(Kind::path, text, bare);
    else
      look_up(Kind::path, text, "/private" + std::string(clean));
  }

  const Matcher& matcher_;
  const EachLookup& each_;
  bool more_ = true;
  bool inside_url_ = false;  // the text that is read is the path, query and fragment of an address
  Mention mention_ = Mention::own;
};

}  // namespace

void each_lookup(const Matcher& matcher, Kind kind, const Value& value, const EachLookup& each) {
  Values(matcher, each).read(kind, value);
}

}  // namespace testudo
