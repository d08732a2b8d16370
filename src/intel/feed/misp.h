// MISP: events as JSON, their feeds' indices, and their CSV. Floor 3.
// Sources: the MISP core format (draft-dulaunoy-misp-core-format); PyMISP's feed generator for the layout of feeds.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

// {"Event": {…}}, {"response": […]}, lists of either, bare events, and what searches answer with: attributes alone.
// manifest.json and hashes.csv of a feed directory are known and passed over: they hold no more than the events.
extern const FeedFormat misp_format;
// The same for a text of any size: one of more than `most` octets is parsed event by event, and of a larger event
// attribute by attribute and object by object, so that it takes the memory of `most` octets (some four times that).
constexpr std::size_t misp_at_once = std::size_t{32} << 20;
Result<void> read_misp(const FeedText& feed, FeedSink& sink, std::size_t most);

// uuid,event_id,category,type,value,comment,to_ids,date and the other headers that MISP writes.
extern const FeedFormat misp_csv_format;

}  // namespace testudo
