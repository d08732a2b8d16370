// Zygote: a process forked first thing in main, before any evidence, indicator, key or password is read. Workers are
// forked from it, so a fork costs the same however much the parent holds (measured: 0.2 ms against 0.5 s from a parent
// of 4 GB). A worker gets descriptors and octets, never a path or a password, and streams frames back. Floor 3.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "base/descriptor.h"
#include "sandbox/frames.h"

namespace testudo {

// Runs in a worker. `descriptors` are borrowed and live until the function returns.
using WorkerFunction = void (*)(std::string_view request, std::span<const int> descriptors, FrameWriter& out);

// Whether WorkerLimits::memory is enforced: not where a sanitizer reserves terabytes of address space for its shadow.
// GCC says by a macro that it instruments, Clang by a feature.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define TESTUDO_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(TESTUDO_SANITIZED)
inline constexpr bool worker_memory_is_limited = false;
#else
inline constexpr bool worker_memory_is_limited = true;
#endif
#undef TESTUDO_SANITIZED

struct WorkerLimits {
  std::uint64_t memory = 2ULL << 30;  // octets of address space
  std::uint32_t processor_seconds = 3600;
};

// This computer, or a limit set for this program, has no process, descriptor or memory left: whatever was read is not
// to blame. "no_resources".
Error no_resources();
bool lacks_resources(const Error& e);

// A running worker. Destroying it kills the process if it still runs.
class Worker {
 public:
  Worker(int pid, Descriptor stream) : pid_(pid), frames_(std::move(stream)) {}
  ~Worker();
  Worker(Worker&& other) noexcept : pid_(std::exchange(other.pid_, 0)), frames_(std::move(other.frames_)) {}
  Worker& operator=(Worker&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(frames_, other.frames_);
    return *this;
  }
  FrameReader& frames() { return frames_; }
  // Gives every frame of the worker's own to `take`, until it is done. Errors: what the worker gave up with, what
  // `take` says, what FrameReader says; `died` where the stream ends before the worker is done.
  Result<void> each_frame(const Error& died, const std::function<Result<void>(const Frame&)>& take);
  // Tells the destructor that the worker has ended by itself.
  void ended() { pid_ = 0; }

 private:
  int pid_;
  FrameReader frames_;
};

class Zygote {
 public:
  // Forks the zygote. The functions are told apart by their index. Call it before any thread exists.
  static Result<Zygote> start(std::span<const WorkerFunction> functions);
  Zygote(Zygote&&) noexcept = default;
  Zygote& operator=(Zygote&&) = delete;
  ~Zygote();

  // Starts functions[function] in a worker of its own. The descriptors are duplicated into it. Errors: no_resources().
  Result<Worker> run(std::uint16_t function, std::string_view request, std::span<const int> descriptors,
                     WorkerLimits limits = {});

 private:
  Zygote(int pid, Descriptor control) : pid_(pid), control_(std::move(control)) {}
  int pid_;
  Descriptor control_;
};

}  // namespace testudo
