#include "record/row.h"

#include "base/hash.h"
#include "base/json_text.h"
#include "base/text.h"
#include "record/row_frame.h"

namespace testudo {
namespace {

void append_time_json(std::string& out, Time time) {
  out.push_back('"');
  append_rfc3339(out, time);
  out.push_back('"');
}

void append_base64_json(std::string& out, Bytes bytes) {
  out.push_back('"');
  append_base64(out, bytes);
  out.push_back('"');
}

std::string_view cut_at_character(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Appends with runs of white space as one space, and none at the beginning; stops where the line is longer than
// `limit` and would stay so without white space at its end.
void append_collapsed(std::string& line, std::string_view text, std::size_t limit) {
  while (!text.empty() && (line.size() <= limit || line.back() == ' ')) {
    std::size_t run = 0;
    while (run < text.size() && !is_space(text[run])) ++run;
    line.append(text.substr(0, run));
    if (run == text.size()) return;
    if (!line.empty() && line.back() != ' ') line.push_back(' ');
    text.remove_prefix(run + 1);
  }
}

}  // namespace

std::string_view row_state_name(RowState state) {
  switch (state) {
    case RowState::current:
      return "current";
    case RowState::wal_only:
      return "wal_only";
    case RowState::before_wal:
      return "before_wal";
    case RowState::recovered:
      return "recovered";
  }
  return "current";
}

std::string record_key(const Row& row) {
  const auto counts = [&](std::size_t i) { return row.type->identifies(i) && !row.values[i].is_null(); };
  bool any = false;
  for (std::size_t i = 0; i < row.values.size(); ++i) any |= counts(i);
  std::string whole(row.type->name);
  for (std::size_t i = 0; i < row.values.size(); ++i)
    if (!any || row.type->identifies(i)) encode_values(whole, row.values.subspan(i, 1));
  const Sha256 digest = sha256(as_bytes(whole));
  return to_hex(Bytes(digest).first(16));
}

LinePattern::LinePattern(const RecordType& type) : type_(&type) {
  std::string_view pattern = type.line;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    const bool has_field = close != std::string_view::npos;
    parts_.push_back(
        {pattern.substr(0, open), has_field ? type.field(pattern.substr(open + 1, close - open - 1)) : std::nullopt});
    if (!has_field) return;
    pattern.remove_prefix(close + 1);
  }
}

std::string_view LinePattern::of(const Row& row, std::size_t limit) {
  constexpr std::size_t enough = 4096;  // of a long text only the beginning can be shown
  line_.clear();
  for (const Part& part : parts_) {
    // A little more than the limit is enough to know that it is passed.
    if (line_.size() > limit && line_.back() != ' ') break;
    append_collapsed(line_, part.before, limit);
    if (!part.field) continue;
    const Value& value = row.values[*part.field];
    if (value.type() == Value::Type::text)
      append_collapsed(line_, value.text().substr(0, enough), limit);
    else if (!value.is_null())
      append_collapsed(line_, value_as_text(value, type_->fields[*part.field].kind), limit);
  }
  while (line_.ends_with(' ')) line_.pop_back();
  if (line_.size() <= limit) return line_;
  line_.resize(cut_at_character(line_, limit).size());
  return line_ += "…";
}

std::string line_of(const Row& row, std::size_t limit) { return std::string(LinePattern(*row.type).of(row, limit)); }

std::string value_as_text(const Value& value, Kind kind) {
  switch (value.type()) {
    case Value::Type::null:
      return {};
    case Value::Type::integer:
      if (kind == Kind::time) return to_rfc3339(Time{value.integer()});
      if (kind == Kind::boolean) return value.integer() != 0 ? "true" : "false";
      if (kind == Kind::duration) break;
      return std::to_string(value.integer());
    case Value::Type::real:
      break;
    case Value::Type::text:
      return std::string(value.text());
    case Value::Type::bytes:
      return to_hex(value.bytes());
  }
  std::string out;
  append_value_json(out, value, kind);
  return out;
}

void append_value_json(std::string& out, const Value& value, Kind kind) {
  switch (value.type()) {
    case Value::Type::null:
      out += "null";
      return;
    case Value::Type::real:
      append_json_real(out, value.real());
      return;
    case Value::Type::text:
      append_json_string(out, value.text());
      return;
    case Value::Type::bytes:
      append_base64_json(out, value.bytes());
      return;
    case Value::Type::integer:
      if (kind == Kind::time)
        append_time_json(out, Time{value.integer()});
      else if (kind == Kind::duration)
        append_json_real(out, static_cast<double>(value.integer()) / 1e6);
      else if (kind == Kind::boolean)
        out += value.integer() != 0 ? "true" : "false";
      else
        append_json_integer(out, value.integer());
  }
}

}  // namespace testudo
