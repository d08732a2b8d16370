#include "intel/export/export_writer.h"

#include <algorithm>

#include "intel/export/plain_text.h"

namespace testudo {

std::string& ExportOutput::part(std::string_view name) {
  // Writers stay with a part for a while: the one wanted is mostly the last.
  const auto found = std::find_if(parts_.rbegin(), parts_.rend(), [&](const Part& part) { return part.name == name; });
  if (found != parts_.rend()) return found->text;
  parts_.push_back({std::string(name), {}});
  return parts_.back().text;
}

std::size_t ExportOutput::size() const {
  std::size_t size = main.size();
  for (const Part& part : parts_) size += part.name.size() + part.text.size();
  return size;
}

void ExportWriter::head(const ExportSummary& /*summary*/, ExportOutput& /*out*/) {}
WithheldWord ExportWriter::pattern(const StoredPattern& /*pattern*/, ExportOutput& /*out*/) { return "pattern"; }
void ExportWriter::tail(ExportOutput& /*out*/) {}

std::string block_list_head(const ExportRequest& request, const ExportSummary& summary, std::string_view mark) {
  std::string head;
  const auto line = [&](std::string_view name, std::string_view text) {
    head.append(mark).append(" ").append(name).append(": ").append(text).append("\n");
  };
  line("Title", bare_words(request.title));
  line("Author", bare_words(request.author));
  line("As of", day_text(request.as_of));
  line("Marking", std::string("TLP ").append(tlp_word(std::min(request.audience, Tlp::amber_strict))));
  line("Listed", std::to_string(summary.written));
  for (const auto& [why, count] : summary.withheld) line("Withheld, " + why, std::to_string(count));
  return head;
}

}  // namespace testudo
