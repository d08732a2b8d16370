#include "sandbox/frames.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <unistd.h>

#include "base/wire.h"

namespace testudo {
namespace {

constexpr std::size_t header = 5;

}  // namespace

void FrameWriter::write(std::uint8_t kind, std::string_view payload) {
  if (buffer_.size() + payload.size() + header > capacity_) flush();
  WireOut(buffer_).number(static_cast<std::uint32_t>(payload.size())).number(kind);
  if (payload.size() + header > capacity_) {
    flush();
    return put(payload);
  }
  buffer_ += payload;
}

std::string& FrameWriter::begin(std::uint8_t kind) {
  open_ = buffer_.size();
  WireOut(buffer_).number(std::uint32_t{0}).number(kind);
  return buffer_;
}

void FrameWriter::end() {
  const auto size = static_cast<std::uint32_t>(buffer_.size() - open_ - header);
  std::memcpy(buffer_.data() + open_, &size, sizeof size);
  open_ = none;
  if (buffer_.size() + spare >= capacity_) flush();
}

void FrameWriter::put(std::string_view octets) {
  if (take_) return take_(std::string(octets));
  if (!write_all(descriptor_, as_bytes(octets))) ::_exit(0);
}

void FrameWriter::pass_on(std::string_view octets) {
  constexpr std::size_t much = 64 * 1024 - 1;
  if (buffer_.size() + octets.size() > capacity_ || octets.size() > much) flush();
  if (octets.size() > much) return put(octets);
  buffer_ += octets;
}

// What an exception left half-made.
void FrameWriter::drop_unfinished() {
  if (open_ != none) buffer_.resize(std::exchange(open_, none));
}

void FrameWriter::fail(const Error& e) {
  drop_unfinished();
  std::string payload;
  WireOut(payload).number(e.fault).number(e.offset).text(e.what);
  write(FrameKind::failed, payload);
}

void FrameWriter::flush() {
  if (buffer_.empty()) return;
  if (take_) {
    take_(std::exchange(buffer_, {}));
    buffer_.reserve(capacity_);
    return;
  }
  put(buffer_);
  buffer_.clear();
}

Error error_of_frame(std::string_view payload) {
  WireIn in(payload);
  const auto fault = in.number<std::uint8_t>();
  const auto offset = in.number<std::uint64_t>();
  const auto what = in.text();
  if (!fault || !offset || !what || *fault > static_cast<std::uint8_t>(Fault::internal))
    return error(Fault::internal, "a worker failed and did not say why");
  return error(static_cast<Fault>(*fault), *what, *offset);
}

bool FrameReader::ready() const {
  if (end_ - begin_ < header) return false;
  std::uint32_t size = 0;
  std::memcpy(&size, buffer_.data() + begin_, sizeof size);
  return size > max_frame || end_ - begin_ >= header + size;
}

Result<bool> FrameReader::fill() {
  constexpr std::size_t chunk = 256 * 1024;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() < end_ + chunk) buffer_.resize(end_ + chunk);
  for (;;) {
    const ssize_t got = ::read(descriptor_.get(), buffer_.data() + end_, buffer_.size() - end_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error(Fault::io, std::strerror(errno));
    end_ += static_cast<std::size_t>(got);
    return got > 0;
  }
}

Result<std::optional<Frame>> FrameReader::next() {
  while (!ready()) {
    if (TRY(fill())) continue;
    if (begin_ == end_) return std::optional<Frame>();
    return error(Fault::truncated, "a worker stopped in the middle of a frame");
  }
  std::uint32_t size = 0;
  std::memcpy(&size, buffer_.data() + begin_, sizeof size);
  if (size > max_frame) return error(Fault::malformed, "a worker's frame is too long");
  Frame frame{static_cast<std::uint8_t>(buffer_[begin_ + 4]), {buffer_.data() + begin_ + header, size}};
  begin_ += header + size;
  return std::optional<Frame>(frame);
}

}  // namespace testudo
