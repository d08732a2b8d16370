// Zeek's dns.log, as tab-separated text and as JSON. Source: Zeek's DNS::Info record and its ASCII writer's header
// lines
// (#separator, #fields, #unset_field; docs.zeek.org).

#include "base/text.h"
#include "intel/hunt/hunt_file.h"
#include "intel/hunt/json_shapes.h"

namespace testudo {
namespace {

// An answer of digits and dots, or with a colon, is an address; others are names or texts.
Tie tie_of_answer(std::string_view answer) {
  if (answer.find(':') != std::string_view::npos) return Tie::address;
  return answer.find_first_not_of("0123456789.") == std::string_view::npos ? Tie::address : Tie::alias;
}

struct Columns {
  std::optional<std::size_t> query, time, type, answers;
};

Columns columns_of(std::string_view fields) {
  Columns columns;
  const auto names = split(fields, '\t');
  for (std::size_t i = 1; i < names.size(); ++i) {
    const std::size_t at = i - 1;
    if (names[i] == "query") columns.query = at;
    if (names[i] == "ts") columns.time = at;
    if (names[i] == "qtype_name") columns.type = at;
    if (names[i] == "answers") columns.answers = at;
  }
  return columns;
}

void read_row(const Columns& columns, std::string_view line, const HuntReceiver& use) {
  const auto row = split(line, '\t');
  const auto cell = [&](const std::optional<std::size_t>& at) {
    return at && *at < row.size() ? row[*at] : std::string_view();
  };
  const std::string_view host = cell(columns.query);
  if (host.empty() || host == "-" || !is_host_query(cell(columns.type))) return;
  const auto at = hunted_time(cell(columns.time));
  use({.host = host, .first = at, .last = at});
  const std::string_view answers = cell(columns.answers);
  if (answers.empty() || answers == "-" || answers == "(empty)") return;
  for (const std::string_view answer : split(answers, ','))
    use({.host = host, .tie = tie_of_answer(answer), .value = answer, .first = at, .last = at});
}

class ZeekReader : public LineReader {
 public:
  using LineReader::LineReader;

 private:
  void line(std::string_view line, std::uint64_t at) override {
    if (line.starts_with("#fields\t")) columns_ = columns_of(line);
    if (line.empty() || line[0] == '#') return;
    if (!columns_.query) return notes_.add("no_query_column", at);
    read_row(columns_, line, use_);
  }
  Columns columns_;
};

bool looks_like_zeek(std::string_view head) {
  return head.starts_with("#separator") || head.find("\n#fields\t") != std::string_view::npos;
}

}  // namespace

bool read_zeek_dns_object(simdjson::dom::object object, const HuntReceiver& use) {
  const std::string_view host = text_at(object, {"query"});
  // Answers of interfaces have a `query` too, which is what somebody searched for.
  if (host.empty() || (scalar_at(object, {"uid"}).empty() && !time_at(object, {"ts"}))) return false;
  if (!is_host_query(text_at(object, {"qtype_name"}))) return true;
  const auto at = time_at(object, {"ts"});
  use({.host = host, .first = at, .last = at});
  each_text_at(object, {"answers"}, [&](std::string_view answer) {
    use({.host = host, .tie = tie_of_answer(answer), .value = answer, .first = at, .last = at});
  });
  return true;
}

const HuntFormat zeek_dns_format = {"zeek-dns", looks_like_zeek, open_reader<ZeekReader>};

}  // namespace testudo
