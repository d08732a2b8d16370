// `testudo intel taxii`, the program itself: a server on a free port of this machine, an independent client, pull and
// push.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/program.h"
#include "app/script_server.h"
#include "app/taxii/publish.h"
#include "base/descriptor.h"

namespace testudo::test {
namespace {

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
}

// A server that ends with the object.
class Server {
 public:
  explicit Server(std::vector<std::string> arguments) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    arguments.insert(arguments.begin(), {"intel", "taxii", "serve", "--listen", "127.0.0.1:0"});
    pid_ = ::fork();
    if (pid_ == 0) {
      const std::string path = std::string(TESTUDO_BINARY_DIR) + "/testudo";
      std::vector<const char*> argv = {path.c_str()};
      for (const std::string& argument : arguments) argv.push_back(argument.c_str());
      argv.push_back(nullptr);
      ::dup2(ends[1], 1);
      ::setsid();
      ::execv(path.c_str(), const_cast<char* const*>(argv.data()));
      ::_exit(127);
    }
    ::close(ends[1]);
    std::string line;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(ends[0]);
    const std::size_t at = line.find("http");
    if (line.starts_with("listening on ") && at != std::string::npos) url_ = line.substr(at);
    EXPECT_NE(url_, "") << line;
  }
  ~Server() {
    if (pid_ > 0) stop();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  // The exit status.
  int stop(int signal = SIGTERM) {
    ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  const std::string& url() const { return url_; }

 private:
  pid_t pid_ = 0;
  std::string url_;
};

Ran taxii(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"intel", "taxii"});
  return run("testudo", arguments);
}

std::string first_line(const Ran& ran) { return ran.out.substr(0, ran.out.find('\n')); }

// Runs another program of the machine; -1 if it is not there.
int run_other(const std::vector<std::string>& arguments, std::string& out) {
  const Folder folder;
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid == 0) {
    const int file = ::open((folder / "out").c_str(), O_WRONLY | O_CREAT, 0600);
    ::dup2(file, 1);
    ::dup2(file, 2);
    ::execvp(argv[0], const_cast<char* const*>(argv.data()));
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  out = read_file(folder / "out");
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string indicator(int n, const std::string& host) {
  const std::string digits = std::to_string(1000 + n);
  return R"({"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-00000000)" + digits +
         R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z",)"
         R"("pattern":"[domain-name:value = ')" +
         host + R"(']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"})";
}
std::string bundle(const std::vector<std::string>& objects) {
  std::string text = R"({"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[)";
  for (std::size_t i = 0; i < objects.size(); ++i) text += (i == 0 ? "" : ",") + objects[i];
  return text + "]}";
}

// A store with a collection "desk" for two users, and a file of users.
class Desk {
 public:
  Desk() {
    write_file(password, "correct horse\n");
    EXPECT_EQ(taxii({"user", "add", "alice", "--users", users, "--password-file", password}).status, 0);
    const Ran token = taxii({"user", "add", "bob", "--users", users, "--token"});
    EXPECT_EQ(token.status, 0) << token.err;
    bob_token = first_line(token);
    write_file(token_file, bob_token + "\n");
    const Ran made = taxii({"collection", "add", "desk", "--title", "The desk", "--read", "alice", "--read", "bob",
                            "--write", "alice", "--store", store});
    EXPECT_EQ(made.status, 0) << made.err;
    collection = first_line(made);
  }
  Folder folder;
  const std::string store = folder / "store", users = folder / "users", password = folder / "password",
                    token_file = folder / "token";
  std::string bob_token, collection;
};

const std::string client = std::string(TESTUDO_SOURCE_DIR) + "/tests/consumers/taxii_client.py";

TEST(Taxii, AnIndependentClientAgrees) {
  const Desk desk;
  Server server({"--store", desk.store, "--users", desk.users, "--max-body", "2097152"});
  std::string out;
  const int status =
      run_other({"python3", client, server.url(), "alice", "correct horse", desk.bob_token, desk.collection}, out);
  if (status == 127) GTEST_SKIP() << "no python3";
  EXPECT_EQ(status, 0) << out;
  EXPECT_EQ(server.stop(), 0);
}

TEST(Taxii, OverTls) {
  const Desk desk;
  const std::string certificate = desk.folder / "cert.pem", key = desk.folder / "key.pem";
  std::string out;
  if (run_other(
          {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
           "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate, "-keyout", key},
          out) != 0)
    GTEST_SKIP() << "no openssl: " << out;
  Server server({"--store", desk.store, "--users", desk.users, "--tls-cert", certificate, "--tls-key", key});
  ASSERT_EQ(server.url().substr(0, 8), "https://");
  const int status = run_other(
      {"python3", client, server.url(), "alice", "correct horse", desk.bob_token, desk.collection, certificate}, out);
  EXPECT_TRUE(status == 0 || status == 127) << out;  // 127: no python3
  // Ours trusts the system's authorities, unless others are named.
  const Ran refused = taxii({"collections", server.url(), "--token-file", desk.token_file});
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("certificate"), std::string::npos) << refused.err;
  const Ran listed = taxii({"collections", server.url(), "--token-file", desk.token_file, "--ca-file", certificate});
  EXPECT_EQ(listed.status, 0) << listed.err;
  EXPECT_NE(listed.out.find(desk.collection + "\tr-\tThe desk"), std::string::npos) << listed.out;
  EXPECT_EQ(server.stop(SIGINT), 0);
}

TEST(Taxii, PushesAndPullsWhatIsNew) {
  const Desk desk;
  Server server({"--store", desk.store, "--users", desk.users});
  const std::string file = desk.folder / "bundle.json", other = desk.folder / "other";
  std::vector<std::string> objects;
  for (int n = 0; n < 25; ++n) objects.push_back(indicator(n, "a" + std::to_string(n) + ".test"));
  write_file(file, bundle(objects));
  const std::vector<std::string> alice = {"--user", "alice", "--password-file", desk.password};
  const auto with = [](std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return taxii(arguments);
  };
  const auto indicators = [&] {
    const std::string json = run("testudo", {"intel", "stats", "--json", "--store", other}).out;
    return json.substr(0, json.find(','));
  };
  Ran pushed = with({"push", server.url(), file, "--collection", "desk", "--json"}, alice);
  EXPECT_EQ(pushed.status, 0) << pushed.err;
  EXPECT_EQ(first_line(pushed), R"({"accepted":25,"failed":0,"pending":0,"not_sent":0})");
  const std::vector<std::string> pull = {"pull",         server.url(),    "--collection", desk.collection,
                                         "--token-file", desk.token_file, "--store",      other};
  Ran pulled = taxii(pull);
  EXPECT_EQ(pulled.status, 0) << pulled.err << pulled.out;
  EXPECT_EQ(indicators(), R"({"indicators":25)");
  // Only what is new is asked for, and what is not repeated stays.
  write_file(file, bundle({indicator(50, "b.test")}));
  EXPECT_EQ(with({"push", server.url(), file, "--collection", desk.collection}, alice).status, 0);
  pulled = taxii(pull);
  EXPECT_EQ(pulled.status, 0) << pulled.err;
  EXPECT_NE(pulled.out.find(": 1 objects in 1 pages"), std::string::npos) << pulled.out;
  EXPECT_EQ(indicators(), R"({"indicators":26)");
  pulled = taxii(pull);
  EXPECT_NE(pulled.out.find(": 0 objects"), std::string::npos) << pulled.out;
  EXPECT_EQ(indicators(), R"({"indicators":26)");
  // What the other store holds, it can push itself.
  pushed = with({"push", server.url(), "--collection", "desk", "--store", other, "--json"}, alice);
  EXPECT_EQ(pushed.status, 0) << pushed.err << pushed.out;
  EXPECT_EQ(taxii({"push", server.url(), file, "--collection", "desk", "--token-file", desk.token_file}).status, 2);
  const Ran wrong =
      taxii({"pull", server.url(), "--user", "alice", "--password-file", desk.token_file, "--store", other});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.err.find("password"), std::string::npos) << wrong.err;
}

TEST(Taxii, ShowsWhatTheStoreMayShow) {
  const Folder folder;
  const std::string store = folder / "store", file = folder / "feed.json", other = folder / "other";
  const std::string red = R"("object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"],)";
  std::string secret = indicator(2, "secret.test");
  secret.insert(1, red);
  write_file(file, bundle({indicator(1, "open.test"), secret}));
  ASSERT_EQ(run("testudo", {"intel", "import", file, "--store", store}).status, 0);
  Server server({"--store", store});
  const auto list = [&] { return run("testudo", {"intel", "list", "--store", other}).out; };
  Ran pulled = taxii({"pull", server.url(), "--store", other});
  EXPECT_EQ(pulled.status, 0) << pulled.err << pulled.out;
  EXPECT_NE(list().find("open.test"), std::string::npos) << list();
  EXPECT_EQ(list().find("secret.test"), std::string::npos);
  // Nobody writes without a name.
  EXPECT_EQ(taxii({"push", server.url(), file, "--collection", "store"}).status, 2);
}

TEST(Taxii, MakesTheCollectionOfTheStoreBesideOthers) {
  const Folder folder;
  const std::string store = folder / "store", file = folder / "feed.json";
  write_file(file, bundle({indicator(1, "open.test")}));
  ASSERT_EQ(run("testudo", {"intel", "import", file, "--store", store}).status, 0);
  ASSERT_EQ(taxii({"collection", "add", "partners", "--audience", "amber", "--read", "alice", "--store", store}).status,
            0);
  const Server server({"--store", store});
  const std::string listed = taxii({"collections", server.url()}).out;
  EXPECT_NE(listed.find("TLP:CLEAR and TLP:GREEN"), std::string::npos) << listed;
  EXPECT_EQ(listed.find("partners"), std::string::npos) << listed;
}

// Whoever only begins requests keeps nobody out.
TEST(Taxii, AnswersBesideHundredsOfHalfRequests) {
  const Folder folder;
  const Server server({"--store", folder / "store"});
  const std::size_t colon = server.url().rfind(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(server.url().substr(colon + 1))));
  std::vector<Descriptor> held;
  for (int i = 0; i < 300; ++i) {
    held.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::connect(held.back().get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::send(held.back().get(), "GET /taxii", 10, MSG_NOSIGNAL), 10);
  }
  const Ran asked = taxii({"collections", server.url()});
  EXPECT_EQ(asked.status, 0) << asked.err;
  EXPECT_NE(asked.out.find("TLP:CLEAR and TLP:GREEN"), std::string::npos) << asked.out;
}

// A program that is asked to end gives up publishing wherever it stands; the collection stays as it was, and no file
// stays.
TEST(Taxii, PublishingEndsWhenItIsAskedTo) {
  const Folder folder;
  const std::string file = folder / "feed.json", store = folder / "store";
  write_file(file, bundle({indicator(1, "a.test"), indicator(2, "b.test")}));
  ASSERT_EQ(run("testudo", {"intel", "import", file, "--store", store}).status, 0);
  IntelStore intel = std::move(IntelStore::open(store, IntelStore::Mode::read)).value();
  TaxiiStore taxii = std::move(TaxiiStore::open(store)).value();
  ASSERT_TRUE(make_default_collection(taxii));
  const std::string id = taxii.collections().value().at(0).id;
  int given_up = 0;
  for (bool done = false; !done && given_up < 100;) {
    int asked = 0;
    const auto published = publish_store(intel, taxii, [&] { return asked++ == given_up; });
    const TaxiiPage page = taxii.page(id, {}, Time{0}).value();
    done = static_cast<bool>(published);
    EXPECT_EQ(page.objects.size(), done ? 3U : 0U);  // two indicators and who made them
    for (const auto& entry : std::filesystem::directory_iterator(store))
      EXPECT_EQ(entry.path().filename().string().find("taxii-export"), std::string::npos) << entry.path();
    if (done) break;
    EXPECT_EQ(published.error().what, "ended");
    ++given_up;
  }
  EXPECT_GT(given_up, 4);
}

TEST(Taxii, PullsFromOddServers) {
  const ScriptServer server("taxii_odd_server.py");
  if (!server.runs()) GTEST_SKIP() << "no python3";
  struct Row {
    const char *root, *indicators, *says;
    int status;
  };
  const Row rows[] = {
      {"dates", "10", "10 objects in 4 pages", 0},
      {"busy", "3", "3 objects", 0},
      {"near", "3", "3 objects", 0},
      {"cursor", "4", "4 objects in 4 pages", 0},
      {"number", "3", "3 objects in 2 pages", 0},
      {"usual", "3", "3 objects", 0},
      {"broken", "2", "1 objects were left out", 3},
      {"loop", "", "repeats its pages", 2},
      {"empty", "", "repeats its pages", 2},
      {"away", "", "another host", 2},
      {"old", "", "no TAXII 2.1", 2},
      {"html", "", "no TAXII 2.1", 2},
  };
  for (const Row& row : rows) {
    const Folder folder;
    const std::string root = "http://127.0.0.1:" + server.port() + "/" + row.root + "/";
    const Ran pulled = taxii({"pull", root, "--store", folder / "store"});
    EXPECT_EQ(pulled.status, row.status) << row.root << pulled.err;
    EXPECT_NE((pulled.out + pulled.err).find(row.says), std::string::npos) << row.root << pulled.out << pulled.err;
    const std::string stats = run("testudo", {"intel", "stats", "--json", "--store", folder / "store"}).out;
    const std::string wanted = std::string(R"({"indicators":)") + (*row.indicators == 0 ? "0" : row.indicators) + ",";
    const bool empty = row.status == 2 && stats.empty();
    EXPECT_TRUE(empty || stats.starts_with(wanted)) << row.root << stats;
  }
}

// One API root that is not there, is another host's or is not for this user does not take the others with it.
TEST(Taxii, PullsWhatCanBeRead) {
  const ScriptServer server("taxii_odd_server.py");
  if (!server.runs()) GTEST_SKIP() << "no python3";
  const Folder folder;
  const std::string base = "http://127.0.0.1:" + server.port() + "/";
  Ran pulled = taxii({"pull", base + "some/", "--store", folder / "store"});
  EXPECT_EQ(pulled.status, 3) << pulled.err;
  EXPECT_NE(pulled.out.find(": 3 objects"), std::string::npos) << pulled.out;
  for (const std::string& root : {base + "gone/", base + "denied/", std::string("http://localhost.example/api/")})
    EXPECT_NE(pulled.err.find(root + " could not be read"), std::string::npos) << pulled.err;
  EXPECT_TRUE(
      run("testudo", {"intel", "stats", "--json", "--store", folder / "store"}).out.starts_with(R"({"indicators":3,)"));
  const Ran listed = taxii({"collections", base + "some/"});
  EXPECT_EQ(listed.status, 3) << listed.err;
  EXPECT_NE(listed.out.find("\tr-\tgood\n"), std::string::npos) << listed.out;
  pulled = taxii({"pull", base + "two/", "--store", folder / "two"});
  EXPECT_EQ(pulled.status, 3) << pulled.err;
  EXPECT_NE(pulled.out.find(": 3 objects"), std::string::npos) << pulled.out;
  EXPECT_NE(pulled.err.find(base + "two/collections/33333333-1111-4111-8111-111111111111/ could not be read"),
            std::string::npos)
      << pulled.err;
  EXPECT_EQ(taxii({"pull", base + "some/", "--collection", "good", "--store", folder / "store"}).status, 0);
  pulled = taxii({"pull", base + "none/", "--store", folder / "other"});
  EXPECT_EQ(pulled.status, 2);
  EXPECT_NE(pulled.err.find("no such resource"), std::string::npos) << pulled.err;
}

TEST(Taxii, PushesAroundAnObjectThatIsTooLarge) {
  const ScriptServer server("taxii_odd_server.py");
  if (!server.runs()) GTEST_SKIP() << "no python3";
  const Folder folder;
  const std::string file = folder / "bundle.json", base = "http://127.0.0.1:" + server.port() + "/";
  // What the server says of its limit, and what it does not: 900 octets and 700.
  std::string huge = indicator(1, "huge.test"), large = indicator(2, "large.test");
  huge.insert(1, R"("name":")" + std::string(900, 'x') + "\",");
  large.insert(1, R"("name":")" + std::string(500, 'x') + "\",");
  write_file(file, bundle({indicator(0, "a.test"), huge, indicator(3, "b.test"), large, indicator(4, "c.test")}));
  const Ran pushed = taxii({"push", base + "small/", file, "--collection", "small", "--json"});
  EXPECT_EQ(pushed.status, 3) << pushed.err;
  EXPECT_EQ(first_line(pushed), R"({"accepted":3,"failed":0,"pending":0,"not_sent":2})");
  for (const char* end : {"001001 was not sent", "001002 was not sent"})
    EXPECT_NE(pushed.err.find("indicator--00000000-0000-4000-8000-000000" + std::string(end)), std::string::npos);
  const Ran unsure = taxii({"push", base + "forgetful/", file, "--collection", "forgetful", "--json"});
  EXPECT_EQ(first_line(unsure), R"({"accepted":0,"failed":0,"pending":3,"not_sent":2})") << unsure.err;
}

TEST(Taxii, ListensBeyondThisMachineOnlyWhenItIsSafe) {
  const Folder folder;
  const std::string store = folder / "store", users = folder / "users";
  ASSERT_EQ(taxii({"user", "add", "bob", "--users", users, "--token"}).status, 0);
  const std::vector<std::vector<std::string>> refused = {
      {"--listen", "0.0.0.0:0"},
      {"--listen", "0.0.0.0:0", "--users", users},
      {"--listen", "[::]:0", "--users", users},
      {"--listen", "127.0.0.1"},
      {"--listen", "intel.example:80"},
      {"--listen", "127.0.0.1:99999"},
      {"--listen", "127.0.0.1:0", "--tls-cert", users},
      {"--listen", "127.0.0.1:0", "--tls-cert", users, "--tls-key", users},
      {"--listen", "127.0.0.1:0", "--users", store + "-none"},
      {"--listen", "127.0.0.1:0", "--max-body", "1"}};
  for (std::vector<std::string> arguments : refused) {
    arguments.insert(arguments.begin(), {"serve", "--store", store});
    const Ran ran = taxii(arguments);
    EXPECT_EQ(ran.status, 2) << arguments[4];
    EXPECT_NE(ran.err, "");
  }
  for (const char* url : {"http://intel.example/taxii2/", "ftp://127.0.0.1/taxii2/", "http://127.0.0.1:1/taxii2/"})
    EXPECT_EQ(taxii({"collections", url, "--token-file", users}).status, 2);
}

}  // namespace
}  // namespace testudo::test
