#include "app/worker/text_worker.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {
namespace {

constexpr auto text_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr std::size_t piece = 1U << 20;
constexpr std::size_t longest_answer = std::size_t{4} << 30;

}  // namespace

void write_answer(FrameWriter& out, std::string_view text) {
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), piece))) out.write(text_frame, text.substr(0, piece));
}

Result<std::string> ask_worker(Zygote& zygote, Task task, std::string_view request, std::span<const int> descriptors) {
  Worker worker = TRY(zygote.run(static_cast<std::uint16_t>(task), request, descriptors, {.memory = 16ULL << 30}));
  std::string answer;
  TRY(worker.each_frame(error(Fault::internal, "the file could not be read: the reading process died"),
                        [&](const Frame& frame) -> Result<void> {
                          if (frame.kind == text_frame) answer += frame.payload;
                          if (answer.size() > longest_answer)
                            return error(Fault::limit, "an answer of more than 4 GiB");
                          return {};
                        }));
  return is_utf8(answer) ? std::move(answer) : to_utf8(answer);
}

}  // namespace testudo
