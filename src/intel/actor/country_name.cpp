#include "intel/actor/country_name.h"

#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <array>

namespace testudo {

std::string country_name(std::string_view code, std::string_view language) {
  const std::string locale = "und_" + std::string(code);
  const std::string shown_in(language.starts_with("qps") ? "en" : language);
  std::array<UChar, 128> name{};
  UErrorCode status = U_ZERO_ERROR;
  const auto size = uloc_getDisplayCountry(locale.c_str(), shown_in.c_str(), name.data(),
                                           static_cast<std::int32_t>(name.size()), &status);
  if (U_FAILURE(status) || size <= 0) return std::string(code);
  std::string text;
  return icu::UnicodeString(name.data(), size).toUTF8String(text);
}

}  // namespace testudo
