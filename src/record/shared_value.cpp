#include "record/shared_value.h"

#include "base/url.h"

namespace testudo {

std::optional<std::string> shared_text(const FieldInfo& field, std::string_view text) {
  if (is_content(field.show)) return std::nullopt;
  return field.kind == Kind::url ? url_without_path(text, "***") : std::string(text);
}

}  // namespace testudo
