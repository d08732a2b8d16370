#include "report/record_files.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/json_text.h"

namespace testudo {

Result<BufferedFile> BufferedFile::create(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return error(Fault::io, path + ": " + std::strerror(errno));
  return BufferedFile(std::move(file));
}

Result<void> BufferedFile::flush() {
  TRY(write_all(file_.get(), as_bytes(buffer_)));
  buffer_.clear();
  return {};
}

void append_record_json(std::string& out, const Row& row, std::string_view evidence_path) {
  out.push_back('{');
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    if (row.values[i].is_null()) continue;
    const FieldInfo& field = row.type->fields[i];
    out.append("\"").append(field.name).append("\":");
    append_value_json(out, row.values[i], field.kind);
    out.push_back(',');
  }
  out += "\"evidence\":{\"path\":";
  append_json_string(out, evidence_path);
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
  if (::mkdir(folder.c_str(), 0700) != 0) return error(Fault::io, folder + ": " + std::strerror(errno));
  return RecordFiles(folder);
}

Result<void> RecordFiles::write(const Row& row, std::string_view evidence_path) {
  auto file = files_.find(row.type);
  if (file == files_.end()) {
    const std::string path = folder_ + "/" + std::string(row.type->name) + ".ndjson";
    file = files_.emplace(row.type, TRY(BufferedFile::create(path))).first;
  }
  append_record_json(file->second.buffer(), row, evidence_path);
  return file->second.pass();
}

Result<void> RecordFiles::finish() {
  for (auto& [type, file] : files_) TRY(file.flush());
  return {};
}

}  // namespace testudo
