// records/<record name>.ndjson: one file a record type, one line a record, in the order of the evidence. Floor 5.
#pragma once

#include <map>
#include <string>
#include <vector>

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

// Records of one type as JSON objects: the fields in order of the schema, nulls left out, then "evidence".
class RecordJson {
 public:
  explicit RecordJson(const RecordType& type);
  // Appends one line.
  void append(std::string& out, const Row& row, std::string_view evidence_path);

 private:
  const RecordType* type_;
  std::vector<std::string> keys_;  // "name": for each field
  std::string path_, path_json_;   // of the row before
};

class RecordFiles {
 public:
  // Makes `folder`, which must not exist.
  static Result<RecordFiles> create(const std::string& folder);
  Result<void> write(const Row& row, std::string_view evidence_path);
  Result<void> finish();

 private:
  explicit RecordFiles(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
  struct File {
    BufferedFile lines;
    RecordJson json;
  };
  Result<File*> file_of(const RecordType& type);
  std::map<const RecordType*, File> files_;
  const RecordType* last_type_ = nullptr;  // rows of one type come one after another
  File* last_ = nullptr;
};

}  // namespace testudo
