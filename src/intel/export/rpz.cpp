// Response policy zones: names with all below them, addresses and networks that answers hold. Names are relative, so
// that the zone may be loaded under any name. Source: draft-vixie-dnsop-dns-rpz-00; BIND 9 Administrator Reference.
#include <algorithm>
#include <array>
#include <charconv>

#include "intel/export/domain_list.h"
#include "intel/network.h"

namespace testudo {
namespace {

constexpr std::string_view default_zone = "rpz.testudo.test";

struct Action {
  std::string_view word, target;
};
constexpr std::array actions = {Action{"nxdomain", "."}, Action{"nodata", "*."}, Action{"drop", "rpz-drop."},
                                Action{"tcp-only", "rpz-tcp-only."}, Action{"passthru", "rpz-passthru."}};

std::string v4_owner(const Network& network) {
  std::string owner = std::to_string(network.prefix);
  for (std::size_t i = 4; i-- > 0;) owner += "." + std::to_string(network.address[i]);
  return owner;
}

std::string hex_word(unsigned word) {
  std::array<char, 8> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), word, 16).ptr;
  return {text.data(), end};
}

// The longest run of zero words, the first of equals, as "zz"; a single zero word stays.
std::string v6_owner(const Network& network) {
  std::array<unsigned, 8> words{};
  for (std::size_t i = 0; i < 8; ++i)
    words[i] = static_cast<unsigned>(network.address[2 * i]) << 8 | network.address[2 * i + 1];
  std::size_t first = 8, length = 1;
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && words[end] == 0) ++end;
    if (end - i > length) {
      first = i;
      length = end - i;
    }
    i = std::max(end, i + 1);
  }
  std::string owner = std::to_string(network.prefix);
  for (std::size_t i = 8; i-- > 0;) {
    if (first < 8 && i + 1 == first + length) {
      owner += ".zz";
      i = first;
    } else {
      owner += "." + hex_word(words[i]);
    }
  }
  return owner;
}

class Rpz : public ExportWriter {
 public:
  Rpz(const ExportRequest& request, std::string_view target)
      : request_(request), zone_(request.zone.empty() ? default_zone : std::string_view(request.zone)) {
    line_.append(" CNAME ").append(target).append("\n");
  }

  void head(const ExportSummary& summary, ExportOutput& out) override {
    out.main += block_list_head(request_, summary, ";");
    out.main += "; Zone: " + zone_ + "\n$TTL 300\n@ SOA localhost. root.localhost. (" + serial() +
                " 3600 600 604800 300)\n@ NS localhost.\n";
  }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    switch (indicator.kind) {
      case Kind::host:
        return host(indicator.value, out);
      case Kind::ipv4:
      case Kind::ipv6:
      case Kind::cidr:
        return address(indicator.value, out);
      default:
        return "kind";
    }
  }

 private:
  WithheldWord host(const std::string& name, ExportOutput& out) const {
    if (!is_dns_name(name)) return "not_a_dns_name";
    // "*.", the name, '.', the zone: 253 octets as text (RFC 1035 §2.3.4).
    if (name.size() + zone_.size() + 3 > 253) return "name_too_long";
    out.main.append(name).append(line_).append("*.").append(name).append(line_);
    return {};
  }
  WithheldWord address(std::string_view value, ExportOutput& out) const {
    const std::optional<Network> network = parse_network(value);
    if (!network) return "kind";
    out.main.append(network->v6 ? v6_owner(*network) : v4_owner(*network)).append(".rpz-ip").append(line_);
    return {};
  }
  // Seconds since 1970: a later export has a higher serial (RFC 1982).
  std::string serial() const {
    return std::to_string(std::clamp<std::int64_t>(request_.as_of.micros / 1000000, 1, 0xFFFFFFFF));
  }

  ExportRequest request_;
  std::string zone_, line_;
};

}  // namespace

MadeWriter make_rpz(const ExportRequest& request) {
  TRY(check_action(request, {"nxdomain", "nodata", "drop", "tcp-only", "passthru"}));
  if (!request.zone.empty() && !is_dns_name(request.zone)) return error(Fault::usage, "the zone is not a DNS name");
  const auto* action = std::ranges::find(actions, request.action, &Action::word);
  return MadeWriter(std::make_unique<Rpz>(request, action == actions.end() ? "." : action->target));
}

}  // namespace testudo
