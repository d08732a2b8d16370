#include "intel/hunt/x509_facts.h"

#include <array>
#include <ctime>
#include <memory>
#include <vector>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/hash.h"
#include "base/host.h"
#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t largest = 1U << 20;
constexpr int most_names = 10000;

struct Freed {
  void operator()(X509* x) const { X509_free(x); }
  void operator()(GENERAL_NAMES* x) const { GENERAL_NAMES_free(x); }
  void operator()(BIO* x) const { BIO_free(x); }
};

std::string_view text_of(const ASN1_STRING* string) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<std::size_t>(std::max(ASN1_STRING_length(string), 0))};
}

std::optional<Time> time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return from_unix_seconds(static_cast<double>(::timegm(&parts)));
}

std::string name_of(const X509_NAME* name) {
  const std::unique_ptr<BIO, Freed> memory(BIO_new(BIO_s_mem()));
  if (!memory || X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0) return {};
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return size > 0 && size < 1024 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

std::string digest_of(const X509& certificate, const EVP_MD* kind) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(&certificate, kind, digest.data(), &size) != 1) return {};
  return to_hex(Bytes(digest.data(), size));
}

std::string key_of(const X509& certificate) {
  std::uint8_t* octets = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &octets);
  if (size <= 0) return {};
  std::string key = "key " + to_hex(sha256(Bytes(octets, static_cast<std::size_t>(size))));
  OPENSSL_free(octets);
  return key;
}

struct Names {
  std::vector<std::string> hosts, addresses;
};

void add_alternatives(const X509& certificate, Names& names) {
  const std::unique_ptr<GENERAL_NAMES, Freed> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  const int n = all ? std::min(sk_GENERAL_NAME_num(all.get()), most_names) : 0;
  for (int i = 0; i < n; ++i) {
    const GENERAL_NAME* one = sk_GENERAL_NAME_value(all.get(), i);
    if (one->type == GEN_DNS) names.hosts.emplace_back(text_of(one->d.dNSName));
    if (one->type != GEN_IPADD) continue;
    const std::string_view octets = text_of(one->d.iPAddress);
    std::string address;
    for (std::size_t at = 0; octets.size() == 4 && at < 4; ++at)
      address += (at == 0 ? "" : ".") + std::to_string(static_cast<unsigned char>(octets[at]));
    for (std::size_t at = 0; octets.size() == 16 && at < 16; at += 2)
      address += (at == 0 ? "" : ":") + to_hex(as_bytes(octets.substr(at, 2)));
    if (!address.empty()) names.addresses.push_back(std::move(address));
  }
}

Names names_of(const X509& certificate) {
  Names names;
  add_alternatives(certificate, names);
  const X509_NAME* subject = X509_get_subject_name(&certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (!names.hosts.empty() || at < 0) return names;
  const std::string_view common = text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (common.find('.') != std::string_view::npos && common.find(' ') == std::string_view::npos)
    names.hosts.emplace_back(common);
  return names;
}

}  // namespace

bool give_x509(std::string_view der, const HuntReceiver& use) {
  const std::string_view bounded = der.substr(0, largest);
  const auto* octets = reinterpret_cast<const std::uint8_t*>(bounded.data());
  const std::unique_ptr<X509, Freed> certificate(d2i_X509(nullptr, &octets, static_cast<long>(bounded.size())));
  ERR_clear_error();
  if (!certificate) return false;
  const auto made = time_of(X509_get0_notBefore(certificate.get()));
  const std::string issuer = name_of(X509_get_issuer_name(certificate.get()));
  const std::array ties = {digest_of(*certificate, EVP_md5()), digest_of(*certificate, EVP_sha1()),
                           digest_of(*certificate, EVP_sha256()), key_of(*certificate)};
  const Names names = names_of(*certificate);
  for (const std::string& host : names.hosts) {
    use({.host = host, .first = made});
    for (const std::string& tie : ties)
      if (!tie.empty()) use({.host = host, .tie = Tie::certificate, .value = tie, .first = made});
    for (const std::string& address : names.addresses)
      use({.host = host, .tie = Tie::address, .value = address, .first = made});
    if (made && !issuer.empty()) use({.host = host, .tie = Tie::batch, .value = issuer, .first = made});
  }
  return true;
}

}  // namespace testudo
