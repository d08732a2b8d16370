#include "intel/hunt/skeleton.h"

#include <array>
#include <memory>

#include <unicode/normalizer2.h>
#include <unicode/uidna.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include "base/text.h"

namespace testudo {
namespace {

struct CloseSpoof {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
struct CloseIdna {
  void operator()(UIDNA* idna) const { uidna_close(idna); }
};

constexpr std::size_t longest = 255;

struct Tables {
  std::unique_ptr<USpoofChecker, CloseSpoof> spoof;
  std::unique_ptr<UIDNA, CloseIdna> idna;
  const icu::Normalizer2* decompose = nullptr;
  std::array<std::string, 128> ascii;

  Tables() {
    UErrorCode fault = U_ZERO_ERROR;
    spoof.reset(uspoof_open(&fault));
    fault = U_ZERO_ERROR;
    idna.reset(uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_UNICODE, &fault));
    fault = U_ZERO_ERROR;
    decompose = icu::Normalizer2::getNFDInstance(fault);
    for (std::size_t c = 0x21; c < 0x7F; ++c) ascii[c] = ask(std::string(1, static_cast<char>(c)));
  }

  std::string ask(std::string_view text) const {
    if (!spoof || text.size() > longest) return {};
    UErrorCode fault = U_ZERO_ERROR;
    std::array<char, longest * 8> out{};
    const int32_t size = uspoof_getSkeletonUTF8(spoof.get(), 0, text.data(), static_cast<int32_t>(text.size()),
                                                out.data(), static_cast<int32_t>(out.size()), &fault);
    if (U_FAILURE(fault) || size < 0 || static_cast<std::size_t>(size) > out.size()) return {};
    return lower_ascii(std::string_view(out.data(), static_cast<std::size_t>(size)));
  }
};

const Tables& tables() {
  static const Tables loaded;
  return loaded;
}

}  // namespace

std::string shown_label(std::string_view label) {
  if (!label.starts_with("xn--") || label.size() > longest || !tables().idna) return std::string(label);
  UErrorCode fault = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  std::array<char, longest * 4> out{};
  const int32_t size = uidna_labelToUnicodeUTF8(tables().idna.get(), label.data(), static_cast<int32_t>(label.size()),
                                                out.data(), static_cast<int32_t>(out.size()), &info, &fault);
  if (U_FAILURE(fault) || size < 0 || static_cast<std::size_t>(size) > out.size()) return std::string(label);
  return std::string(out.data(), static_cast<std::size_t>(size));
}

std::string label_skeleton(std::string_view label) {
  const std::string shown = shown_label(label);
  if (!is_ascii(shown)) return tables().ask(shown);
  std::string skeleton;
  for (const char c : shown) skeleton += tables().ascii[static_cast<unsigned char>(c)];
  return skeleton;
}

std::string without_accents(std::string_view label) {
  std::string shown = shown_label(label);
  if (is_ascii(shown) || tables().decompose == nullptr) return shown;
  UErrorCode fault = U_ZERO_ERROR;
  const icu::UnicodeString apart = tables().decompose->normalize(icu::UnicodeString::fromUTF8(shown), fault);
  icu::UnicodeString plain;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1))
    if (u_charType(apart.char32At(i)) != U_NON_SPACING_MARK) plain.append(apart.char32At(i));
  std::string out;
  plain.toUTF8String(out);
  return out;
}

}  // namespace testudo
