#include "app/worker/feed.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <sys/mman.h>

#include "app/worker/feed_frames.h"
#include "app/worker/folder_files.h"
#include "app/worker/functions.h"
#include "app/worker/lint_frames.h"
#include "app/worker/side_by_side.h"
#include "app/worker/warnings.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/wire.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/normalising_sink.h"
#include "intel/lint/linter.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

constexpr auto head_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr auto end_frame = static_cast<std::uint8_t>(head_frame + 1);
constexpr std::size_t hashed_where_mapped = std::size_t{8} << 20;  // larger ones would fill the memory with their pages

// A file in the address space of the worker; what has been read is given back to the system as reading goes on.
class MappedFeed {
 public:
  explicit MappedFeed(int fd) {
    const auto size = size_of(fd);
    if (!size || *size == 0) return;
    void* at = ::mmap(nullptr, *size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) return;
    ::madvise(at, *size, MADV_SEQUENTIAL);
    text_ = {static_cast<const char*>(at), *size};
  }
  ~MappedFeed() {
    if (!text_.empty()) ::munmap(const_cast<char*>(text_.data()), text_.size());
  }
  MappedFeed(const MappedFeed&) = delete;
  MappedFeed& operator=(const MappedFeed&) = delete;
  std::string_view text() const { return text_; }

  // A reader that goes through its text once more says less than before.
  void release(std::size_t until) {
    constexpr std::size_t step = 8U << 20;
    if (until < released_) released_ = until / step * step;
    if (until > text_.size() || until < released_ + step) return;
    const std::size_t end = until / step * step;
    ::madvise(const_cast<char*>(text_.data()) + released_, end - released_, MADV_DONTNEED);
    released_ = end;
  }

 private:
  std::string_view text_;
  std::size_t released_ = 0;
};

// What a reader may ask for while it reads a file.
struct Reading {
  MappedFeed& feed;
  std::span<const FeedJob> jobs;  // all of the run, or none
  std::string folder;             // of the file, as jobs name it

  static std::string folder_of(const FeedJob& job) { return fs::path(job.name).parent_path().string(); }
  static void release(void* owner, std::size_t until) { static_cast<Reading*>(owner)->feed.release(until); }
  static bool lies_beside(void* owner, std::string_view name) {
    const Reading& reading = *static_cast<Reading*>(owner);
    return std::ranges::any_of(reading.jobs, [&](const FeedJob& job) {
      return job.name.ends_with(name) && fs::path(job.name).filename() == name && folder_of(job) == reading.folder;
    });
  }
  // A file that was named alone says nothing of its folder.
  bool knows_folder() const {
    return std::ranges::count_if(jobs, [&](const FeedJob& job) { return folder_of(job) == folder; }) > 1;
  }
};

void write_head(FrameWriter& out, const FeedArrival& head) {
  std::string payload;
  WireOut(payload).number(static_cast<std::uint32_t>(head.job)).text(head.format).text(head.sha256);
  WireOut(payload).number(head.octets).number(static_cast<std::uint8_t>(head.unchanged));
  out.write(head_frame, payload);
}

std::string digest_of(const MappedFeed& feed, int fd) {
  if (feed.text().size() <= hashed_where_mapped) return to_hex(sha256(as_bytes(feed.text())));
  const auto digest = sha256_of_file(fd);
  return digest ? to_hex(*digest) : std::string();
}

// What the parent asks for beside the names of the files.
struct Wanted {
  bool claims = true, defects = false;
  bool whole = true;  // the files of the run are all there, and not only those that are left
};

// `linter`: null where the file is not checked.
Result<void> read_text(const FeedText& feed, const FeedJob& job, const FeedFormat& format, Wanted wanted,
                       Linter* linter, FrameWriter& out) {
  FrameSink frames(out);
  FeedSink* const claims = wanted.claims ? &frames : nullptr;
  if (linter != nullptr) return linter->feed(job.name, feed, format, claims);
  NormalisingSink normalised(claims);
  return format.read(feed, normalised);
}

void read_one(FeedArrival head, std::span<const FeedJob> jobs, int fd, Wanted wanted, Linter* linter,
              FrameWriter& out) {
  const FeedJob& job = jobs[head.job];
  MappedFeed feed(fd);
  head.octets = feed.text().size();
  if (wanted.claims) head.sha256 = digest_of(feed, fd);
  head.unchanged = !job.known_sha256.empty() && head.sha256 == job.known_sha256;
  const std::string file = fs::path(job.name).filename().string();
  const FeedFormat* format = job.format.empty() ? recognise_feed(file, feed.text()) : feed_format(job.format);
  head.format = format != nullptr ? std::string(format->name) : std::string();
  write_head(out, head);
  if (format == nullptr && linter != nullptr) write_finding(out, {job.name, "", "not_a_feed", "", ""});
  std::string wrong;
  if (format != nullptr && !head.unchanged) {
    Reading reading{feed, wanted.whole ? jobs : std::span<const FeedJob>(), Reading::folder_of(job)};
    FeedText text{file, feed.text(), &Reading::release, &reading};
    // Asked of indexes alone: the folders of all files are not compared for each of them.
    if (file == "manifest.json" && reading.knows_folder()) text.lies_beside = &Reading::lies_beside;
    const auto read = read_text(text, job, *format, wanted, linter, out);
    if (!read) WireOut(wrong).number(read.error().fault).number(read.error().offset).text(read.error().what);
  }
  out.write(end_frame, wrong);
}

// One linter a file, so that files are checked side by side; then all of them beside each other.
void read_and_check(std::span<const FeedJob> jobs, std::span<const int> descriptors, Wanted wanted,
                    const WarningLists* warnings, FrameWriter& out) {
  std::vector<std::optional<Linter>> linters(jobs.size());
  side_by_side(jobs.size(), out, [&](std::size_t i, FrameWriter& frames) {
    linters[i].emplace([&frames](const LintFinding& finding) { write_finding(frames, finding); }, warnings);
    read_one({.job = i}, jobs, descriptors[i], wanted, &*linters[i], frames);
  });
  out.flush();  // the parent can go on with the last feed
  Linter all([&](const LintFinding& finding) { write_finding(out, finding); });
  for (auto& linter : linters) all.append(std::move(*linter));
  all.finish();
}

Result<FeedArrival> read_head(std::string_view payload, std::size_t jobs) {
  WireIn in(payload);
  FeedArrival head;
  head.job = TRY(in.number<std::uint32_t>());
  head.format = to_utf8(TRY(in.text()));
  head.sha256 = to_utf8(TRY(in.text()));
  head.octets = TRY(in.number<std::uint64_t>());
  head.unchanged = TRY(in.number<std::uint8_t>()) != 0;
  if (head.job >= jobs) return error(Fault::internal, "a worker names a feed that nobody gave it");
  return head;
}

std::string order_of(std::span<const FeedJob> jobs, Wanted wanted) {
  std::string request;
  WireOut(request).number(static_cast<std::uint8_t>(wanted.claims)).number(static_cast<std::uint8_t>(wanted.defects));
  WireOut(request).number(static_cast<std::uint8_t>(wanted.whole));
  WireOut(request).number(static_cast<std::uint32_t>(jobs.size()));
  for (const FeedJob& job : jobs) WireOut(request).text(job.name).text(job.format).text(job.known_sha256);
  return request;
}

struct Order {
  Wanted wanted;
  std::vector<FeedJob> jobs;
};

Result<Order> read_order(std::string_view request) {
  WireIn in(request);
  Order order;
  order.wanted.claims = TRY(in.number<std::uint8_t>()) != 0;
  order.wanted.defects = TRY(in.number<std::uint8_t>()) != 0;
  order.wanted.whole = TRY(in.number<std::uint8_t>()) != 0;
  order.jobs.resize(TRY(in.number<std::uint32_t>()));
  for (FeedJob& job : order.jobs)
    for (std::string* part : {&job.name, &job.format, &job.known_sha256}) *part = TRY(in.text());
  return order;
}

}  // namespace

void read_feed_files_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  const auto order = read_order(request);
  if (!order || order->jobs.size() > descriptors.size())
    return out.fail(error(Fault::internal, "a request that ends early"));
  const std::vector<FeedJob>& jobs = order->jobs;
  if (!order->wanted.defects)
    return side_by_side(jobs.size(), out, [&](std::size_t i, FrameWriter& frames) {
      read_one({.job = i}, jobs, descriptors[i], order->wanted, nullptr, frames);
    });
  std::optional<OpenWarnings> warnings;
  if (descriptors.size() > jobs.size()) {
    auto opened = open_warnings(descriptors.back());
    if (!opened) return out.fail(opened.error());
    warnings = std::move(opened.value());
  }
  read_and_check(jobs, descriptors, order->wanted, warnings ? &*warnings->lists : nullptr, out);
}

// For the feeds that no other has ended.
Result<void> FeedReading::start_worker() {
  std::vector<int> descriptors;
  for (const Descriptor& file : std::span(files_).subspan(next_)) descriptors.push_back(file.get());
  if (check_ != nullptr && check_->warnings.valid()) descriptors.push_back(check_->warnings.get());
  const Wanted wanted{.claims = claims_ == Claims::taken, .defects = check_ != nullptr, .whole = next_ == 0};
  worker_ = TRY(zygote_.run(static_cast<std::uint16_t>(Task::read_feed_files), order_of(jobs_.subspan(next_), wanted),
                            descriptors, {.memory = 64ULL << 30}));
  return {};
}

Result<void> FeedReading::begin() {
  for (const FeedJob& job : jobs_) files_.push_back(TRY(open_named(job.path)));
  return jobs_.empty() ? Result<void>() : start_worker();
}

Result<void> FeedReading::one_frame(const Frame& frame, std::size_t first) {
  if (frame.kind == head_frame) {
    head_ = TRY(read_head(frame.payload, jobs_.size() - first));
    head_.job += first;
    next_ = head_.job;
    began_ = true;
    sink_ = TRY(receiver_->begin(head_));
  } else if (frame.kind == end_frame && began_) {
    TRY(receiver_->end(head_, frame.payload.empty() ? std::nullopt : std::optional(error_of_frame(frame.payload))));
    began_ = false;
    sink_ = nullptr;
    ++next_;
  } else if (frame.kind == static_cast<std::uint8_t>(FrameKind::failed)) {
    return error_of_frame(frame.payload);
  } else if (check_ != nullptr && is_finding(frame)) {
    check_->found(TRY(read_finding(frame.payload)));
  } else if (sink_ != nullptr) {
    TRY(repeat_frame(frame, *sink_));
  }
  return {};
}

// Until the last feed has ended. False where the worker ended before.
Result<bool> FeedReading::receive(std::size_t first) {
  while (next_ < jobs_.size()) {
    const auto frame = TRY(worker_->frames().next());
    if (!frame || frame->kind == static_cast<std::uint8_t>(FrameKind::done)) return false;
    TRY(one_frame(*frame, first));
  }
  return true;
}

// The feed on which a worker died fails alone.
Result<void> FeedReading::give_up_feed() {
  if (!began_) {
    head_ = {.job = next_};
    TRY(receiver_->begin(head_));
  }
  TRY(receiver_->end(head_, error(Fault::internal, "feed_reader_died")));
  worker_.reset();
  began_ = false;
  sink_ = nullptr;
  ++next_;
  return {};
}

Result<void> FeedReading::files(FeedReceiver& receiver) {
  receiver_ = &receiver;
  if (!worker_) TRY(begin());
  while (next_ < jobs_.size()) {
    if (!worker_) TRY(start_worker());
    if (!TRY(receive(next_))) TRY(give_up_feed());
  }
  return {};
}

Result<void> FeedReading::comparison() {
  if (!worker_) return {};
  return worker_->each_frame(error(Fault::internal, "feed_compare_died"), [&](const Frame& frame) -> Result<void> {
    if (check_ != nullptr && is_finding(frame)) check_->found(TRY(read_finding(frame.payload)));
    return {};
  });
}

Result<void> read_feeds(Zygote& zygote, std::span<const FeedJob> jobs, FeedReceiver& receiver, const FeedCheck* check) {
  using Claims = FeedReading::Claims;
  FeedReading reading(zygote, jobs, receiver.takes_claims() ? Claims::taken : Claims::left, check);
  TRY(reading.files(receiver));
  return reading.comparison();
}

Result<std::vector<FeedJob>> feed_jobs(const std::vector<std::string>& paths, std::vector<std::string>* closed) {
  std::vector<FeedJob> jobs;
  std::set<std::string> names;
  // Two files of one name are two feeds: the second is known by its path as it was given.
  const auto add = [&](const std::string& path, std::string name) {
    if (!names.insert(name).second) names.insert(name = path);
    jobs.push_back({.path = path, .name = std::move(name)});
  };
  for (const std::string& path : paths) {
    std::error_code fault;
    if (!fs::is_directory(path, fault)) {
      add(path, fs::path(path).filename().string());
      continue;
    }
    const FolderFiles below = TRY(files_below(path, Clones::skip_inside));
    for (const std::string& file : below.files) add(file, fs::path(file).lexically_relative(path).string());
    if (closed != nullptr) closed->insert(closed->end(), below.closed.begin(), below.closed.end());
  }
  return jobs;
}

}  // namespace testudo
