#include "intel/actor/vendor_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "intel/actor/vendor_schema.h"

namespace testudo {
namespace {

using Attributes = std::vector<std::pair<std::string, std::string>>;

// A line taken apart: `field: part; part; … [letters]`, escapes undone, white space around parts dropped.
struct Line {
  std::string_view field;
  std::vector<std::string> parts;
  std::optional<std::string> letters;  // what stands in the brackets at the end
};

class FileParser {
 public:
  FileParser(std::string_view path, std::string_view text) : path_(path), text_(text) {}
  Result<VendorFile> parse();

 private:
  Error refuse(std::string_view what, std::string_view detail = {}) const;
  Result<void> read_lines();
  Result<void> read_line(std::string_view line);
  Result<Line> take_apart(std::string_view line) const;
  Result<void> read_id(const Line& line);
  Result<void> read_source(const Line& line);
  Result<void> read_statement(const Line& line, VendorField field);
  Result<Attributes> attributes(std::span<const std::string> parts, std::span<const VendorAttribute> rules) const;
  Result<void> check_attribute(const VendorAttribute& rule, std::string_view value) const;
  Result<void> check_span(const VendorStatement& statement) const;
  Result<void> resolve_sources();

  std::string_view path_, text_;
  std::size_t number_ = 0;
  VendorFile file_;
  std::map<std::string, std::size_t, std::less<>> letters_;
  std::vector<std::string> cited_;  // letters of each statement, resolved at the end: sources may stand anywhere
  std::array<bool, vendor_field_count> seen_{};
};

bool has_control(std::string_view line) {
  return std::ranges::any_of(line, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; });
}

bool is_letters(std::string_view text) {
  return !text.empty() && text.size() <= 3 && std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_id(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 64 && text.front() != '-' && text.back() != '-' &&
         std::ranges::all_of(text, fits);
}

Error FileParser::refuse(std::string_view what, std::string_view detail) const {
  std::string text = std::string(path_) + ':' + std::to_string(number_) + ": " + std::string(what);
  if (!detail.empty()) text += ": " + std::string(detail.substr(0, 80));
  return error(Fault::malformed, to_utf8(text));
}

Result<Line> FileParser::take_apart(std::string_view line) const {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return refuse("a line is neither a statement nor a comment");
  Line out{.field = line.substr(0, colon), .parts = std::vector<std::string>(1), .letters = {}};
  const std::string_view rest = trim(line.substr(colon + 1));
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == '\\') {
      if (++i == rest.size() || std::string_view(";[]\\").find(rest[i]) == std::string_view::npos)
        return refuse("a backslash stands before something that needs none");
      out.parts.back() += rest[i];
    } else if (c == ';') {
      out.parts.emplace_back();
    } else if (c == ']') {
      return refuse("a closing bracket without an opening one");
    } else if (c == '[') {
      if (rest.back() != ']') return refuse("the source letters do not end the line");
      out.letters = std::string(rest.substr(i + 1, rest.size() - i - 2));
      break;
    } else {
      out.parts.back() += c;
    }
  }
  for (std::string& part : out.parts) part = std::string(trim(part));
  if (out.parts.front().empty()) return refuse("a statement without a value");
  return out;
}

Result<void> FileParser::check_attribute(const VendorAttribute& rule, std::string_view value) const {
  if (value.empty()) return refuse("an attribute without a value", rule.name);
  if (is_vendor_value(value, rule.value, rule.words)) return {};
  return refuse("not a value for `" + std::string(rule.name) + "`", value);
}

Result<Attributes> FileParser::attributes(std::span<const std::string> parts,
                                          std::span<const VendorAttribute> rules) const {
  Attributes all;
  for (const std::string& part : parts) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) return refuse("an attribute without `=`", part);
    const std::string key(trim(std::string_view(part).substr(0, equals)));
    const std::string value(trim(std::string_view(part).substr(equals + 1)));
    const auto rule = std::ranges::find(rules, std::string_view(key), &VendorAttribute::name);
    if (rule == rules.end()) return refuse("no such attribute here", key);
    if (std::ranges::find(all, key, &Attributes::value_type::first) != all.end())
      return refuse("an attribute twice", key);
    // A page that tells no date has `date=` or none.
    if (key == "date" && value.empty() && rules.data() == vendor_source_attributes().data()) continue;
    TRY(check_attribute(*rule, value));
    all.emplace_back(key, value);
  }
  for (const VendorAttribute& rule : rules)
    if (rule.required && std::ranges::find(all, rule.name, &Attributes::value_type::first) == all.end())
      return refuse("an attribute is missing", rule.name);
  return all;
}

Result<void> FileParser::read_id(const Line& line) {
  if (!file_.id.empty()) return refuse("a second id");
  if (line.parts.size() != 1 || line.letters || !is_id(line.parts.front())) return refuse("not an id");
  file_.id = line.parts.front();
  return {};
}

Result<void> FileParser::read_source(const Line& line) {
  if (line.letters) return refuse("a source with sources");
  if (!is_letters(line.parts.front())) return refuse("not a source letter", line.parts.front());
  if (line.parts.size() < 2 || !is_vendor_value(line.parts[1], VendorValue::url))
    return refuse("a source without an address");
  VendorSource source{.letter = line.parts.front(), .url = line.parts[1]};
  if (!letters_.emplace(source.letter, file_.sources.size()).second)
    return refuse("a source letter twice", source.letter);
  const Attributes all = TRY(attributes(std::span(line.parts).subspan(2), vendor_source_attributes()));
  for (const auto& [key, value] : all) {
    if (key == "title") source.title = value;
    if (key == "publisher") source.publisher = value;
    if (key == "date") source.date = value;
    if (key == "read") source.read = value;
    if (key == "grade") source.grade = value;
    if (key == "extent") source.beginning = value == "beginning";
  }
  file_.sources.push_back(std::move(source));
  return {};
}

// "2019-05" begins before "2019-05-03" ends, so dates of unlike length are compared as far as both go.
bool before(std::string_view a, std::string_view b) {
  const std::size_t both = std::min(a.size(), b.size());
  return a.substr(0, both) < b.substr(0, both);
}

Result<void> FileParser::check_span(const VendorStatement& statement) const {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> spans{{{"from", "to"}, {"on", "ended"}}};
  for (const auto& [from, to] : spans) {
    const std::string_view begin = statement.attribute(from), end = statement.attribute(to);
    if (!begin.empty() && !end.empty() && before(end, begin)) return refuse("it ends before it begins", end);
  }
  return {};
}

Result<void> FileParser::read_statement(const Line& line, VendorField field) {
  const VendorFieldRule& rule = vendor_field_rule(field);
  bool& seen = seen_[static_cast<std::size_t>(field)];
  if (rule.once && seen) return refuse("a second one", rule.name);
  seen = true;
  VendorStatement statement{.field = field, .value = line.parts.front(), .line = number_};
  if (!is_vendor_value(statement.value, rule.value)) return refuse("not a value", statement.value);
  statement.attributes = TRY(attributes(std::span(line.parts).subspan(1), rule.attributes));
  TRY(check_span(statement));
  if (!line.letters || trim(*line.letters).empty()) return refuse("a statement without a source");
  file_.statements.push_back(std::move(statement));
  cited_.push_back(*line.letters);
  return {};
}

Result<void> FileParser::resolve_sources() {
  for (std::size_t i = 0; i < cited_.size(); ++i) {
    VendorStatement& statement = file_.statements[i];
    number_ = statement.line;
    for (const std::string_view letter : split(cited_[i], ' ')) {
      if (letter.empty()) continue;
      const auto found = letters_.find(letter);
      if (found == letters_.end()) return refuse("no such source", letter);
      if (std::ranges::find(statement.sources, found->second) != statement.sources.end())
        return refuse("a source twice", letter);
      statement.sources.push_back(found->second);
    }
  }
  return {};
}

Result<void> FileParser::read_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (trim(line).empty() || line.starts_with('#')) return {};
  if (line.size() > vendor_line_limit) return refuse("a line is too long");
  if (has_control(line)) return refuse("a control character");
  const Line apart = TRY(take_apart(line));
  if (apart.field == "id") return read_id(apart);
  if (file_.id.empty()) return refuse("the id does not come first");
  if (apart.field == "source") return read_source(apart);
  const auto field = vendor_field_from_name(apart.field);
  if (!field) return refuse("no such field", apart.field);
  return read_statement(apart, *field);
}

Result<void> FileParser::read_lines() {
  std::string_view left = text_;
  if (left.starts_with("\xEF\xBB\xBF")) left.remove_prefix(3);
  while (!left.empty()) {
    ++number_;
    const std::size_t end = left.find('\n');
    TRY(read_line(left.substr(0, end)));
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
  }
  return {};
}

Result<VendorFile> FileParser::parse() {
  if (text_.size() > vendor_file_limit) return error(Fault::limit, std::string(path_) + ":1: the file is too long");
  number_ = 1;
  if (!is_utf8(text_)) return refuse("the file is not UTF-8");
  number_ = 0;
  TRY(read_lines());
  if (file_.id.empty()) return refuse("no id");
  for (const VendorField field : {VendorField::name, VendorField::summary})
    if (!seen_[static_cast<std::size_t>(field)]) return refuse("missing", vendor_field_name(field));
  TRY(resolve_sources());
  return std::move(file_);
}

const std::string& first_value(const VendorFile& file, VendorField field) {
  static const std::string none;
  const auto found = std::ranges::find(file.statements, field, &VendorStatement::field);
  return found == file.statements.end() ? none : found->value;
}

}  // namespace

std::string_view VendorStatement::attribute(std::string_view key) const {
  for (const auto& [name, value] : attributes)
    if (name == key) return value;
  return {};
}

const std::string& VendorFile::name() const { return first_value(*this, VendorField::name); }
const std::string& VendorFile::summary() const { return first_value(*this, VendorField::summary); }

Result<VendorFile> parse_vendor_file(std::string_view path, std::string_view text) {
  return FileParser(path, text).parse();
}

}  // namespace testudo
