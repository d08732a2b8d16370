// What a worker streams, from one that the evidence has taken over: reading ends, gives no octet that was not sent, and
// frames that are written again read the same.
#include <cstdlib>
#include <string>

#include <unistd.h>

#include "sandbox/frames.h"

using namespace testudo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto stream = memory_file("stream", {data, size});
  if (!stream || ::lseek(stream->get(), 0, SEEK_SET) != 0) std::abort();
  FrameReader reader(std::move(*stream));
  std::string again;
  for (;;) {
    const bool ready = reader.ready();
    const auto next = reader.next();
    if (!next) break;
    if (!next.value()) {
      if (ready || again != as_text({data, size})) std::abort();
      break;
    }
    const Frame& frame = *next.value();
    const auto length = static_cast<std::uint32_t>(frame.payload.size());
    again.append(reinterpret_cast<const char*>(&length), sizeof length).push_back(static_cast<char>(frame.kind));
    again += frame.payload;
    static_cast<void>(error_of_frame(frame.payload));
  }
  if (!as_text({data, size}).starts_with(again)) std::abort();
  return 0;
}
