#include "report/record_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_text.h"

namespace testudo {

Result<BufferedFile> BufferedFile::create(const std::string& path) {
  if (::faccessat(AT_FDCWD, path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0) return error(Fault::usage, "file_exists");
  std::string name = path + ".XXXXXX";
  const EndHeld held;
  Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file.valid()) return file_error(path);
  return BufferedFile(path, UnfinishedFile(std::move(name)), std::move(file));
}

Result<void> BufferedFile::flush() {
  TRY(write_all(file_.get(), as_bytes(buffer_)));
  buffer_.clear();
  return {};
}

Result<void> BufferedFile::publish() {
  TRY(flush());
  file_.reset();
  return unfinished_.move_to(path_);
}

RecordJson::RecordJson(const RecordType& type) : type_(&type) {
  for (const FieldInfo& field : type.fields) keys_.push_back("\"" + std::string(field.name) + "\":");
}

void RecordJson::append(std::string& out, const Row& row, std::string_view evidence_path) {
  if (path_json_.empty() || path_ != evidence_path) {
    path_ = evidence_path;
    path_json_ = "\"evidence\":{\"path\":";
    append_json_string(path_json_, path_);
  }
  out.push_back('{');
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    if (row.values[i].is_null()) continue;
    out += keys_[i];
    append_value_json(out, row.values[i], type_->fields[i].kind);
    out.push_back(',');
  }
  out += path_json_;
  if (row.where.rowid != Locator::nowhere) {
    out += ",\"rowid\":";
    append_json_integer(out, static_cast<std::int64_t>(row.where.rowid));
  }
  if (row.where.offset != Locator::nowhere) {
    out += ",\"offset\":";
    append_json_integer(out, static_cast<std::int64_t>(row.where.offset));
  }
  if (row.where.state != RowState::current)
    out.append(",\"state\":\"").append(row_state_name(row.where.state)).append("\"");
  out += "}}\n";
}

Result<RecordFiles> RecordFiles::create(const std::string& folder) {
  const EndHeld held;
  if (::mkdir(folder.c_str(), 0700) != 0) return file_error(folder);
  return RecordFiles(folder);
}

Result<RecordFiles::File*> RecordFiles::file_of(const RecordType& type) {
  if (last_type_ == &type) return last_;
  auto file = files_.find(&type);
  if (file == files_.end()) {
    const std::string path = folder_ + "/" + std::string(type.name) + ".ndjson";
    file = files_.emplace(&type, File{TRY(BufferedFile::create(path)), RecordJson(type)}).first;
  }
  last_type_ = &type;
  return last_ = &file->second;
}

Result<void> RecordFiles::write(const Row& row, std::string_view evidence_path) {
  File& file = *TRY(file_of(*row.type));
  file.json.append(file.lines.buffer(), row, evidence_path);
  return file.lines.pass();
}

Result<void> RecordFiles::publish() {
  for (auto& [type, file] : files_) TRY(file.lines.publish());
  return {};
}

void RecordFiles::keep() {
  for (auto& [type, file] : files_) file.lines.keep();
  made_.keep();
}

}  // namespace testudo
