// records/<record name>.ndjson: one file a record type, one line a record, in the order of the evidence. Floor 5.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/unfinished_file.h"
#include "record/row.h"

namespace testudo {

// A file that is written through a buffer; made with mode 0600, never over an existing one. It has its name only when
// all of it is written, and is removed again unless it is kept: results that count together are kept together.
class BufferedFile {
 public:
  // Fault::usage ("file_exists") if there is something at `path`.
  static Result<BufferedFile> create(const std::string& path);
  BufferedFile(BufferedFile&&) noexcept = default;
  BufferedFile& operator=(BufferedFile&&) noexcept = default;
  // The text being gathered: append to it, then call pass().
  std::string& buffer() { return buffer_; }
  // Writes the buffer out where it has grown large.
  Result<void> pass() { return buffer_.size() < 256 * 1024 ? Result<void>() : flush(); }
  Result<void> flush();
  // Writes the buffer out and gives the file its name.
  Result<void> publish();
  void keep() { unfinished_.keep(); }

 private:
  BufferedFile(std::string path, UnfinishedFile unfinished, Descriptor file)
      : path_(std::move(path)), unfinished_(std::move(unfinished)), file_(std::move(file)) {}
  std::string path_;
  UnfinishedFile unfinished_;
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

// As unfinished as its files are until they are kept.
class RecordFiles {
 public:
  // Makes `folder`, which must not exist.
  static Result<RecordFiles> create(const std::string& folder);
  Result<void> write(const Row& row, std::string_view evidence_path);
  // Gives all files their names.
  Result<void> publish();
  void keep();

 private:
  explicit RecordFiles(std::string folder) : folder_(std::move(folder)), made_(folder_) {}
  std::string folder_;
  UnfinishedFile made_;
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
