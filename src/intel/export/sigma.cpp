// Sigma: rules by category of log and by role, at most a thousand values each, as YAML documents one after another.
// Every text is a quoted scalar as in JSON, which YAML 1.2 contains. Source: Sigma specification 2.0 (logsource
// categories dns, proxy, firewall, process_creation, file_event; modifiers endswith, cidr, contains; wildcards).
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/export/export_writer.h"
#include "intel/export/facts.h"
#include "intel/export/plain_text.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

constexpr std::size_t rule_limit = 1000;

enum Category : std::uint8_t { dns, proxy, firewall, process, file, category_count };

struct CategoryShape {
  std::string_view logsource, title;
};
constexpr std::array<CategoryShape, category_count> shapes = {{{"dns", "DNS query for a listed name"},
                                                               {"proxy", "Request to a listed name or page"},
                                                               {"firewall", "Connection to a listed address"},
                                                               {"process_creation", "Start of a listed program"},
                                                               {"file_event", "A listed file is written"}}};

// One field of one category with the values that it is compared with.
struct Selection {
  std::string field;
  std::vector<std::string> values;
};

// A value in which '*', '?' and '\' are themselves.
std::string literal(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '*' || c == '?' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

class Rule {
 public:
  void add(std::string_view field, std::string value) {
    for (Selection& selection : selections_) {
      if (selection.field != field) continue;
      selection.values.push_back(std::move(value));
      return;
    }
    selections_.push_back({std::string(field), {std::move(value)}});
  }
  void count(std::optional<Tlp> tlp) {
    ++indicators_;
    if (tlp && (!tlp_ || *tlp_ < *tlp)) tlp_ = tlp;
  }
  std::size_t size() const { return indicators_; }

  // Appends the document and begins anew.
  void write(const ExportRequest& request, Category category, bool suspect, std::string& out) {
    const CategoryShape& shape = shapes[category];
    ++number_;
    out += "---\n";
    const std::string part = number_ == 1 ? "" : " (" + std::to_string(number_) + ")";
    std::string name(shape.logsource);
    name.append("\n").append(suspect ? "attacker" : "other").append("\n").append(request.title).append(part);
    text(out, "title", std::string(shape.title) + (suspect ? "" : " that is no cause for alarm") + part);
    text(out, "id", export_uuid("sigma", name));
    out += suspect ? "status: test\n" : "status: experimental\n";
    text(out, "description", one_line(request.title) + ", as of " + day_text(request.as_of));
    text(out, "author", one_line(request.author));
    if (!request.reference.empty()) {
      out += "references:\n    - ";
      append_json_string(out, one_line(request.reference));
      out += "\n";
    }
    if (tlp_) out.append("tags:\n    - ").append(tag_of(*tlp_)).append("\n");
    out.append("logsource:\n    category: ").append(shape.logsource).append("\ndetection:\n");
    selections(out);
    out.append("    condition: 1 of selection_*\nlevel: ").append(suspect ? "high" : "informational").append("\n");
    selections_.clear();
    indicators_ = 0;
    tlp_.reset();
  }

 private:
  // Sigma's tags know no '+'. Source: Sigma specification, appendix on tags, namespace tlp.
  static std::string tag_of(Tlp tlp) {
    std::string tag = "tlp." + std::string(tlp_word(tlp));
    std::ranges::replace(tag, '+', '-');
    return tag;
  }
  static void text(std::string& out, std::string_view key, std::string_view value) {
    out.append(key).append(": ");
    append_json_string(out, value);
    out += "\n";
  }
  void selections(std::string& out) const {
    std::size_t number = 0;
    for (const Selection& selection : selections_) {
      out.append("    selection_").append(std::to_string(++number)).append(":\n        ");
      out.append(selection.field).append(":\n");
      for (const std::string& value : selection.values) {
        out += "            - ";
        append_json_string(out, value);
        out += "\n";
      }
    }
  }

  std::vector<Selection> selections_;
  std::size_t indicators_ = 0, number_ = 0;
  std::optional<Tlp> tlp_;  // the strictest of what it holds
};

class Sigma : public ExportWriter {
 public:
  explicit Sigma(const ExportRequest& request) : request_(request) {}

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    const Facts facts = facts_of(indicator);
    if (facts.revoked) return "revoked";
    const BlockJudgement judged = judge_alarm(indicator, facts, request_.rules);
    suspect_ = judged.why == Withheld::no;
    tlp_ = facts.tlp;
    return add(indicator, judged.exact_only, out) ? "" : "kind";
  }

  void tail(ExportOutput& out) override {
    for (std::size_t i = 0; i < category_count; ++i)
      for (const bool suspect : {true, false}) {
        Rule& rule = rules_[suspect ? 1 : 0][i];
        if (rule.size() > 0) rule.write(request_, static_cast<Category>(i), suspect, out.main);
      }
  }

 private:
  // `exact_only`: a name without what lies below it.
  bool add(const StoredIndicator& indicator, bool exact_only, ExportOutput& out) {
    const std::string value = literal(indicator.value);
    switch (indicator.kind) {
      case Kind::host:
        begin(dns, out).add("query", value);
        begin(proxy, out).add("cs-host", value);
        if (exact_only) return true;
        rule(dns).add("query|endswith", "." + value);
        rule(proxy).add("cs-host|endswith", "." + value);
        return true;
      case Kind::url:
        begin(proxy, out).add("c-uri|endswith", "://" + value);
        return true;
      case Kind::ipv4:
      case Kind::ipv6:
        begin(firewall, out).add("dst_ip", value);
        return true;
      case Kind::cidr:
        begin(firewall, out).add("dst_ip|cidr", value);
        return true;
      case Kind::process:
        begin(process, out).add("Image|endswith", "/" + value);
        return true;
      case Kind::md5:
      case Kind::sha1:
      case Kind::sha256:
        begin(process, out)
            .add("Hashes|contains", upper_ascii(std::string(kind_name(indicator.kind))) + "=" + upper_ascii(value));
        return true;
      case Kind::path:
        begin(file, out).add("TargetFilename", value);
        rule(file).add("TargetFilename|startswith", value + "/");
        return true;
      case Kind::file_name:
        begin(file, out).add("TargetFilename|endswith", "/" + value);
        return true;
      default:
        return false;
    }
  }
  Rule& rule(Category category) { return rules_[suspect_ ? 1 : 0][category]; }
  // The rule that takes one more indicator.
  Rule& begin(Category category, ExportOutput& out) {
    Rule& open = rule(category);
    if (open.size() == rule_limit) open.write(request_, category, suspect_, out.main);
    open.count(tlp_);
    return open;
  }

  ExportRequest request_;
  bool suspect_ = true;  // of the indicator at hand, as its marking
  std::optional<Tlp> tlp_;
  std::array<std::array<Rule, category_count>, 2> rules_;
};

}  // namespace

MadeWriter make_sigma(const ExportRequest& request) { return MadeWriter(std::make_unique<Sigma>(request)); }

}  // namespace testudo
