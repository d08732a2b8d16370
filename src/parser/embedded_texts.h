// Embedded texts: what people or apps wrote inside archives that a database keeps as blobs, one text a line, so that
// links in them are found without knowing their classes. Floor 4.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/bytes.h"
#include "codec/typedstream.h"

namespace testudo {

class Sink;

class EmbeddedTexts {
 public:
  static constexpr std::size_t most_octets = 1U << 20;  // of all lines of one record
  static constexpr int most_depth = 4;                  // archives inside archives

  // A text that the record holds already is not repeated.
  void known(std::string_view text);
  // One line: line ends become spaces. Texts that were added before, and empty ones, are left out. The text that a
  // `data:` address holds in base64 is one more.
  void add(std::string_view text);
  // Everything readable in a property list, keyed archive or typed stream, and in such blobs inside it. Of other octets
  // the runs of six and more printable characters. False if the blob is none of the former.
  bool add_blob(Bytes blob) { return add_blob(blob, 0); }
  // What an app sent with a message: such an archive, or where it is none a protocol buffer message.
  bool add_payload(Bytes payload);
  // The texts of a protocol buffer message without its description: each length-delimited field that is a message goes
  // on being read, each that is text is a line. False, and runs of characters, if the octets are no such message.
  bool add_protobuf(Bytes message);
  // What the archive `blob` of a body holds beside its text: the texts in its attributes, and readable runs behind the
  // place where its reading stopped.
  void add_others(const AttributedText& body, Bytes blob);

  bool truncated() const { return truncated_; }
  std::optional<std::string> take();
  // The same; reports `embedded_texts_truncated` where there was more than is kept.
  std::optional<std::string> take(Sink& out, std::uint64_t where);

 private:
  bool add_blob(Bytes blob, int depth);
  bool add_fields(Bytes message, int depth);
  void add_runs(Bytes blob);

  std::string lines_;
  std::unordered_set<std::string> seen_;
  bool truncated_ = false;
};

// JSON as Apple's writer makes it, with "\\/" for "/": with the addresses in it as they are.
std::string without_escaped_slashes(std::string_view json);

// Whether octets may hold a host, address or link: for deciding if a blob is worth decoding. Cost: one scan.
bool may_hold_link(Bytes octets);

}  // namespace testudo
