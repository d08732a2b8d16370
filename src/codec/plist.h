// Property lists: binary ("bplist00"), XML and NSKeyedArchiver archives inside them. Floor 1.
// Formats: docs/formats/plist.md. Facts: Apple's CFBinaryPList.c (published with CF-Lite), PropertyList-1.0.dtd.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

namespace testudo {

struct PlistLimits {
  std::uint32_t objects = 4'000'000;  // objects in one list
  std::uint32_t depth = 512;          // nesting that a walk follows
};

// A violated expectation that did not stop the reading (a reference beyond the table, a cycle, text that is not UTF-8).
struct PlistAnomaly {
  std::string_view name;  // static text: "plist_bad_reference", "plist_cycle", "plist_truncated", ...
  std::uint64_t offset;
};

class Plist;
namespace plist_detail {
struct Object;
}

// One object of a list: a cheap handle, valid while its Plist lives. A default Node is of type `none` and answers every
// question with nothing, so that look-ups can be chained without checks: root["Applications"]["com.x"]["name"].text().
class Node {
 public:
  enum class Type : std::uint8_t { none, null, boolean, integer, real, date, data, text, uid, array, dict, set };

  Node() = default;
  Type type() const;
  explicit operator bool() const { return type() != Type::none; }

  // Each answers only for its own type; nothing otherwise.
  std::optional<bool> boolean() const;
  std::optional<std::int64_t> integer() const;   // 16-octet integers beyond int64 answer nothing
  std::optional<double> real() const;            // also for integers
  std::optional<Time> date() const;              // nothing if out of range
  std::optional<std::string_view> text() const;  // UTF-8, valid
  std::optional<Bytes> data() const;
  std::optional<std::uint64_t> uid() const;  // CF$UID: an index into "$objects" of a keyed archive

  std::size_t size() const;                     // items of an array or set, entries of a dictionary; 0 otherwise
  Node operator[](std::size_t i) const;         // item of an array or set, value of the i-th entry of a dictionary
  std::string_view key(std::size_t i) const;    // key of the i-th entry of a dictionary ("" if it is not text)
  Node operator[](std::string_view key) const;  // value of the first entry with this key
  std::uint64_t offset() const;                 // octets from the start of the list, for anomalies

 private:
  friend class Plist;
  friend std::string to_json(Node node, PlistLimits limits);
  Node(const Plist* list, std::uint32_t index) : list_(list), index_(index) {}
  const plist_detail::Object* as(Type wanted) const;
  const Plist* list_ = nullptr;
  std::uint32_t index_ = 0;
};

class Plist {
 public:
  // Reads a binary or an XML list. What can be read of a damaged list is kept and anomalies() says what could not;
  // an Error means that nothing at all could be read. Borrows `bytes` for as long as the Plist lives.
  // Cost: one pass, linear in the octets; nothing is followed recursively.
  // What remains is acyclic and at most `limits.depth` containers deep, so callers may recurse over it; but shared
  // objects are not copied, so a hostile list can hold more paths than objects: walk all of it with all_texts().
  static Result<Plist> parse(Bytes bytes, PlistLimits limits = {});
  Plist(Plist&&) noexcept;
  Plist& operator=(Plist&&) noexcept;
  ~Plist();

  Node root() const;
  const std::vector<PlistAnomaly>& anomalies() const;

 private:
  friend class Node;
  friend std::vector<std::string_view> all_texts(const Plist& list, std::size_t limit);
  friend std::string to_json(Node node, PlistLimits limits);
  struct State;
  explicit Plist(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A keyed archive ("$archiver" NSKeyedArchiver, "$objects", "$top") seen as plain objects.
class KeyedArchive {
 public:
  // Nothing if the list is not a keyed archive. Borrows the Plist behind `root`.
  static std::optional<KeyedArchive> of(Node root);
  Node top(std::string_view name = "root") const;     // "$top"[name], resolved
  Node resolve(Node node) const;                      // follows a CF$UID (a chain of at most 8); "$null" becomes Node()
  Node get(Node object, std::string_view key) const;  // resolve(object[key])
  std::string_view class_name(Node object) const;     // "$classname" of its "$class"
  // NSString, NSMutableString, NSURL ("NS.relative" with its "NS.base" not joined), or plain text.
  std::optional<std::string_view> text(Node object) const;
  std::optional<Bytes> data(Node object) const;  // NSData, NSMutableData or plain data
  std::optional<Time> date(Node object) const;   // NSDate ("NS.time") or a plain date

 private:
  KeyedArchive(Node objects, Node top) : objects_(objects), top_(top) {}
  Node objects_, top_;
};

// Every text in the list, each object once, keys included: for finding links in archives whose classes we do not know.
// Stops after `limit` texts.
std::vector<std::string_view> all_texts(const Plist& list, std::size_t limit = 100'000);

// The list as JSON text (dates as RFC 3339, data as base64, CF$UID as {"CF$UID":n}, integers beyond 64 bits as text),
// to keep what a record has no field for. Cycles and what lies deeper than the limit become null, and so does
// everything after the text has grown to 16 MB plus 16 times the list: shared objects are written again at every place.
std::string to_json(Node node, PlistLimits limits = {});

}  // namespace testudo
