#include "record/finding.h"

#include <array>

namespace testudo {
namespace {

constexpr std::array<std::string_view, 5> severities = {"info", "low", "medium", "high", "critical"};

}  // namespace

std::string_view severity_name(Severity severity) { return severities[static_cast<std::size_t>(severity)]; }

std::optional<Severity> severity_from_name(std::string_view name) {
  for (std::size_t i = 0; i < severities.size(); ++i)
    if (severities[i] == name) return static_cast<Severity>(i);
  return std::nullopt;
}

std::string_view corroboration_name(Corroboration corroboration) {
  switch (corroboration) {
    case Corroboration::none:
      return "none";
    case Corroboration::uncorroborated:
      return "uncorroborated";
    case Corroboration::corroborated:
      return "corroborated";
  }
  return "none";
}

}  // namespace testudo
