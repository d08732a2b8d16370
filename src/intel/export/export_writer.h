// What a format implements: text for one indicator at a time, and why it cannot carry one. Floor 3.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "intel/export/export_format.h"

namespace testudo {

// Where writers append. The caller takes the text away between calls, so that little of it is in memory at once.
class ExportOutput {
 public:
  struct Part {
    std::string name, text;
  };
  std::string main;  // the one file; unused by folders
  // Text for a further file: of a folder, its name in it; of a single file, what is put before its extension ("-2").
  // Valid until the next call.
  std::string& part(std::string_view name);
  std::deque<Part>& parts() { return parts_; }
  std::size_t size() const;

 private:
  std::deque<Part> parts_;
};

// Why something was not written, in stable words; empty: it was.
using WithheldWord = std::string_view;

class ExportWriter {
 public:
  virtual ~ExportWriter() = default;
  // What stands first. A block list is asked for it last, with the final counts; others at once, with none.
  virtual void head(const ExportSummary& summary, ExportOutput& out);
  virtual WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) = 0;
  virtual WithheldWord pattern(const StoredPattern& pattern, ExportOutput& out);
  virtual void tail(ExportOutput& out);
};

// Lines that every block list begins with: title, author, day, counts. `mark` begins a comment ("#", ";", "!").
std::string block_list_head(const ExportRequest& request, const ExportSummary& summary, std::string_view mark);

// The constructors that the table names, one a file.
using MadeWriter = Result<std::unique_ptr<ExportWriter>>;
MadeWriter make_stix(const ExportRequest& request);
MadeWriter make_stix_mobile(const ExportRequest& request);
MadeWriter make_misp(const ExportRequest& request);
MadeWriter make_misp_feed(const ExportRequest& request);
MadeWriter make_csv(const ExportRequest& request);
MadeWriter make_rpz(const ExportRequest& request);
MadeWriter make_unbound(const ExportRequest& request);
MadeWriter make_dnsmasq(const ExportRequest& request);
MadeWriter make_pihole(const ExportRequest& request);
MadeWriter make_hosts(const ExportRequest& request);
MadeWriter make_adguard(const ExportRequest& request);
MadeWriter make_ublock(const ExportRequest& request);
MadeWriter make_suricata(const ExportRequest& request);
MadeWriter make_zeek(const ExportRequest& request);
MadeWriter make_sigma(const ExportRequest& request);
MadeWriter make_yara(const ExportRequest& request);
MadeWriter make_defender(const ExportRequest& request);
MadeWriter make_xarf(const ExportRequest& request);

}  // namespace testudo
