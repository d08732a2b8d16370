// Any octets as the file that a parser asked for; the first one says which parser. Every record that comes out is of a
// type that the parser declared, with texts that can be written.
#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "parser/runner.h"
#include "record/row_frame.h"

using namespace testudo;

namespace {

class Checking : public Sink {
 public:
  explicit Checking(const Parser& parser) : parser_(parser) {}
  void anomaly(std::string_view, std::uint64_t) override {}

 protected:
  bool consider(const Row&) override { return true; }
  void keep(const Row& row) override {
    if (std::ranges::find(parser_.records, row.type) == parser_.records.end()) std::abort();
    std::string wire;
    encode_row(wire, 0, row);
    DecodedRow decoded;
    if (!decode_row(wire, decoded).ok() || !is_utf8(line_of(row))) std::abort();
  }

 private:
  const Parser& parser_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Parser& parser = parsers()[data[0] % parsers().size()];
  const auto blob = memory_blob({data + 1, size - 1});
  const Want& want = parser.wants.front();
  const InputFile file{std::string(want.domain), std::string(want.path), blob.get(), nullptr, FileRole::primary, 0};
  Checking sink(parser);
  static_cast<void>(run_parser(parser, {&file, 1}, sink).outcome.ok());
  return 0;
}
