// Certificates themselves: one in DER, or any number in PEM with whatever stands between them.
// Sources: RFC 5280 §4.1 (DER), RFC 7468 §5 (PEM).
#include "base/text.h"
#include "intel/hunt/hunt_file.h"
#include "intel/hunt/x509_facts.h"

namespace testudo {
namespace {

constexpr std::string_view pem_begin = "-----BEGIN ", pem_end = "-----END ", mark_end = "-----";
constexpr std::size_t largest = 2U << 20;

// A SEQUENCE of more than 255 octets that begins with another: no text does.
bool is_der(std::string_view head) {
  return head.size() > 8 && head[0] == '\x30' && (head[1] == '\x82' || head[1] == '\x83') &&
         head[head[1] == '\x82' ? 4 : 5] == '\x30';
}

bool is_certificate(std::string_view label) {
  return label == "CERTIFICATE" || label == "X509 CERTIFICATE" || label == "TRUSTED CERTIFICATE";
}

class CertificateReader : public HuntReader {
 public:
  CertificateReader(const HuntReceiver& use, HuntNotes& notes) : use_(use), notes_(notes) {}

  std::size_t read(std::string_view text, std::uint64_t at, bool last) override {
    if (at == 0 && is_der(text)) return last ? der(text) : 0;
    std::size_t taken = 0;
    for (;;) {
      const std::size_t begin = text.find(pem_begin, taken);
      // A mark may be cut in two where the text ends.
      if (begin == std::string_view::npos) return last ? text.size() : std::max(taken, text.rfind('\n') + 1);
      const std::size_t end = text.find(pem_end, begin);
      if (end == std::string_view::npos) {
        if (!last) return begin;
        notes_.add("truncated", at + begin);
        return text.size();
      }
      one(text.substr(begin, end - begin), at + begin);
      taken = end + pem_end.size();
    }
  }

 private:
  std::size_t der(std::string_view text) {
    if (!give_x509(text, use_)) notes_.add("malformed_certificate", 0);
    return text.size();
  }

  // From "-----BEGIN" to before "-----END".
  void one(std::string_view block, std::uint64_t at) {
    const std::size_t label_end = block.find(mark_end, pem_begin.size());
    if (label_end == std::string_view::npos) return notes_.add("malformed_certificate", at);
    const std::string_view label = block.substr(pem_begin.size(), label_end - pem_begin.size());
    if (!is_certificate(label)) return;  // keys and requests say nothing of hosts
    std::string base64;
    for (const char c : block.substr(label_end + mark_end.size()))
      if (c != '\n' && c != '\r' && c != ' ' && c != '\t') base64 += c;
    const auto octets = base64.size() > largest ? std::nullopt : from_base64(base64);
    if (!octets || !give_x509(*octets, use_)) notes_.add("malformed_certificate", at);
  }

  const HuntReceiver& use_;
  HuntNotes& notes_;
};

bool looks_like_certificate(std::string_view head) {
  return is_der(head) || head.find("-----BEGIN CERTIFICATE-----") != std::string_view::npos ||
         head.find("-----BEGIN TRUSTED CERTIFICATE-----") != std::string_view::npos;
}

}  // namespace

const HuntFormat certificate_format = {"certificate", looks_like_certificate, open_reader<CertificateReader>};

}  // namespace testudo
