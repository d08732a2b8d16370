// Passwords and tokens of a TAXII server.
#include "intel/taxii/users.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace testudo::test {
namespace {

std::string basic(std::string_view text) { return "Basic " + to_base64(as_bytes(text)); }

TEST(TaxiiUsers, KnowsPasswordsAndTokens) {
  const std::string password = TaxiiUsers::password_line("alice", "correct: horse").value();
  const auto token = TaxiiUsers::token_line("bob").value();
  EXPECT_EQ(password.find("horse"), std::string::npos);
  EXPECT_EQ(token.line.find(token.token), std::string::npos);
  TaxiiUsers users = TaxiiUsers::read("# who\r\n\n" + password + "\n" + token.line + "\r\n").value();
  EXPECT_EQ(users.identify(basic("alice:correct: horse")), "alice");
  EXPECT_TRUE(users.remembers(basic("alice:correct: horse")));
  EXPECT_EQ(users.identify("basic   " + basic("alice:correct: horse").substr(6)), "alice");
  EXPECT_EQ(users.identify("Bearer " + token.token), "bob");
  EXPECT_EQ(users.identify("Token " + token.token), "bob");
  const std::string wrong[] = {basic("alice:correct: horse "),
                               basic("alice:"),
                               basic("bob:" + token.token),
                               basic("alice"),
                               basic(""),
                               "Basic !!!",
                               "Basic",
                               "",
                               "Bearer",
                               "Bearer ",
                               "Bearer alice",
                               "Digest x",
                               "Bearer " + token.token.substr(1)};
  for (const std::string& header : wrong) EXPECT_FALSE(users.identify(header)) << header;
  EXPECT_FALSE(users.remembers(basic("alice:")));
  EXPECT_TRUE(users.knows("bob"));
  EXPECT_FALSE(users.knows("eve"));
}

TEST(TaxiiUsers, RefusesWhatIsNoUser) {
  const std::string hash(64, 'a'), salt(32, 'b');
  EXPECT_TRUE(TaxiiUsers::read("alice token " + hash));
  EXPECT_TRUE(TaxiiUsers::read("alice pbkdf2-sha256 1000 " + salt + " " + hash));
  const std::string broken[] = {"alice",
                                "alice token",
                                "alice token " + hash.substr(1),
                                "alice md5 " + hash,
                                "al/ice token " + hash,
                                "alice pbkdf2-sha256 0 " + salt + " " + hash,
                                "alice pbkdf2-sha256 99999999999 " + salt + " " + hash,
                                "alice pbkdf2-sha256 x " + salt + " " + hash,
                                "alice pbkdf2-sha256 1000 aa " + hash,
                                "alice pbkdf2-sha256 1000 " + salt + " " + hash + " more"};
  for (const std::string& line : broken) EXPECT_FALSE(TaxiiUsers::read(line)) << line;
  EXPECT_FALSE(TaxiiUsers::password_line("a b", "x"));
  EXPECT_FALSE(TaxiiUsers::password_line("alice", ""));
}

// The hash was made by another program:
// openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:'correct horse' -kdfopt iter:1000 -kdfopt hexsalt:… PBKDF2
TEST(TaxiiUsers, DerivesAsOpensslDoes) {
  TaxiiUsers users = TaxiiUsers::read(
                         "alice pbkdf2-sha256 1000 000102030405060708090a0b0c0d0e0f "
                         "c914cc4f06cc6e8f46d157e3a1b5aa7abceebb17bb0444cd4c4ac16ca2ae9864")
                         .value();
  EXPECT_EQ(users.identify(basic("alice:correct horse")), "alice");
  EXPECT_FALSE(users.identify(basic("alice:correct horsf")));
}

}  // namespace
}  // namespace testudo::test
