// What a client posts: an envelope of objects, taken apart so that a broken object is lost alone. Floor 3.
// Sources: TAXII 2.1, 3.7 (envelope); STIX 2.1, 2.9 (identifiers), 3.2 (common properties), 3.6 (versions).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace testudo {

struct PostedObject {
  std::string id, type;         // of what cannot be parsed the id, if it has a valid one
  std::string spec_version;     // "2.1" …; as far as it is told, else as its properties show
  std::optional<Time> version;  // modified, else created; nothing: the object has no versions
  std::string version_text;     // as it was written
  std::string json;             // octet for octet as it was posted
  std::string failure;          // why it cannot be taken, in English; empty: it can
};

// The limits of one request; what is beyond fails, the rest does not.
struct PostLimits {
  std::size_t objects = 100000, depth = 64, object_octets = 8U << 20;
};

struct Envelope {
  std::vector<PostedObject> objects;
  bool more = false;
  std::string next;
};

// Fault::malformed if the text is no envelope: no JSON, no object, without an array `objects`. Also reads a STIX
// bundle, which has the same array. Cost: linear; memory: a copy of the objects.
Result<std::vector<PostedObject>> read_posted_objects(std::string_view body, const PostLimits& limits = {});
// The same out of a file, one object after the other, for files of any size: memory is that of the largest object. What
// `use` says ends it.
using PostedUse = std::function<Result<void>(const PostedObject&)>;
Result<void> each_posted_object(int fd, const PostLimits& limits, const PostedUse& use);
// The same for a page of a server, with what it says of further pages. An envelope without objects is empty.
Result<Envelope> read_envelope(std::string_view body, const PostLimits& limits = {});

// Whether `id` is "type--UUID" with this type.
bool is_stix_id(std::string_view id, std::string_view type);

}  // namespace testudo
