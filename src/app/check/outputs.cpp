#include "app/check/outputs.h"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "report/redaction.h"

namespace testudo {

namespace {

bool may_use(const std::string& folder, int how) { return ::faccessat(AT_FDCWD, folder.c_str(), how, AT_EACCESS) == 0; }

// Before anything is read or written: what the case's own floor says of a folder is not meant for people.
Result<void> look_at_case(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code fault;
  if (fs::exists(folder, fault)) {
    if (!fs::is_directory(folder, fault)) return error(Fault::usage, "case_is_file");
    return may_use(folder, R_OK | W_OK | X_OK) ? Result<void>() : error(Fault::denied, "case_closed");
  }
  if (fault == std::errc::permission_denied) return error(Fault::denied, "case_closed");
  fs::path place = fs::absolute(folder, fault);
  if (!place.has_filename()) place = place.parent_path();  // it was written with a slash at its end
  if (!fs::is_directory(place.parent_path(), fault)) return error(Fault::not_found, "case_no_parent");
  return may_use(place.parent_path().string(), W_OK | X_OK) ? Result<void>() : error(Fault::denied, "case_closed");
}

}  // namespace

Result<void> make_folder(const std::string& path) {
  std::error_code fault;
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  if (errno == ENOENT || errno == ENOTDIR) return error(Fault::not_found, "output_no_parent");
  if (errno == EACCES || errno == EPERM || errno == EROFS) return error(Fault::denied, "output_closed");
  if (errno != EEXIST) return file_error(path);
  if (!std::filesystem::is_directory(path, fault)) return error(Fault::usage, "output_is_file");
  return may_use(path, R_OK | W_OK | X_OK) ? Result<void>() : error(Fault::denied, "output_closed");
}

Result<void> make_empty_folder(const std::string& path) {
  TRY(make_folder(path));
  std::error_code fault;
  if (!std::filesystem::is_empty(path, fault) || fault) return error(Fault::usage, "output_not_empty");
  return {};
}

Result<void> write_new_file(const std::string& path, std::string_view content) {
  BufferedFile file = TRY(BufferedFile::create(path));
  file.buffer() = content;
  return file.flush();
}

Result<Outputs> Outputs::create(const CheckOptions& options, const std::vector<const RecordType*>& types) {
  if (options.case_folder) TRY(look_at_case(*options.case_folder));
  Outputs outputs;
  outputs.keep_ = options.records;
  outputs.redaction_ = options.redaction;
  if (options.out_folder) {
    outputs.folder_ = *options.out_folder;
    TRY(make_empty_folder(outputs.folder_));
    outputs.timeline_.emplace(outputs.folder_, options.seizure);
    if (options.records != KeepRecords::none && options.redaction == Redaction::none)
      outputs.files_ = TRY(RecordFiles::create(outputs.folder_ + "/records"));
  }
  if (options.case_folder) outputs.case_ = TRY(CaseWriter::begin(*options.case_folder, types));
  return outputs;
}

Result<void> Outputs::write(const Row& row, std::string_view evidence_path, bool has_finding) {
  if (keep_ != KeepRecords::all && !has_finding) return {};
  if (files_) TRY(files_->write(row, evidence_path));
  if (timeline_ && redaction_ == Redaction::none) TRY(timeline_->add(row, evidence_path));
  if (case_ && keep_ != KeepRecords::none) TRY(case_->insert(row, evidence_path));
  return {};
}

Result<void> Outputs::finish(const CheckReport& report) {
  std::string findings;
  for (const Finding& finding : report.findings) findings += finding_to_json(finding, redaction_) + "\n";
  if (!folder_.empty()) {
    TRY(write_new_file(folder_ + "/findings.ndjson", findings));
    CheckReport shared;
    if (redaction_ == Redaction::content) redact(shared = report);
    const CheckReport& shown = redaction_ == Redaction::content ? shared : report;
    TRY(write_new_file(folder_ + "/feed_remarks.ndjson", feed_remarks_ndjson(report)));
    TRY(write_new_file(folder_ + "/coverage.json", coverage_json(shown)));
    TRY(write_new_file(folder_ + "/summary.json", summary_json(shown)));
    if (files_) TRY(files_->finish());
    if (timeline_) TRY(timeline_->finish(folder_ + "/timeline.csv"));
  }
  if (case_) {
    for (const Finding& finding : report.findings) TRY(case_->add_finding(finding, finding_to_json(finding)));
    TRY(case_->finish({.summary = summary_json(report), .coverage = coverage_json(report), .as_of = report.as_of}));
  }
  return {};
}

}  // namespace testudo
