// Links in running text. Floor 0. What counts as one, and why: docs/design/matching.md.
//
// One scan looks for signs (a dot, a colon, …); from a sign the name around it is read to the left and to the right.
// What is written in disguise (percent-encoded, "evil[.]com") is read again from a plain copy, and only links that the
// disguise touched are reported from there. Every octet is read a bounded number of times.
#include <algorithm>

#include "base/letters.h"
#include "base/link_names.h"
#include "base/link_scan.h"
#include "base/url.h"

namespace testudo {
namespace {

using Type = FoundLink::Type;

constexpr std::size_t longest_host = 1024;  // octets in text; more cannot be 253 characters of a name
constexpr std::size_t longest_url = 4096;   // a span is cut there; its end is still searched
constexpr std::size_t longest_local = 64;   // RFC 5321 §4.5.3.1.1
constexpr std::size_t longest_ipv6 = 45;

bool is_slash(char c) { return c == '/' || c == '\\'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool ends_authority(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == '/' || c == '?' || c == '#' || c == '\\' || c == '"' || c == '<';
}
bool is_local(char c) { return is_name_octet(c) || c == '.' || c == '+'; }

// Kinds of disguise: those that a search found, or those that will be undone in a later one.
struct Disguises {
  bool percent = false, defanged = false;
};

class Search {
 public:
  // `changed`: one octet for each of the text, '\1' where a disguise was undone; empty for the text as it stands.
  // `undo`: the disguises that a later search undoes, so that this one may leave them to it.
  Search(std::string_view text, std::string_view changed, Disguises undo,
         const std::function<bool(const FoundLink&)>& each)
      : text_(text), changed_(changed), undo_(undo), each_(each) {}

  // Returns false if `each` asked to stop.
  bool run() {
    for (std::size_t at = next_sign(text_, 0); at < text_.size() && more_; at = next_sign(text_, at))
      at = from_sign(at);
    return more_;
  }
  Disguises disguises() const { return disguises_; }

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  // "://", and JSON's ":\/\/".
  bool begins_authority(std::size_t colon) const {
    return at(colon) == ':' && is_slash(at(colon + 1)) && is_slash(at(colon + 2));
  }

  std::size_t from_sign(std::size_t sign) {
    switch (text_[sign]) {
      case '%':
        return note_escape(sign);
      case '[':
        if (defanged_size(text_, sign) != 0) disguises_.defanged = true;
        return sign + 1;
      case ':':
        return begins_authority(sign) ? from_scheme(sign) : from_colon(sign);
      default:
        return from_dot(sign);
    }
  }

  // Only escapes that can make a link are worth a second reading: of signs and of look-alike dots' first octets.
  std::size_t note_escape(std::size_t sign) {
    if (!is_escape(text_, sign)) return sign + 1;
    const auto digit = [](char c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; };
    const auto octet = static_cast<char>(digit(text_[sign + 1]) << 4 | digit(text_[sign + 2]));
    if (std::string_view("./:%@\\[\xE2\xE3\xEF").find(octet) != std::string_view::npos) disguises_.percent = true;
    return sign + 1;
  }

  // Whether a name touches a sign in disguise: then it may be part of a longer one, which the plain copy shows.
  bool is_disguised(Span name) {
    bool escape = is_escape(text_, name.end) || (name.begin > 0 && is_escape(text_, name.begin - 1));
    bool fanged = defanged_size(text_, name.end) != 0;
    for (std::size_t size : {std::size_t{3}, std::size_t{5}})
      fanged = fanged || (name.begin >= size && defanged_size(text_, name.begin - size) == size);
    escape = escape && undo_.percent;
    fanged = fanged && undo_.defanged;
    disguises_.percent |= escape;
    disguises_.defanged |= fanged;
    return escape || fanged;
  }

  void report(Type type, Span link, Span host) {
    if (!more_) return;
    if (!changed_.empty()) {
      const std::size_t from = host.begin == 0 ? 0 : host.begin - 1;
      const auto undone = changed_.substr(from, host.end + 1 - from).find('\1');
      if (undone == std::string_view::npos) return;
    }
    more_ = each_({type, text_.substr(link.begin, link.end - link.begin), link.begin < url_until_});
  }

  // -- addresses with a scheme ------------------------------------------------------------------------------------

  std::size_t from_scheme(std::size_t colon) {
    const std::size_t begin = scheme_begin(colon);
    std::size_t authority = colon + 3;
    // "https:///evil.com" has a host in browsers, "file:///x" has none; JSON's ":\/\/" is four slashes.
    const bool any_number = is_web_scheme(text_.substr(begin, colon - begin));
    while (any_number && authority < text_.size() && is_slash(text_[authority])) ++authority;
    const Span host = authority_host(authority);
    if (host.begin == host.end) return std::max(authority, colon + 1);
    if (undo_.defanged && defanged_size(text_, host.end) != 0)
      disguises_.defanged = true;
    else
      report_url({begin, host.end}, host);
    floor_ = host.end;
    return host.end;
  }

  std::size_t scheme_begin(std::size_t colon) const {
    std::size_t begin = colon;
    while (begin > floor_ && (is_name_octet(text_[begin - 1]) || text_[begin - 1] == '+') && text_[begin - 1] != '_')
      --begin;
    while (begin < colon && !is_letter(text_[begin])) ++begin;
    return begin;
  }

  // Behind credentials; up to what no name holds. Escapes belong to it: browsers decode them.
  Span authority_host(std::size_t begin) {
    std::size_t host = begin;
    for (std::size_t i = begin; i < text_.size() && !ends_authority(text_[i]); ++i)
      if (text_[i] == '@') host = i + 1;
    if (at(host) == '[') {
      const auto close = text_.substr(host, longest_ipv6 + 3).find(']');
      return close == std::string_view::npos ? Span{host, host} : Span{host, host + close + 1};
    }
    std::size_t end = name_end(text_, host);
    while (is_escape(text_, end)) end = name_end(text_, end + 3);
    return {host, end};
  }

  void report_url(Span link, Span host) {
    if (host.end - host.begin > longest_host) return;
    const LastLabel last = last_label(text_, host);
    const bool whole = first_segment(text_, {last.begin, host.end}).end == host.end;  // no domain mixes scripts
    if (whole) report(Type::url, {link.begin, url_end(host)}, host);
    const Span first = first_segment(text_, host);
    if (first.end < host.end && first.end > first.begin) report(Type::url, {link.begin, first.end}, first);
    const std::size_t sentence = sentence_end(text_, host);
    if (sentence != host.end) report(Type::url, {link.begin, sentence}, {host.begin, sentence});
    const std::size_t plain = name_without_emphasis(text_, host);
    if (plain != host.end && plain != host.begin) report(Type::url, {link.begin, plain}, {host.begin, plain});
    url_until_ = std::max(url_until_, url_end(host));
  }

  std::size_t url_end(Span host) {
    if (stop_ < host.end) stop_ = url_stop(text_, host.end);
    const std::size_t stop = std::min(stop_, host.end + longest_url);
    return without_punctuation(text_, host.end, stop);
  }

  // -- names without a scheme ---------------------------------------------------------------------------------------

  std::size_t from_dot(std::size_t dot) {
    const std::size_t size = letter_at(text_, dot).size;
    if (dot > 0 && defanged_size(text_, dot - 1) != 0) disguises_.defanged = true;
    Span name{name_begin(text_, dot, floor_), name_end(text_, dot)};
    if (name.end < dot + size) return dot + size;  // nothing follows the dot
    if (begins_authority(name.end)) return without_last_label(name);
    const std::size_t next = name.end;
    if (std::size_t after = from_local_part(name)) return after;
    if (!is_disguised(name)) report_name(name, email_begin(name));
    floor_ = next;
    return next;
  }

  // "Look.https://…": the last label is a scheme; what is before it may be a name.
  std::size_t without_last_label(Span name) {
    const auto dot = text_.substr(name.begin, name.end - name.begin).rfind('.');
    if (dot != std::string_view::npos) {
      report_name({name.begin, name.begin + dot}, name.begin);
      floor_ = name.begin + dot + 1;
    }
    return name.end;
  }

  // If the name is the first part of an e-mail address ("john.doe+x@"), reads on behind the '@'. 0 if it is not.
  std::size_t from_local_part(Span name) {
    std::size_t i = name.end;
    while (i < text_.size() && i - name.begin < longest_local && is_local(text_[i])) ++i;
    if (at(i) != '@' || name.end - name.begin > longest_local) return 0;
    const Span host{i + 1, name_end(text_, i + 1)};
    if (host.begin == host.end) return 0;
    if (!is_disguised(host)) report_segments(Type::email, host, local_begin(i));
    floor_ = host.end;
    return host.end;
  }

  // Where the local part in front of the '@' at `at_sign` begins.
  std::size_t local_begin(std::size_t at_sign) const {
    const std::size_t least = at_sign > longest_local ? at_sign - longest_local : 0;
    std::size_t begin = at_sign;
    while (begin > least) {
      const LetterAt before = letter_before(text_, begin);
      const bool ascii = before.value < 0x80;
      const bool part = ascii ? is_local(static_cast<char>(before.value)) : before.letter == Letter::name;
      if (!part || before.size > begin - least) break;
      begin -= before.size;
    }
    while (begin < at_sign && text_[begin] == '.') ++begin;
    return begin;
  }

  // Where the e-mail address whose domain is `name` begins; where the name begins if there is none.
  std::size_t email_begin(Span name) const {
    if (name.begin == 0 || text_[name.begin - 1] != '@') return name.begin;
    const std::size_t local = local_begin(name.begin - 1);
    return local < name.begin - 1 ? local : name.begin;
  }

  void report_name(Span name, std::size_t begin) {
    report_segments(begin == name.begin ? Type::host : Type::email, name, begin);
  }

  // The whole name, and each part of it that a change of script or a zero-width space sets apart.
  void report_segments(Type type, Span name, std::size_t begin) {
    if (type == Type::email) {
      report_candidate(type, name, begin);
      const Span first = first_segment(text_, name);
      if (first.end < name.end) report_candidate(type, first, begin);
      return;
    }
    report_candidate(type, name, name.begin);
    for (Span rest = name; rest.begin < name.end;) {
      const Span part = first_segment(text_, rest);
      if (part.end == name.end && part.begin == name.begin) return;
      report_candidate(type, part, part.begin);
      rest.begin = part.end;
    }
  }

  void report_candidate(Type type, Span name, std::size_t begin) {
    const Span whole = name;
    name = trimmed(text_, name);
    if (begin == whole.begin) begin = name.begin;
    if (name.begin == name.end || name.end - name.begin > longest_host) return;
    const LastLabel last = last_label(text_, name);
    if (!last.dotted && type != Type::email) return;
    if (type == Type::host && is_digit(text_[last.begin])) return report_quad(name);
    if (type != Type::email && !can_end_name(text_, {last.begin, name.end})) return;
    report_at(type, name, begin);
    const std::size_t sentence = sentence_end(text_, name);
    if (sentence != name.end && last_label(text_, {name.begin, sentence}).dotted)
      report_at(type, {name.begin, sentence}, begin);
  }

  void report_at(Type type, Span name, std::size_t begin) {
    const char next = at(name.end);
    const bool port = next == ':' && is_digit(at(name.end + 1));
    const bool inside = name.begin < stop_;  // in the path of an address: the name alone is of interest
    const bool path = is_slash(next) || next == '?' || next == '#' || port;
    const std::size_t end = type == Type::host && !inside && path ? url_end(name) : name.end;
    report(end > name.end ? Type::url : type, {begin, end}, name);
  }

  // Digits and dots: an address by value, or the addresses of a range ("10.0.0.1-10.0.0.9").
  void report_quad(Span name) {
    const std::string_view text = text_.substr(name.begin, name.end - name.begin);
    if (text.find_first_not_of("0123456789.-") != std::string_view::npos) {
      if (text.size() < 64 && canonical_ipv4(plain_spelling(text))) report(Type::ipv4, name, name);
      return;
    }
    for (std::size_t begin = name.begin; begin < name.end;) {
      const std::size_t end = std::min(text_.find('-', begin), name.end);
      if (canonical_ipv4(text_.substr(begin, end - begin))) report_address({begin, end});
      begin = end + 1;
    }
  }
  void report_address(Span quad) {
    const bool inside = quad.begin < stop_;
    const char next = at(quad.end);
    // "1.2.3.4/24" is a network, "1.2.3.4/x" and "1.2.3.4:8080" are addresses of pages.
    const bool path = next == '/' && !is_digit(at(quad.end + 1)) && static_cast<unsigned char>(at(quad.end + 1)) > 0x20;
    const bool port = next == ':' && is_digit(at(quad.end + 1));
    if (!inside && (path || port)) return report(Type::url, {quad.begin, url_end(quad)}, quad);
    report(Type::ipv4, quad, quad);
  }

  // -- IPv6 -------------------------------------------------------------------------------------------------------

  std::size_t from_colon(std::size_t colon) {
    if (at(colon + 1) != ':' && !is_hex(at(colon + 1))) return colon + 1;
    const std::size_t least = std::max(floor_, colon > longest_ipv6 ? colon - longest_ipv6 : 0);
    std::size_t begin = colon, end = colon;
    while (begin > least && is_hex(text_[begin - 1])) --begin;
    while (end < text_.size() && end - colon < longest_ipv6 &&
           (is_hex(text_[end]) || text_[end] == ':' || text_[end] == '.'))
      ++end;
    while (end > colon && text_[end - 1] == '.') --end;
    const bool joined =
        (begin > 0 && is_name_octet(text_[begin - 1])) || (end < text_.size() && is_name_octet(text_[end]));
    const std::string_view text = text_.substr(begin, end - begin);
    if (joined || text.size() < 3 || text.find(':') == text.rfind(':') || !canonical_ipv6(text)) return colon + 1;
    report(Type::ipv6, {begin, end}, {begin, end});
    floor_ = end;
    return end;
  }

  std::string_view text_, changed_;
  Disguises undo_;
  const std::function<bool(const FoundLink&)>& each_;
  Disguises disguises_;
  std::size_t floor_ = 0;      // what is before it was read
  std::size_t stop_ = 0;       // where the address that is being read ends
  std::size_t url_until_ = 0;  // what begins before this stands inside an address that was reported
  bool more_ = true;
};

// Reads a text, then its plain copies: percent-encoding is undone twice, defanged signs once.
bool search(std::string_view text, std::string_view changed, int decodings, bool refang,
            const std::function<bool(const FoundLink&)>& each) {
  Search here(text, changed, {.percent = decodings > 0, .defanged = refang}, each);
  if (!here.run()) return false;
  if (refang && here.disguises().defanged) {
    const PlainCopy copy = refanged(text);
    if (!search(copy.text, copy.changed, decodings, false, each)) return false;
  }
  if (decodings > 0 && here.disguises().percent) {
    const PlainCopy copy = percent_decoded(text);
    if (!search(copy.text, copy.changed, decodings - 1, refang, each)) return false;
  }
  return true;
}

}  // namespace

void find_links(std::string_view text, const std::function<bool(const FoundLink&)>& each) {
  search(text, {}, 2, true, each);
}

}  // namespace testudo
