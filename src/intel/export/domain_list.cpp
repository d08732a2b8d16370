#include "intel/export/domain_list.h"

#include <algorithm>

namespace testudo {

void DomainList::head(const ExportSummary& summary, ExportOutput& out) {
  out.main += block_list_head(request_, summary, shape_.comment);
  out.main += shape_.preamble;
}

WithheldWord DomainList::indicator(const StoredIndicator& indicator, ExportOutput& out) {
  if (indicator.kind != Kind::host) return "kind";
  if (!is_dns_name(indicator.value)) return "not_a_dns_name";
  out.main.append(shape_.before).append(indicator.value).append(shape_.after).append("\n");
  return {};
}

Result<void> check_action(const ExportRequest& request, std::initializer_list<std::string_view> allowed) {
  if (request.action.empty() || std::ranges::find(allowed, request.action) != allowed.end()) return {};
  std::string what = "unknown action; this format knows:";
  for (const std::string_view word : allowed) what.append(" ").append(word);
  return error(Fault::usage, what);
}

}  // namespace testudo
