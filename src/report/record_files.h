// records/<record name>.ndjson: one file a record type, one line a record, in the order of the evidence. Floor 5.
#pragma once

#include <map>
#include <string>

#include "base/descriptor.h"
#include "record/row.h"

namespace testudo {

// A file that is written through a buffer; made with mode 0600, never over an existing one.
class BufferedFile {
 public:
  static Result<BufferedFile> create(const std::string& path);
  BufferedFile(BufferedFile&&) noexcept = default;
  // The text being gathered: append to it, then call pass().
  std::string& buffer() { return buffer_; }
  // Writes the buffer out where it has grown large.
  Result<void> pass() { return buffer_.size() < 256 * 1024 ? Result<void>() : flush(); }
  Result<void> flush();

 private:
  explicit BufferedFile(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
  std::string buffer_;
};

// Appends a record as one JSON object: its fields in order of the schema, nulls left out, then "evidence".
void append_record_json(std::string& out, const Row& row, std::string_view evidence_path);

class RecordFiles {
 public:
  // Makes `folder`, which must not exist.
  static Result<RecordFiles> create(const std::string& folder);
  Result<void> write(const Row& row, std::string_view evidence_path);
  Result<void> finish();

 private:
  explicit RecordFiles(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
  std::map<const RecordType*, BufferedFile> files_;
};

}  // namespace testudo
