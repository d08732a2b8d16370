#include "evidence/read_ahead.h"

#include <algorithm>
#include <cstring>

namespace testudo {

ReadAhead::Window& ReadAhead::window_for(std::uint64_t offset) {
  for (Window& w : windows_)
    if (w.leads_to(offset)) {
      w.width = std::min(w.width * 2, widest);
      return w;
    }
  Window& oldest = *std::min_element(windows_.begin(), windows_.end(),
                                     [](const Window& a, const Window& b) { return a.stamp < b.stamp; });
  oldest.width = narrow;
  return oldest;
}

Result<void> ReadAhead::read(std::uint64_t offset, std::span<std::uint8_t> out) {
  if (out.empty()) return {};
  for (std::size_t i = 0; i < windows; ++i) {
    const std::size_t at = (last_ + i) % windows;
    Window& w = windows_[at];
    if (!w.holds(offset, out.size())) continue;
    std::memcpy(out.data(), w.octets.data() + (offset - w.start), out.size());
    last_ = at;
    w.stamp = ++clock_;
    return {};
  }
  if (out.size() > widest / 4 || offset >= size_ || out.size() > size_ - offset) return blob_->read(offset, out);

  Window& w = window_for(offset);
  const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(std::max(w.width, out.size()), size_ - offset));
  if (w.octets.size() < want) w.octets.resize(want);
  w.used = 0;
  w.start = offset;
  w.stamp = ++clock_;
  // A window that cannot be read in full must not cost the page that can.
  if (!blob_->read(offset, std::span(w.octets).first(want))) return blob_->read(offset, out);
  w.used = want;
  last_ = static_cast<std::size_t>(&w - windows_.data());
  std::memcpy(out.data(), w.octets.data(), out.size());
  return {};
}

}  // namespace testudo
