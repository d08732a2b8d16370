// Frames: what a worker streams to its parent, and what the parent accepts. A frame is a 32-bit length, one octet of
// kind and the payload. Floor 3.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"

namespace testudo {

// Kinds that every worker shares; functions use kinds from `first_own` on.
enum class FrameKind : std::uint8_t {
  done = 1,      // the function returned; nothing follows
  failed = 2,    // the function gave up: payload is an Error (fault, offset, what)
  progress = 3,  // payload: octets done since the last one (u64)
  first_own = 16,
};

// A frame longer than this is refused by the parent: a worker gone wrong must not fill its memory.
inline constexpr std::uint32_t max_frame = 64U << 20;

class FrameWriter {
 public:
  explicit FrameWriter(int descriptor) : descriptor_(descriptor) { buffer_.reserve(capacity_); }
  // Gives what is written to `take`, some frames at a time, without a copy; the last at the latest when this ends.
  explicit FrameWriter(std::function<void(std::string octets)> take)
      : descriptor_(-1), capacity_(capacity_taken), take_(std::move(take)) {
    buffer_.reserve(capacity_);
  }
  ~FrameWriter() {
    drop_unfinished();
    flush();
  }
  FrameWriter(const FrameWriter&) = delete;
  FrameWriter& operator=(const FrameWriter&) = delete;
  // Buffers and writes. Where the parent is gone, the process ends: there is nobody left to work for.
  void write(std::uint8_t kind, std::string_view payload);
  void write(FrameKind kind, std::string_view payload) { write(static_cast<std::uint8_t>(kind), payload); }
  // The same without a copy: what is appended to begin(kind) until end() is the payload.
  std::string& begin(std::uint8_t kind);
  void end();
  // A frame that was begun and not ended is left out.
  void fail(const Error& e);
  // What another writer gave: whole frames, if all of it comes. Much at once is not copied.
  void pass_on(std::string_view octets);
  void flush();

 private:
  // Buffers that are given away are made again and again: larger ones the C library gives back to the system each time.
  static constexpr std::size_t capacity_taken = 96 * 1024;
  static constexpr std::size_t spare = 32 * 1024;  // most frames fit into it
  void put(std::string_view octets);
  void drop_unfinished();
  int descriptor_;
  std::size_t capacity_ = 256 * 1024;
  std::function<void(std::string)> take_;
  std::string buffer_;
  static constexpr std::size_t none = ~std::size_t{0};
  std::size_t open_ = none;  // where the frame begins that begin() started
};

struct Frame {
  std::uint8_t kind = 0;
  std::string_view payload;  // until the next call of next()
};

class FrameReader {
 public:
  explicit FrameReader(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}
  int descriptor() const { return descriptor_.get(); }
  // Blocks for the next frame. Nothing at the end of the stream; an Error for a frame that is cut short or too long.
  Result<std::optional<Frame>> next();
  // Whether a whole frame is already buffered, so that next() would not block.
  bool ready() const;

 private:
  Result<bool> fill();
  Descriptor descriptor_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
};

// The Error carried by a FrameKind::failed payload.
Error error_of_frame(std::string_view payload);

}  // namespace testudo
