// YARA: kept rules as their authors wrote them, under names that are unique in the file, and a rule for each file hash
// that no kept rule could say. Source: YARA documentation, modules/hash.
#include <set>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
#include "intel/export/export_writer.h"
#include "intel/export/facts.h"
#include "intel/export/plain_text.h"
#include "intel/export/yara_text.h"

namespace testudo {
namespace {

// A string of YARA in quotes.
std::string quoted_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

class Yara : public ExportWriter {
 public:
  explicit Yara(const ExportRequest& request) : request_(request) {}

  void head(const ExportSummary& /*summary*/, ExportOutput& out) override {
    out.main += "// " + bare_words(request_.title) + "\n// As of: " + day_text(request_.as_of) + "\n";
    out.main += "import \"hash\"\n";
  }

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    const Kind kind = indicator.kind;
    if (kind != Kind::md5 && kind != Kind::sha1 && kind != Kind::sha256) return "kind";
    const Facts facts = facts_of(indicator);
    if (facts.revoked) return "revoked";
    // A rule that matches is an alarm: YARA's reader sees the role, if at all, behind it.
    if (const Withheld why = judge_alarm(indicator, facts, request_.rules).why; why != Withheld::no)
      return withheld_name(why);
    const std::string word(kind_name(kind));
    std::string& text = out.main;
    text += "\nrule " + identifier("testudo_" + word + "_" + indicator.value, 100) + "\n{\n    meta:\n";
    meta(text, "threat", joined(facts.threats));
    meta(text, "source", joined(facts.sources));
    meta(text, "role", role_word(facts.role()));
    if (facts.tlp) meta(text, "tlp", tlp_word(*facts.tlp));
    text += "    condition:\n        hash." + word + "(0, filesize) == " + quoted_text(indicator.value) + "\n}\n";
    return {};
  }

  WithheldWord pattern(const StoredPattern& pattern, ExportOutput& out) override {
    if (pattern.language != "yara") return "pattern_language";
    if (pattern.revoked) return "revoked";
    const Sha256 digest = sha256(as_bytes(pattern.text));
    const std::string key = to_hex(digest);
    if (pattern.text.find('\0') != std::string::npos || !is_utf8(pattern.text)) return "broken_rule";
    const Result<YaraText> read = read_yara(pattern.text);
    if (!read) return read.error().fault == Fault::unsupported ? "rule_reaches_out" : "broken_rule";
    out.main += "\n// Source: " + bare_words(pattern.source);
    if (pattern.tlp) out.main.append(", TLP:").append(upper_ascii(tlp_word(*pattern.tlp)));
    out.main += "\n";
    for (const std::string& module : read->modules) out.main += "import \"" + module + "\"\n";
    out.main += renamed(pattern.text, *read, key.substr(0, 8)) + "\n";
    return {};
  }

 private:
  static void meta(std::string& text, std::string_view key, std::string_view value) {
    if (!value.empty())
      text.append("        ").append(key).append(" = ").append(quoted_text(one_line(value, 500))) += "\n";
  }

  // The rules from the first on; those whose name an earlier text has taken get a suffix, wherever they are named.
  std::string renamed(std::string_view text, const YaraText& read, const std::string& suffix) {
    std::set<std::string_view> clashing;
    for (const std::string& rule : read.rules)
      if (!names_.insert(rule).second || rule.starts_with("testudo_")) clashing.insert(rule);
    std::string out;
    std::size_t done = read.body;
    for (const YaraText::Name& word : read.words) {
      if (!clashing.contains(text.substr(word.at, word.size))) continue;
      out.append(text.substr(done, word.at + word.size - done)).append("_").append(suffix);
      done = word.at + word.size;
    }
    for (const std::string_view rule : clashing) names_.insert(std::string(rule) + "_" + suffix);
    return out.append(text.substr(done));
  }

  ExportRequest request_;
  std::unordered_set<std::string> names_;
};

}  // namespace

MadeWriter make_yara(const ExportRequest& request) { return MadeWriter(std::make_unique<Yara>(request)); }

}  // namespace testudo
