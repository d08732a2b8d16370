// typedstream: the archives of NeXTSTEP's NSArchiver, in which Messages keeps a message's text with its attributes
// (column `attributedBody`). Floor 1. Format and sources: docs/formats/typedstream.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace testudo {

// All texts are valid UTF-8.
struct AttributedText {
  std::string text;
  // Every other string in the archive, in order of appearance, each once where the archive shares it: addresses of
  // links, file transfer GUIDs, mentioned addresses, and the texts of property lists inside (data detectors). Names of
  // attributes ("__kIM…AttributeName") are left out.
  std::vector<std::string> other_texts;
  // Empty if the archive was read to its end; otherwise what stopped the reading ("typedstream_truncated",
  // "typedstream_malformed", "typedstream_too_deep", or the name of
  // a property list's anomaly), at `anomaly_offset`. What stands before is kept.
  std::string_view anomaly;
  std::uint64_t anomaly_offset = 0;
};

// Reads an attributed string from a typedstream archive of either byte order or, as newer systems may store it, from a
// keyed archive in a binary property list. An Error only if no text at all could be read: Fault::malformed (neither of
// the two), truncated, unsupported (the format of NeXTSTEP before 1989). Cost: linear in the octets.
Result<AttributedText> parse_attributed_text(Bytes archive);

}  // namespace testudo
