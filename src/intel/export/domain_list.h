// Lists of one line a host: what they share. Floor 3.
#pragma once

#include "intel/export/export_writer.h"
#include "intel/export/plain_text.h"

namespace testudo {

// `before` host `after`, a line each, under a head of comments. Hosts alone: an address of a page never blocks its
// host.
struct DomainListShape {
  std::string_view comment, preamble, before, after;
};

class DomainList : public ExportWriter {
 public:
  DomainList(const ExportRequest& request, const DomainListShape& shape) : request_(request), shape_(shape) {}
  void head(const ExportSummary& summary, ExportOutput& out) override;
  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override;

 protected:
  ExportRequest request_;
  DomainListShape shape_;
};

// Fault::usage unless `action` is empty or one of `allowed`.
Result<void> check_action(const ExportRequest& request, std::initializer_list<std::string_view> allowed);

}  // namespace testudo
