#include "intel/taxii/users.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace testudo {
namespace {

constexpr int new_rounds = 600000, most_rounds = 10000000;
constexpr std::size_t hash_size = 32, salt_size = 16, most_remembered = 1000;

std::string view_of(const auto& octets) { return {reinterpret_cast<const char*>(octets.data()), octets.size()}; }

std::string derive(std::string_view password, std::string_view salt, int rounds) {
  std::array<std::uint8_t, hash_size> hash{};
  PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                    reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()), rounds,
                    EVP_sha256(), static_cast<int>(hash.size()), hash.data());
  return view_of(hash);
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

template <std::size_t size>
Result<std::array<std::uint8_t, size>> random_octets() {
  std::array<std::uint8_t, size> octets{};
  if (RAND_bytes(octets.data(), static_cast<int>(size)) != 1) return error(Fault::io, "no random numbers");
  return octets;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words = split(line, ' ');
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  return words;
}

}  // namespace

bool TaxiiUsers::is_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '@' || c == '-';
  });
}

Result<TaxiiUsers> TaxiiUsers::read(std::string_view text) {
  const Error broken = error(Fault::malformed, "taxii_users_broken");
  TaxiiUsers users;
  for (const std::string_view whole : split(text, '\n')) {
    const std::string_view line = trim(whole);
    if (line.empty() || line.front() == '#') continue;
    const auto words = words_of(line);
    if (words.size() < 3 || !is_name(words[0])) return broken;
    const auto hash = from_hex(words.back());
    if (!hash || hash->size() != hash_size) return broken;
    if (words[1] == "token" && words.size() == 3) {
      users.tokens_.push_back({std::string(words[0]), *hash});
      continue;
    }
    Password password{std::string(words[0]), {}, *hash, 0};
    if (words[1] != "pbkdf2-sha256" || words.size() != 5) return broken;
    const auto salt = from_hex(words[3]);
    const auto [end, fault] = std::from_chars(words[2].data(), words[2].data() + words[2].size(), password.rounds);
    if (!salt || salt->size() < salt_size || fault != std::errc() || end != words[2].data() + words[2].size() ||
        password.rounds < 1 || password.rounds > most_rounds)
      return broken;
    password.salt = *salt;
    users.passwords_.push_back(std::move(password));
  }
  return users;
}

bool TaxiiUsers::remembers(std::string_view authorization) const {
  const std::size_t space = authorization.find(' ');
  if (space == std::string_view::npos) return true;
  if (!equals_ignoring_case(authorization.substr(0, space), "basic")) return true;
  return right_.contains(sha256(as_bytes(trim(authorization.substr(space)))));
}

bool TaxiiUsers::knows(std::string_view name) const {
  const auto named = [name](const auto& one) { return one.name == name; };
  return std::ranges::any_of(passwords_, named) || std::ranges::any_of(tokens_, named);
}

std::optional<std::string> TaxiiUsers::by_password(std::string_view name, std::string_view password) const {
  std::optional<std::string> found;
  bool tried = false;
  for (const Password& one : passwords_) {
    if (one.name != name) continue;
    tried = true;
    if (equal(derive(password, one.salt, one.rounds), one.hash)) found = one.name;
  }
  // An unknown name takes as long as a known one, so that time does not tell names.
  if (!tried) static_cast<void>(derive(password, "no such user has", new_rounds));
  return found;
}

std::optional<std::string> TaxiiUsers::by_token(std::string_view token) const {
  const std::string hash = view_of(sha256(as_bytes(token)));
  std::optional<std::string> found;
  for (const Token& one : tokens_)
    if (equal(hash, one.hash)) found = one.name;
  return found;
}

std::optional<std::string> TaxiiUsers::identify(std::string_view authorization) {
  const std::size_t space = authorization.find(' ');
  if (space == std::string_view::npos || authorization.size() > 4096) return std::nullopt;
  const std::string scheme = lower_ascii(authorization.substr(0, space));
  const std::string_view rest = trim(authorization.substr(space));
  // "Token", as some clients spell it (the token class of OASIS's cti-taxii-client).
  if (scheme == "bearer" || scheme == "token") return by_token(rest);
  if (scheme != "basic") return std::nullopt;
  const Sha256 digest = sha256(as_bytes(rest));
  if (const auto known = right_.find(digest); known != right_.end()) return known->second;
  const auto plain = from_base64(rest);
  const std::size_t colon = plain ? plain->find(':') : std::string::npos;
  if (colon == std::string::npos) return std::nullopt;
  auto user = by_password(plain->substr(0, colon), std::string_view(*plain).substr(colon + 1));
  if (user && right_.size() < most_remembered) right_.emplace(digest, *user);
  return user;
}

Result<std::string> TaxiiUsers::password_line(std::string_view name, std::string_view password) {
  if (!is_name(name) || password.empty()) return error(Fault::usage, "taxii_bad_name");
  const std::string salt = view_of(TRY(random_octets<salt_size>()));
  return std::string(name) + " pbkdf2-sha256 " + std::to_string(new_rounds) + " " + to_hex(as_bytes(salt)) + " " +
         to_hex(as_bytes(derive(password, salt, new_rounds)));
}

Result<TaxiiUsers::NewToken> TaxiiUsers::token_line(std::string_view name) {
  if (!is_name(name)) return error(Fault::usage, "taxii_bad_name");
  std::string token = to_hex(TRY(random_octets<hash_size>()));
  std::string line = std::string(name) + " token " + to_hex(sha256(as_bytes(token)));
  return NewToken{std::move(token), std::move(line)};
}

}  // namespace testudo
