// Lists that block names in resolvers and browsers. Floor 3.
// Sources: hosts(5); the Adblock Plus filter syntax; dnsmasq(8); unbound.conf(5).
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat hosts_format;    // "0.0.0.0 a.test b.test"; a file of that name may list bare names
extern const FeedFormat adblock_format;  // "||a.test^", "@@||b.test^" is benign
extern const FeedFormat dnsmasq_format;  // "address=/a.test/0.0.0.0", "server=/a.test/", "local=/a.test/"
extern const FeedFormat unbound_format;  // "local-zone: "a.test." always_nxdomain"

}  // namespace testudo
