#include "record/coverage.h"

namespace testudo {

std::string_view source_status_name(SourceStatus status) {
  switch (status) {
    case SourceStatus::parsed:
      return "parsed";
    case SourceStatus::partial:
      return "partial";
    case SourceStatus::absent:
      return "absent";
    case SourceStatus::unsupported:
      return "unsupported";
  }
  return "unsupported";
}

}  // namespace testudo
