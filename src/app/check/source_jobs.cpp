#include "app/check/source_jobs.h"

#include <algorithm>
#include <map>
#include <set>

#include <fcntl.h>

#include "evidence/ios_backup.h"

namespace testudo {
namespace {

constexpr std::size_t most_files_a_job = 8192;

std::string evidence_path(std::string_view domain, std::string_view path) {
  return domain.empty() ? std::string(path) : std::string(domain) + "/" + std::string(path);
}

void count_anomaly(SourceCoverage& coverage, std::string_view name) {
  const auto found = std::ranges::find(coverage.anomalies, name, &Anomaly::name);
  if (found != coverage.anomalies.end())
    ++found->count;
  else
    coverage.anomalies.push_back({std::string(name), std::nullopt, 1});
}

std::string absence_reason(Presence presence, const BackupHead& head) {
  if (presence == Presence::encrypted_only && !head.device.encrypted) return "needs_encrypted_backup";
  if (head.interrupted.value_or(false)) return "backup_interrupted";
  return presence == Presence::always ? "expected_but_absent" : "not_used";
}

bool is_one_file(const Want& want) {
  return want.domain.find('*') == std::string_view::npos && want.path.find('*') == std::string_view::npos;
}

class JobMaker {
 public:
  JobMaker(const UnlockedBackup& backup, bool keep_all, FileHashes& hashes) : backup_(backup), hashes_(hashes) {
    for (const Parser& parser : parsers()) {
      SourceJob source;
      source.job.parser = &parser;
      source.job.keep_all = keep_all;
      source.coverage.source = parser.name;
      list_.jobs.push_back(std::move(source));
    }
  }

  void add_root_files() {
    for (SourceJob& source : list_.jobs)
      for (const Want& want : source.job.parser->wants)
        if (want.domain.empty()) add_root_file(source, want);
  }

  void add_located(const std::vector<LocatedFile>& files) {
    std::map<std::pair<std::string, std::string>, const LocatedFile*> logs;
    for (const LocatedFile& file : files)
      if (file.is_log) logs.emplace(std::pair(file.domain, file.path), &file);
    for (const LocatedFile& file : files) {
      if (file.is_log) continue;
      const auto log = logs.find({file.domain, file.path + "-wal"});
      ++list_.wanted;
      bool missing = false;
      for (const Wanted& want : file.wanted)
        missing |= !add(list_.jobs[want.parser], file, want.role, log == logs.end() ? nullptr : log->second);
      list_.missing += missing ? 1 : 0;
    }
  }

  // A list that names the log of a database and not the database was changed, or the backup left the database out. What
  // Apple keeps from backups without a password is no such thing.
  void note_logs_alone(const std::vector<LocatedFile>& files) {
    std::set<std::pair<std::string, std::string>> databases;
    for (const LocatedFile& file : files)
      if (!file.is_log) databases.emplace(file.domain, file.path + "-wal");
    for (const LocatedFile& file : files) {
      if (!file.is_log || databases.contains({file.domain, file.path})) continue;
      const std::string database = backup_file_id(file.domain, file.path.substr(0, file.path.rfind('-')));
      for (const Wanted& want : file.wanted) {
        SourceJob& source = list_.jobs[want.parser];
        if (seen_.contains({&source, database})) continue;  // found without the list
        const bool left_out = source.job.parser->presence == Presence::encrypted_only && !backup_.head.device.encrypted;
        if (want.role == FileRole::primary && !left_out) count_anomaly(source.coverage, "database_missing");
      }
    }
  }

  // An identifier follows from domain and path, so a file of a known name is looked for without the list. Its key
  // stands in the list alone. A list that did not stop early should have named it: a row was lost, changed or taken
  // out, or the file was left behind by an earlier backup.
  void add_unlisted(bool list_stopped) {
    for (SourceJob& source : list_.jobs) {
      bool more = false;  // files may be stored that only the list could name
      for (const Want& want : source.job.parser->wants) {
        if (want.domain.empty()) continue;
        if (!is_one_file(want) || !add_unlisted(source, want, list_stopped)) more = true;
      }
      if (more && list_stopped) count_anomaly(source.coverage, "list_cut");
    }
  }

  JobList finish() {
    for (SourceJob& source : list_.jobs) {
      SourceCoverage& coverage = source.coverage;
      const bool read =
          std::ranges::any_of(source.job.files, [](const JobFile& f) { return f.role == FileRole::primary; });
      if (!read) source.job.files.clear();
      if (read) continue;
      if (coverage.anomalies.empty()) {
        coverage.status = SourceStatus::absent;
        coverage.reason = absence_reason(source.job.parser->presence, backup_.head);
      } else {
        coverage.status = SourceStatus::partial;
        coverage.reason = reason_of_gaps(coverage);
      }
    }
    return std::move(list_);
  }

 private:
  void add_root_file(SourceJob& source, const Want& want) {
    JobFile file{
        "", std::string(want.path), want.role, backup_.folder.root_file(std::string(want.path).c_str()), {}, {}, {}, {},
        {}};
    if (!file.stored.valid()) {
      if (backup_.folder.has(std::string(want.path).c_str())) count_anomaly(source.coverage, "file_not_openable");
      return;
    }
    if (want.path == "Manifest.db") {
      file.key = backup_.manifest_key;
      file.log = backup_.folder.root_file("Manifest.db-wal");
      if (!file.log.valid() && backup_.folder.has("Manifest.db-wal")) count_anomaly(source.coverage, "log_missing");
      if (backup_.head.interrupted.value_or(false)) count_anomaly(source.coverage, "backup_interrupted");
      if (backup_.head.status_unreadable) note_status(source);
    }
    enter(source, std::move(file), std::string(want.path));
  }

  // Status.plist says whether the list of files was written to its end: where it cannot be read, nobody knows.
  void note_status(SourceJob& source) {
    count_anomaly(source.coverage, "status_unreadable");
    const Descriptor file = backup_.folder.root_file("Status.plist");
    if (!file.valid()) return;
    const auto size = size_of(file.get());
    hash("Status.plist", file);
    source.coverage.files.push_back({"Status.plist", "Status.plist", size ? *size : 0, ""});
  }

  // False if the file is stored and its key is not known.
  bool add_unlisted(SourceJob& source, const Want& want, bool list_stopped) {
    LocatedFile file{
        backup_file_id(want.domain, want.path), std::string(want.domain), std::string(want.path), {}, {}, {}, false};
    if (seen_.contains({&source, file.file_id}) || !backup_.folder.stored(file.file_id)) return true;
    if (!list_stopped) count_anomaly(source.coverage, "file_not_listed");
    if (backup_.keys) return false;
    LocatedFile log = file;
    log.path += "-wal";
    log.file_id = backup_file_id(log.domain, log.path);
    add(source, file, want.role, backup_.folder.stored(log.file_id) ? &log : nullptr);
    return true;
  }

  // False if the file is listed but not stored.
  bool add(SourceJob& source, const LocatedFile& located, FileRole role, const LocatedFile* log) {
    // File ids are hashes of domain and path. A manifest that gives one id to many rows would have it read as often.
    const auto [first, is_new] =
        seen_.try_emplace({&source, located.file_id}, evidence_path(located.domain, located.path));
    if (!is_new) {
      if (first->second != evidence_path(located.domain, located.path)) count_anomaly(source.coverage, "listed_twice");
      return true;
    }
    if (source.job.files.size() >= most_files_a_job) {
      count_anomaly(source.coverage, "too_many_files");
      return true;
    }
    auto stored = is_file_id(located.file_id) ? backup_.folder.stored(located.file_id)
                                              : Result<Descriptor>(error(Fault::malformed, "bad file id"));
    if (!stored && is_file_id(located.file_id) && stored.error().fault != Fault::not_found) {
      count_anomaly(source.coverage, "file_not_openable");
      return true;
    }
    if (!stored) {
      count_anomaly(source.coverage, is_file_id(located.file_id) ? "file_missing" : "bad_file_id");
      return false;
    }
    if (is_hollow(stored->get())) {
      count_anomaly(source.coverage, "file_hollow");
      return true;
    }
    JobFile file{located.domain, located.path, role, std::move(*stored), {}, located.size, {}, {}, {}};
    if (!open_key(located, file.key)) {
      count_anomaly(source.coverage, "file_key_damaged");
      return true;
    }
    if (log != nullptr) add_log(*log, file, source);
    enter(source, std::move(file), located.file_id.substr(0, 2) + "/" + located.file_id);
    return true;
  }

  void add_log(const LocatedFile& log, JobFile& file, SourceJob& source) {
    auto stored = is_file_id(log.file_id) ? backup_.folder.stored(log.file_id)
                                          : Result<Descriptor>(error(Fault::malformed, "bad file id"));
    if (!stored || is_hollow(stored->get()) || !open_key(log, file.log_key)) {
      count_anomaly(source.coverage, "log_missing");
      return;
    }
    file.log = std::move(*stored);
    file.log_size = log.size;
    hash(log.file_id.substr(0, 2) + "/" + log.file_id, file.log);
    source.coverage.files.push_back({evidence_path(log.domain, log.path), log.file_id.substr(0, 2) + "/" + log.file_id,
                                     size_of(file.log.get()).ok() ? *size_of(file.log.get()) : 0, ""});
  }

  bool open_key(const LocatedFile& located, std::optional<FileKey>& key) const {
    auto opened = file_key(backup_, located);
    if (opened) key = *opened;
    return opened.ok();
  }

  void hash(const std::string& name, const Descriptor& file) {
    hashes_.add(name, Descriptor(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0)));
  }

  void enter(SourceJob& source, JobFile file, const std::string& stored) {
    const auto size = size_of(file.stored.get());
    hash(stored, file.stored);
    source.evidence.push_back(evidence_path(file.domain, file.path));
    source.bytes += size ? *size : 0;
    source.coverage.files.push_back({source.evidence.back(), stored, size ? *size : 0, ""});
    source.job.files.push_back(std::move(file));
  }

  const UnlockedBackup& backup_;
  FileHashes& hashes_;
  std::map<std::pair<const SourceJob*, std::string>, std::string> seen_;  // source and file id -> its first path
  JobList list_;
};

}  // namespace

std::string reason_of_gaps(const SourceCoverage& coverage) {
  for (const char* name : {"backup_interrupted", "list_cut", "status_unreadable"})
    if (std::ranges::all_of(coverage.anomalies, [&](const Anomaly& a) { return a.name == name; })) return name;
  const auto lacks_a_file = [](const Anomaly& a) {
    return a.name == "file_missing" || a.name == "database_missing" || a.name == "file_hollow" ||
           a.name == "log_missing";
  };
  return std::ranges::any_of(coverage.anomalies, lacks_a_file) ? "file_missing" : "damaged";
}

Result<JobList> make_jobs(const UnlockedBackup& backup, const Located& located, bool keep_all, FileHashes& hashes) {
  JobMaker maker(backup, keep_all, hashes);
  maker.add_root_files();
  maker.add_located(located.files);
  maker.add_unlisted(located.stopped.has_value());
  if (!located.stopped) maker.note_logs_alone(located.files);
  return maker.finish();
}

}  // namespace testudo
