// Who may use a TAXII server: names with hashed passwords or tokens, in a file of lines. Floor 3.
//
//   NAME pbkdf2-sha256 ROUNDS SALT HASH     a password; salt and hash in hexadecimal
//   NAME token HASH                         a random token; its SHA-256
//
// A name may have several lines. Lines that begin with '#' are comments. Nothing in the file opens the server by
// itself. Sources: RFC 7617 (Basic), RFC 6750 (Bearer), RFC 8018 (PBKDF2); rounds: OWASP Password Storage Cheat Sheet
// (2023).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace testudo {

class TaxiiUsers {
 public:
  // "taxii_users_broken" for a line that is none of the above.
  static Result<TaxiiUsers> read(std::string_view text);

  // Whose credentials an Authorization header holds; nothing if nobody's. A password costs about 0.1 s the first time;
  // what was right is remembered, as a hash, while the object lives.
  std::optional<std::string> identify(std::string_view authorization);
  // Whether identify() would answer without the cost of a password.
  bool remembers(std::string_view authorization) const;
  bool knows(std::string_view name) const;

  // Lines for the file, without line break.
  static Result<std::string> password_line(std::string_view name, std::string_view password);
  struct NewToken {
    std::string token, line;
  };
  static Result<NewToken> token_line(std::string_view name);
  // Letters, digits and . _ @ - ; at most 64.
  static bool is_name(std::string_view name);

 private:
  struct Password {
    std::string name, salt, hash;
    int rounds = 0;
  };
  struct Token {
    std::string name, hash;
  };
  std::optional<std::string> by_password(std::string_view name, std::string_view password) const;
  std::optional<std::string> by_token(std::string_view token) const;

  std::vector<Password> passwords_;
  std::vector<Token> tokens_;
  std::map<Sha256, std::string> right_;  // of headers that were right
};

}  // namespace testudo
