// From the source through a format to a file or a folder that appears whole.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <set>

#include "base/descriptor.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/unfinished_file.h"
#include "intel/control/block_verdict.h"
#include "intel/export/export_writer.h"

namespace testudo {
namespace {

constexpr std::size_t flush_size = 1 << 18;

Error failed(std::string_view what, const std::string& path) {
  return error(errno == EACCES || errno == EPERM ? Fault::denied : Fault::io,
               std::string(what) + " " + path + ": " + std::strerror(errno));
}

// "list.csv" and "-2" -> "list-2.csv"
std::string beside(const std::string& path, std::string_view suffix) {
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  const bool extension = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1) && dot != 0;
  std::string name = path;
  name.insert(extension ? dot : path.size(), suffix);
  return name;
}

// A file in the making, beside the one that it will replace.
class Draft {
 public:
  static Result<Draft> open(const std::string& path) {
    std::string name = path + ".XXXXXX";
    const EndHeld held;
    Descriptor file(mkostemp(name.data(), O_CLOEXEC));
    if (!file.valid()) return failed("cannot write", path);
    return Draft(path, UnfinishedFile(std::move(name)), std::move(file));
  }
  int get() const { return file_.get(); }
  const std::string& path() const { return path_; }
  Result<void> publish() {
    mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(file_.get(), 0666 & ~mask) != 0 || ::fsync(file_.get()) != 0) return failed("cannot write", path_);
    if (::rename(temporary_.path().c_str(), path_.c_str()) != 0) return failed("cannot replace", path_);
    temporary_.keep();
    return {};
  }

 private:
  Draft(std::string path, UnfinishedFile temporary, Descriptor file)
      : path_(std::move(path)), temporary_(std::move(temporary)), file_(std::move(file)) {}
  std::string path_;
  UnfinishedFile temporary_;
  Descriptor file_;
};

// Where flushed text goes.
class Target {
 public:
  virtual ~Target() = default;
  virtual Result<void> flush(ExportOutput& out) = 0;
  // `head` stands before what was flushed.
  virtual Result<void> publish(std::string_view head, ExportSummary& summary) = 0;
};

class FileTarget : public Target {
 public:
  static Result<std::unique_ptr<Target>> open(const std::string& path, bool head_last, bool numbered) {
    auto target = std::make_unique<FileTarget>();
    target->path_ = path;
    target->numbered_ = numbered && path != "-";
    target->head_last_ = head_last;
    if (path == "-") {
      // A list whose head comes last is kept back in memory's place: an unnamed file.
      if (head_last) target->spool_ = TRY(memory_file("export", {}));
    } else {
      target->drafts_.push_back(TRY(Draft::open(path)));
      if (head_last) target->spool_ = TRY(unnamed(path));
    }
    return std::unique_ptr<Target>(std::move(target));
  }

  Result<void> flush(ExportOutput& out) override {
    TRY(write_all(body(), as_bytes(out.main)));
    out.main.clear();
    for (const ExportOutput::Part& part : out.parts()) {
      Draft* draft = TRY(draft_of(part.name));
      TRY(write_all(draft->get(), as_bytes(part.text)));
    }
    out.parts().clear();
    return {};
  }

  Result<void> publish(std::string_view head, ExportSummary& summary) override {
    if (head_last_) {
      TRY(write_all(final(), as_bytes(head)));
      TRY(copy(spool_.get(), final()));
    }
    const EndHeld held;
    for (Draft& draft : drafts_) {
      TRY(draft.publish());
      summary.files.push_back(draft.path());
    }
    if (numbered_) remove_rest(head);
    return {};
  }

 private:
  // What a longer list of before left in the files behind the last, known by their first line: who loads them all would
  // still block what has been withdrawn since.
  void remove_rest(std::string_view head) const {
    for (std::size_t number = drafts_.size() + 1; !head.empty(); ++number) {
      const std::string path = beside(path_, "-" + std::to_string(number));
      const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
      std::string line(head.size(), '\0');
      const auto size = static_cast<ssize_t>(line.size());
      if (!file.valid() || ::read(file.get(), line.data(), line.size()) != size || line != head) return;
      ::unlink(path.c_str());
    }
  }
  static Result<Descriptor> unnamed(const std::string& beside_path) {
    std::string name = beside_path + ".XXXXXX";
    const EndHeld held;
    Descriptor file(mkostemp(name.data(), O_CLOEXEC));
    if (!file.valid()) return failed("cannot write beside", beside_path);
    ::unlink(name.c_str());
    return file;
  }
  static Result<void> copy(int from, int to) {
    std::string block(flush_size, '\0');
    std::uint64_t at = 0;
    for (;;) {
      const ssize_t got = ::pread(from, block.data(), block.size(), static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return error(Fault::io, "cannot read back what was written");
      if (got == 0) return {};
      TRY(write_all(to, as_bytes(std::string_view(block).substr(0, static_cast<std::size_t>(got)))));
      at += static_cast<std::uint64_t>(got);
    }
  }
  int final() const { return drafts_.empty() ? STDOUT_FILENO : drafts_.front().get(); }
  int body() const { return head_last_ ? spool_.get() : final(); }
  Result<Draft*> draft_of(const std::string& suffix) {
    if (path_ == "-") return error(Fault::usage, "more than one file is needed: name a file");
    const std::string path = beside(path_, suffix);
    for (Draft& draft : drafts_)
      if (draft.path() == path) return &draft;
    drafts_.push_back(TRY(Draft::open(path)));
    return &drafts_.back();
  }

  std::string path_;
  bool head_last_ = false, numbered_ = false;
  Descriptor spool_;
  std::deque<Draft> drafts_;
};

// Files are made in a folder beside the final one and moved one by one; the one that lists the others, which writers
// begin last, is moved last.
class FolderTarget : public Target {
 public:
  static Result<std::unique_ptr<Target>> open(std::string path) {
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    if (path == "-") return error(Fault::usage, "this format is a folder of files: name one");
    auto target = std::make_unique<FolderTarget>();
    target->path_ = path;
    target->stage_ = path + ".XXXXXX";
    const EndHeld held;
    if (::mkdtemp(target->stage_.data()) == nullptr) return failed("cannot write beside", path);
    target->staged_.emplace_back(target->stage_);
    if (::mkdir(path.c_str(), 0777) == 0)
      target->made_ = UnfinishedFile(path);
    else if (errno != EEXIST)
      return failed("cannot make", path);
    return std::unique_ptr<Target>(std::move(target));
  }
  ~FolderTarget() override {
    while (!staged_.empty()) staged_.pop_back();
  }

  Result<void> flush(ExportOutput& out) override {
    for (const ExportOutput::Part& part : out.parts()) {
      const std::string path = stage_ + "/" + part.name;
      if (known_.insert(part.name).second) {
        names_.push_back(part.name);
        staged_.emplace_back(path);
      }
      const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666));
      if (!file.valid()) return failed("cannot write", path);
      TRY(write_all(file.get(), as_bytes(part.text)));
    }
    out.parts().clear();
    return {};
  }

  Result<void> publish(std::string_view /*head*/, ExportSummary& summary) override {
    const std::vector<std::string> before = listed_before();
    summary.files.push_back(path_);
    const EndHeld held;
    made_.keep();
    for (const std::string& name : names_) {
      const std::string to = path_ + "/" + name;
      if (::rename((stage_ + "/" + name).c_str(), to.c_str()) != 0) return failed("cannot replace", to);
      summary.files.push_back(to);
    }
    for (const std::string& name : before)
      if (!known_.contains(name)) ::unlink((path_ + "/" + name).c_str());
    return {};
  }

 private:
  // The events that the manifest of before names. One that the new manifest does not name would still be offered to
  // whoever knows its address, with what has been withdrawn or marked since.
  std::vector<std::string> listed_before() const {
    constexpr std::size_t uuid_size = 36;
    constexpr std::uint64_t largest = 64ULL << 20;
    std::vector<std::string> names;
    if (!known_.contains("manifest.json")) return names;
    const Descriptor file(::open((path_ + "/manifest.json").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    const auto text = file.valid() ? read_all(file.get(), largest) : Result<std::string>(std::string());
    if (!text) return names;
    for (std::size_t at = 0; (at = text->find("\":{", at)) != std::string::npos; ++at)
      if (at > uuid_size && is_uuid(std::string_view(*text).substr(at - uuid_size, uuid_size)))
        names.push_back(text->substr(at - uuid_size, uuid_size) + ".json");
    return names;
  }
  std::string path_, stage_;
  UnfinishedFile made_;                // the final folder, unless it was there
  std::deque<UnfinishedFile> staged_;  // the folder beside it, and the files in it
  std::vector<std::string> names_;
  std::set<std::string, std::less<>> known_;
};

bool may_leave(std::optional<Tlp> tlp, const ExportFormat& format, const ExportRequest& request) {
  if (!tlp) return true;
  if (format.use == ExportFormat::Use::block_list && *tlp == Tlp::red) return false;
  return *tlp <= request.audience;
}

class Run {
 public:
  Run(const ExportFormat& format, const ExportRequest& request, ExportWriter& writer, Target& target)
      : format_(format), request_(request), writer_(writer), target_(target) {}

  Result<ExportSummary> all(ExportSource& source) {
    const bool head_last = format_.use == ExportFormat::Use::block_list;
    if (!head_last) writer_.head(summary_, out_);
    StoredIndicator indicator;
    while (TRY(source.next(indicator))) TRY(count(one(indicator)));
    StoredPattern pattern;
    while (TRY(source.next_pattern(pattern))) TRY(count(one(pattern)));
    if (const std::uint64_t others = head_last ? 0 : TRY(source.other_objects()); others != 0)
      summary_.withheld["object"] = others;
    writer_.tail(out_);
    TRY(target_.flush(out_));
    if (head_last) writer_.head(summary_, out_);
    TRY(target_.publish(out_.main, summary_));
    return std::move(summary_);
  }

 private:
  WithheldWord one(const StoredIndicator& indicator) {
    if (!may_leave(strictest_tlp(indicator), format_, request_)) return withheld_name(Withheld::tlp);
    if (format_.use == ExportFormat::Use::block_list) {
      const BlockJudgement judged = judge_block(indicator, request_.as_of, request_.rules);
      if (judged.why != Withheld::no) return withheld_name(judged.why);
      if (judged.exact_only && indicator.kind == Kind::host && !format_.exact) return "covers_others";
    }
    return writer_.indicator(indicator, out_);
  }
  WithheldWord one(const StoredPattern& pattern) {
    if (!may_leave(pattern.tlp, format_, request_)) return withheld_name(Withheld::tlp);
    if (pattern.text.empty()) return "empty";
    // Two sources of one rule would make two objects of one id.
    if (!patterns_.insert(sha256(as_bytes(pattern.language + "\n" + pattern.text))).second) return "duplicate";
    return writer_.pattern(pattern, out_);
  }
  Result<void> count(WithheldWord why) {
    if (why.empty()) {
      ++summary_.written;
    } else {
      ++summary_.withheld[std::string(why)];
    }
    return out_.size() < flush_size ? Result<void>() : target_.flush(out_);
  }

  const ExportFormat& format_;
  const ExportRequest& request_;
  ExportWriter& writer_;
  Target& target_;
  ExportSummary summary_;
  ExportOutput out_;
  std::set<Sha256> patterns_;
};

}  // namespace

Result<ExportSummary> write_export(const ExportFormat& format, const ExportRequest& request, ExportSource& source,
                                   const std::string& path) {
  ExportRequest asked = request;
  if (asked.previous.empty() && path != "-") asked.previous = path;
  const std::unique_ptr<ExportWriter> writer = TRY(format.make(asked));
  const bool head_last = format.use == ExportFormat::Use::block_list;
  const std::unique_ptr<Target> target =
      TRY(format.folder ? FolderTarget::open(path) : FileTarget::open(path, head_last, format.numbered));
  return Run(format, asked, *writer, *target).all(source);
}

}  // namespace testudo
