// MISP: events as JSON, their feeds' indices, and their CSV. Floor 3.
// Sources: the MISP core format (draft-dulaunoy-misp-core-format); PyMISP's feed generator for the layout of feeds.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

// {"Event": {…}}, {"response": […]}, lists of either, bare events, and what searches answer with: attributes alone.
// manifest.json and hashes.csv of a feed directory are known and passed over: they hold no more than the events.
extern const FeedFormat misp_format;
// uuid,event_id,category,type,value,comment,to_ids,date and the other headers that MISP writes.
extern const FeedFormat misp_csv_format;

}  // namespace testudo
