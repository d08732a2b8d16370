// Jobs are begun in their order, so that the one whose turn it is to write is always being done by somebody.
#include "app/worker/side_by_side.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace testudo {
namespace {

constexpr std::size_t most_kept = std::size_t{32} << 20;
constexpr std::size_t most_threads = 4;

class Turns {
 public:
  explicit Turns(FrameWriter& out) : out_(out) {}

  // A part of what a job writes: kept until its turn, for which it waits where too much is kept already.
  void part(std::size_t job, std::string octets) {
    std::unique_lock lock(mutex_);
    if (job != turn_ && kept_ + octets.size() > most_kept)
      changed_.wait(lock, [&] { return job == turn_ || given_up_; });
    if (given_up_) return;
    if (job == turn_) {
      write_kept(job);
      return out_.pass_on(octets);
    }
    kept_ += octets.size();
    waiting_[job].parts.push_back(std::move(octets));
  }
  void end(std::size_t job) {
    const std::scoped_lock lock(mutex_);
    if (given_up_) return;
    waiting_[job].ended = true;
    for (auto next = waiting_.find(turn_); next != waiting_.end() && next->second.ended; next = waiting_.find(turn_)) {
      write_kept(turn_);
      waiting_.erase(turn_++);
    }
    changed_.notify_all();
  }
  // A job will not end: nobody waits for its turn any more, and what follows it is not written.
  void give_up() {
    const std::scoped_lock lock(mutex_);
    given_up_ = true;
    changed_.notify_all();
  }
  bool given_up() const { return given_up_; }

 private:
  struct Kept {
    std::vector<std::string> parts;
    bool ended = false;
  };
  void write_kept(std::size_t job) {
    const auto found = waiting_.find(job);
    if (found == waiting_.end()) return;
    for (const std::string& part : std::exchange(found->second.parts, {})) {
      out_.pass_on(part);
      kept_ -= part.size();
    }
  }

  FrameWriter& out_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Kept> waiting_;
  std::size_t turn_ = 0, kept_ = 0;
  bool given_up_ = false;
};

}  // namespace

void side_by_side(std::size_t count, FrameWriter& out, const std::function<void(std::size_t, FrameWriter&)>& job) {
  Turns turns(out);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) {
        {
          FrameWriter frames([&turns, i](std::string octets) { turns.part(i, std::move(octets)); });
          job(i, frames);
        }
        turns.end(i);
      }
    } catch (const std::bad_alloc&) {
      next = count;
      turns.give_up();
    }
  };
  const std::size_t processors = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min({processors, count, most_threads}); ++i) others.emplace_back(work);
  work();
  others.clear();  // waits for each
  if (turns.given_up()) throw std::bad_alloc();
}

}  // namespace testudo
