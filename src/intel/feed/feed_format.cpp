// The table of formats. What each is recognised by: docs/formats/feeds.md.
#include "intel/feed/feed_format.h"

#include <array>

#include "intel/feed/abusech.h"
#include "intel/feed/blocklists.h"
#include "intel/feed/csv.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/file_marking.h"
#include "intel/feed/ids_rules.h"
#include "intel/feed/json_table.h"
#include "intel/feed/misp.h"
#include "intel/feed/openioc.h"
#include "intel/feed/otx.h"
#include "intel/feed/prose.h"
#include "intel/feed/rpz.h"
#include "intel/feed/sigma.h"
#include "intel/feed/stalkerware.h"
#include "intel/feed/stix.h"
#include "intel/feed/text_list.h"
#include "intel/feed/yara.h"
#include "intel/feed/zeek.h"

namespace testudo {
namespace {

constexpr int recognised = 50;
constexpr int certain = 90;  // from here on no other format is asked

// Of two formats that a file looks like alike, the first is taken.
std::span<const FeedFormat> formats() {
  static const std::array table{stix_format,    misp_format, misp_csv_format,  openioc_format,     zeek_format,
                                yara_format,    rpz_format,  ids_rules_format, stalkerware_format, tinycheck_format,
                                abusech_format, otx_format,  adblock_format,   hosts_format,       dnsmasq_format,
                                unbound_format, csv_format,  json_format,      text_format,        prose_format,
                                sigma_format};
  return table;
}

}  // namespace

Result<void> FeedFormat::read(const FeedText& feed, FeedSink& sink) const {
  const std::optional<Tlp> tlp = marking_of_file(feed, said_in, sink);
  if (!tlp) return reader(feed, sink);
  MarkedSink marked(sink, *tlp);
  return reader(feed, marked);
}

std::span<const FeedFormat> feed_formats() { return formats(); }

const FeedFormat* feed_format(std::string_view name) {
  for (const FeedFormat& format : formats())
    if (format.name == name) return &format;
  return nullptr;
}

const FeedFormat* recognise_feed(std::string_view name, std::string_view octets) {
  const FeedHead head(name, octets);
  const FeedFormat* best = nullptr;
  int best_likeness = recognised - 1;
  for (const FeedFormat& format : formats()) {
    if (format.most <= best_likeness) continue;
    const int likeness = format.likeness(head);
    if (likeness <= best_likeness) continue;
    best = &format;
    best_likeness = likeness;
    if (likeness >= certain) break;
  }
  return best;
}

}  // namespace testudo
