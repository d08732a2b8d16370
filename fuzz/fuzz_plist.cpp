// Property lists: whatever the octets are, reading returns, what was read can be walked by recursion, every text is
// valid UTF-8, and the JSON is JSON.
#include <cstdlib>

#include <simdjson.h>

#include "base/text.h"
#include "codec/plist.h"

using namespace testudo;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void walk(Node node, int depth, int& left) {
  require(depth <= 513);
  if (--left < 0) return;
  for (std::size_t i = 0; i < node.size(); ++i) {
    static_cast<void>(node[node.key(i)]);
    walk(node[i], depth + 1, left);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto list = Plist::parse({data, size});
  if (!list.ok()) return 0;
  int left = 100'000;
  walk(list.value().root(), 0, left);
  for (const std::string_view text : all_texts(list.value())) require(is_utf8(text));
  simdjson::dom::parser parser;
  require(parser.parse(to_json(list.value().root(), {.objects = 100'000})).error() == simdjson::SUCCESS);
  if (const auto archive = KeyedArchive::of(list.value().root())) {
    const Node root = archive->top();
    static_cast<void>(archive->class_name(root));
    static_cast<void>(archive->text(root));
    static_cast<void>(archive->data(root));
    static_cast<void>(archive->date(root));
  }
  return 0;
}
