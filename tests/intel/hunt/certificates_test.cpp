// Certificates themselves, logs of certificates, and compressed files.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <zlib.h>
#include <zstd.h>

#include "base/hash.h"
#include "base/text.h"
#include "intel/hunt/hunt_file.h"

namespace testudo {
namespace {

// A certificate for names such as "DNS:a.test,IP:203.0.113.5", signed by itself; in DER.
std::string certificate(const std::string& names, const char* common = "common.test") {
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, void (*)(X509*)> x(X509_new(), X509_free);
  X509_set_version(x.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x.get()), 15);
  ASN1_TIME_set_string_X509(X509_getm_notBefore(x.get()), "20240501100000Z");
  ASN1_TIME_set_string_X509(X509_getm_notAfter(x.get()), "20240801100000Z");
  X509_NAME* subject = X509_get_subject_name(x.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(common), -1, -1, 0);
  X509_set_issuer_name(x.get(), subject);
  X509_set_pubkey(x.get(), key.get());
  if (!names.empty()) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
    X509_add_ext(x.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(x.get(), key.get(), EVP_sha256());
  std::string der(static_cast<std::size_t>(i2d_X509(x.get(), nullptr)), '\0');
  auto* out = reinterpret_cast<unsigned char*>(der.data());
  i2d_X509(x.get(), &out);
  return der;
}

std::string pem(const std::string& der, const char* label = "CERTIFICATE") {
  std::string text = "-----BEGIN " + std::string(label) + "-----\n";
  const std::string base64 = to_base64(as_bytes(der));
  for (std::size_t i = 0; i < base64.size(); i += 64) text += base64.substr(i, 64) + "\n";
  return text + "-----END " + label + "-----\n";
}

struct Read {
  std::vector<std::string> facts;
  HuntNotes notes;
  bool has(const std::string& fact) const { return std::ranges::find(facts, fact) != facts.end(); }
};
Read read(std::string_view octets) {
  Read found;
  const HuntSource source(octets);
  source.read(
      source.format(),
      [&](const HuntFact& fact) {
        found.facts.push_back(std::string(fact.host) + "|" + std::string(tie_name(fact.tie)) + "|" +
                              std::string(fact.value) + (fact.first ? "|" + to_rfc3339(*fact.first) : ""));
      },
      found.notes);
  return found;
}

void expect_certificate(const Read& found, const std::string& der) {
  const std::string day = "|2024-05-01T10:00:00Z";
  EXPECT_EQ(found.facts.size(), 14U);
  for (const std::string host : {"a.test", "*.b.test"}) {
    EXPECT_TRUE(found.has(host + "|certificate|" + to_hex(sha256(as_bytes(der))) + day));
    EXPECT_TRUE(found.has(host + "|certificate|" + to_hex(sha1(as_bytes(der))) + day));
    EXPECT_TRUE(found.has(host + "|address|203.0.113.5" + day));
    EXPECT_TRUE(found.has(host + "|batch|CN=common.test" + day));
  }
}

TEST(HuntCertificates, DerAndPem) {
  const std::string der = certificate("DNS:a.test,DNS:*.b.test,IP:203.0.113.5");
  EXPECT_EQ(HuntSource(der).format().name, "certificate");
  expect_certificate(read(der), der);
  const std::string text = "subject=x\n" + pem("no key", "PRIVATE KEY") + pem(der);
  EXPECT_EQ(HuntSource(text).format().name, "certificate");
  expect_certificate(read(text), der);
  EXPECT_TRUE(read(text).notes.all().empty());
  EXPECT_EQ(read(certificate("")).facts.front(), "common.test|none||2024-05-01T10:00:00Z");
  EXPECT_TRUE(read(certificate("", "Some Person")).facts.empty());
}

TEST(HuntCertificates, WhatIsBrokenIsLostAlone) {
  const std::string der = certificate("DNS:a.test");
  const Read found = read(pem("\x30\x82 no certificate") + pem(der) + "-----BEGIN CERTIFICATE-----\nAAAA");
  EXPECT_EQ(found.facts.size(), 6U);
  EXPECT_EQ(found.notes.all().at("malformed_certificate").first_offset, 0U);
  EXPECT_EQ(found.notes.all().at("truncated").count, 1U);
  for (std::size_t i = 0; i < der.size(); ++i) {
    static_cast<void>(read(der.substr(0, i)));
    std::string changed = der;
    changed[i] = static_cast<char>(changed[i] ^ 0x5A);
    static_cast<void>(read(changed));
  }
}

std::string sized(const std::string& der) {
  std::string text;
  for (const unsigned shift : {16U, 8U, 0U}) text += static_cast<char>(der.size() >> shift & 0xFF);
  return text + der;
}

// RFC 6962: an entry logged when issued, and one logged before.
TEST(HuntCertificates, EntriesOfALog) {
  const std::string der = certificate("DNS:a.test,DNS:*.b.test,IP:203.0.113.5");
  const std::string head = std::string("\0\0", 2) + std::string(8, '\1');
  const std::string issued = head + std::string("\0\0", 2) + sized(der) + std::string("\0\0", 2);
  const std::string before = head + std::string("\0\1", 2) + std::string(32, 'h') + sized("part");
  const auto entry = [](const std::string& leaf, const std::string& extra) {
    return R"({"leaf_input":")" + to_base64(as_bytes(leaf)) + R"(","extra_data":")" + to_base64(as_bytes(extra)) +
           "\"}";
  };
  expect_certificate(read(entry(issued, "")), der);
  expect_certificate(read(R"({"entries":[)" + entry("x", "") + "," + entry(before, sized(der) + "chain") + "]}"), der);
  EXPECT_EQ(read(entry(before, "\x7F")).notes.all().at("object_unknown").count, 1U);
}

std::string gzipped(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}
std::string zstandard(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string long_zone() {
  std::string text;
  for (int i = 0; i < 60000; ++i) text += "n" + std::to_string(i) + ".test.\t60\tin\tns\tns1.host.test.\n";
  return text;
}

TEST(HuntPacked, ReadsAsThePlainFile) {
  const std::string text = long_zone();
  const std::string half = text.substr(0, text.size() / 2), rest = text.substr(text.size() / 2);
  const Read plain = read(text);
  EXPECT_EQ(plain.facts.size(), 60000U);
  for (const std::string& packed : {gzipped(text), zstandard(text), gzipped(half) + gzipped(rest),
                                    zstandard(half) + zstandard(rest), gzipped(text) + std::string(512, '\0')}) {
    EXPECT_EQ(HuntSource(packed).format().name, "zone");
    const Read found = read(packed);
    EXPECT_EQ(found.facts, plain.facts);
    EXPECT_TRUE(found.notes.all().empty());
  }
}

TEST(HuntPacked, DamageIsSaidAndWhatCameBeforeCounts) {
  const std::string text = long_zone();
  for (const std::string& packed : {gzipped(text), zstandard(text)}) {
    const Read cut = read(std::string_view(packed).substr(0, packed.size() - 20));
    EXPECT_EQ(cut.notes.all().count("unpacking_truncated"), 1U);
    EXPECT_GT(cut.facts.size(), 20000U);
  }
  std::string changed = gzipped(text);  // which always has a checksum
  changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 0xFF);
  EXPECT_EQ(read(changed).notes.all().count("unpacking_damaged"), 1U);
  EXPECT_EQ(read(gzipped(text) + "more").notes.all().count("unpacking_damaged"), 1U);
  EXPECT_EQ(read(std::string_view("\xFD"
                                  "7zXZ\0\0",
                                  7))
                .notes.all()
                .count("packing_unread"),
            1U);
}

}  // namespace
}  // namespace testudo
