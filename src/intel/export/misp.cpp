// MISP: one event with everything, to be imported by hand or through the programming interface.
#include "intel/export/misp_event.h"
#include "intel/export/plain_text.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

class Misp : public ExportWriter {
 public:
  explicit Misp(const ExportRequest& request)
      : event_({export_uuid("misp-event", request.author + "\n" + request.title), one_line(request.title),
                one_line(request.author), request.as_of, std::nullopt},
               request.rules) {}

  void head(const ExportSummary& /*summary*/, ExportOutput& out) override { event_.begin(out.main); }
  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    return event_.add(indicator, out.main);
  }
  WithheldWord pattern(const StoredPattern& pattern, ExportOutput& out) override {
    return event_.add(pattern, out.main);
  }
  void tail(ExportOutput& out) override { event_.end(out.main); }

 private:
  MispEvent event_;
};

}  // namespace

MadeWriter make_misp(const ExportRequest& request) { return MadeWriter(std::make_unique<Misp>(request)); }

}  // namespace testudo
