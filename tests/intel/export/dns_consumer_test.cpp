// DNS servers read the block lists, and do what they say.
#include "intel/export/consumer.h"

namespace testudo {
namespace {

using test::ask;
using test::consumer;
using test::exported;
using test::ExportFolder;
using test::Outcome;
using test::run;
using test::Server;

// Both stores in one list.
test::VectorSource everything() {
  test::VectorSource source = test::standard_source();
  const test::VectorSource hostile = test::hostile_source();
  source.indicators.insert(source.indicators.end(), hostile.indicators.begin(), hostile.indicators.end());
  return source;
}

std::string written(const ExportFolder& folder, std::string_view format) {
  const std::string path = folder / format;
  exported(format, everything(), test::standard_request(), path);
  return path;
}

void expect_blocked(std::uint16_t port) {
  for (const char* name : {"evil.test", "a.b.evil.test", "xn--telegrm-qbd.test", "real0.test"})
    EXPECT_EQ(ask(port, name).code, 3) << name;
  for (const char* name : {"not-evil.test", "evil.test.not-evil.test", "newspaper.test", "forged.test"}) {
    const test::Answer answer = ask(port, name);
    EXPECT_EQ(answer.code, 0) << name;
    EXPECT_EQ(answer.address, "192.0.2.1") << name;
  }
}

// Answers that the server has itself, for names that must not be blocked.
constexpr std::string_view unblocked[] = {"not-evil.test", "newspaper.test", "forged.test"};

std::string unbound_configuration(const ExportFolder& folder, std::uint16_t port, const std::string& modules) {
  std::string text = "server:\n  interface: 127.0.0.1@" + std::to_string(port) +
                     "\n  do-daemonize: no\n  username: \"\"\n  chroot: \"\"\n  directory: \"" + (folder / "") +
                     "\"\n  pidfile: \"\"\n  use-syslog: no\n  logfile: \"\"\n  module-config: \"" + modules +
                     "\"\n  local-zone: \"test.\" nodefault\n  do-ip6: no\n";
  for (const std::string_view name : unblocked)
    text.append("  local-zone: \"")
        .append(name)
        .append(".\" redirect\n  local-data: \"")
        .append(name)
        .append(". A 192.0.2.1\"\n");
  return text;
}

TEST(DnsConsumers, named_loads_the_zone) {
  const std::string checkzone = consumer("usr/bin/named-checkzone"), checkconf = consumer("usr/bin/named-checkconf");
  NEEDS(checkzone, "named-checkzone");
  const ExportFolder folder;
  const std::string zone = written(folder, "rpz");
  const Outcome outcome = run({checkzone, "-k", "fail", "rpz.testudo.test", zone});
  EXPECT_EQ(outcome.status, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("OK"), std::string::npos);
  EXPECT_EQ(outcome.text.find("warning"), std::string::npos) << outcome.text;
  std::ofstream(folder / "named.conf") << "options { directory \"" << folder / ""
                                       << "\"; response-policy { zone \"rpz.testudo.test\"; }; };\n"
                                          "zone \"rpz.testudo.test\" { type primary; file \""
                                       << zone << "\"; };\n";
  const Outcome configuration = run({checkconf, "-z", folder / "named.conf"});
  EXPECT_EQ(configuration.status, 0) << configuration.text;
}

TEST(DnsConsumers, nsd_loads_the_zone) {
  const std::string program = consumer("usr/sbin/nsd-checkzone");
  NEEDS(program, "nsd-checkzone");
  const ExportFolder folder;
  const Outcome outcome = run({program, "rpz.testudo.test", written(folder, "rpz")});
  EXPECT_EQ(outcome.status, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("is ok"), std::string::npos) << outcome.text;
}

TEST(DnsConsumers, unbound_blocks_by_local_zones) {
  const std::string unbound = consumer("usr/sbin/unbound"), check = consumer("usr/sbin/unbound-checkconf");
  NEEDS(unbound, "unbound");
  for (const char* action : {"", "refuse", "nodata"}) {
    const ExportFolder folder;
    ExportRequest request = test::standard_request();
    request.action = action;
    exported("unbound", everything(), request, folder / "list.conf");
    const std::uint16_t port = test::free_port();
    std::ofstream(folder / "unbound.conf")
        << unbound_configuration(folder, port, "iterator") << "include: \"" << folder / "list.conf" << "\"\n";
    const Outcome outcome = run({check, folder / "unbound.conf"});
    ASSERT_EQ(outcome.status, 0) << outcome.text;
    if (*action != '\0') continue;
    const Server server({unbound, "-d", "-c", folder / "unbound.conf"}, folder / "log");
    ASSERT_TRUE(server.ready(port, "not-evil.test")) << test::slurp(folder / "log");
    expect_blocked(port);
    EXPECT_EQ(test::slurp(folder / "log").find("duplicate"), std::string::npos);
  }
}

TEST(DnsConsumers, unbound_blocks_by_the_policy_zone) {
  const std::string unbound = consumer("usr/sbin/unbound"), check = consumer("usr/sbin/unbound-checkconf");
  NEEDS(unbound, "unbound");
  const ExportFolder folder;
  const std::uint16_t port = test::free_port();
  std::ofstream(folder / "unbound.conf") << unbound_configuration(folder, port, "respip iterator")
                                         << "rpz:\n  name: \"rpz.testudo.test\"\n  zonefile: \""
                                         << written(folder, "rpz") << "\"\n";
  const Outcome outcome = run({check, folder / "unbound.conf"});
  ASSERT_EQ(outcome.status, 0) << outcome.text;
  const Server server({unbound, "-d", "-c", folder / "unbound.conf"}, folder / "log");
  ASSERT_TRUE(server.ready(port, "not-evil.test")) << test::slurp(folder / "log");
  expect_blocked(port);
  EXPECT_EQ(test::slurp(folder / "log").find("error"), std::string::npos) << test::slurp(folder / "log");
}

std::vector<std::string> dnsmasq_words(const std::string& program, std::uint16_t port) {
  std::vector<std::string> words = {program,       "--keep-in-foreground", "--port=" + std::to_string(port),
                                    "--no-resolv", "--no-hosts",           "--listen-address=127.0.0.1",
                                    "--user=root", "--bind-interfaces",    "--pid-file"};
  for (const std::string_view name : unblocked) words.push_back("--address=/" + std::string(name) + "/192.0.2.1");
  return words;
}

TEST(DnsConsumers, dnsmasq_blocks) {
  const std::string program = consumer("usr/sbin/dnsmasq");
  NEEDS(program, "dnsmasq");
  const ExportFolder folder;
  const std::string list = written(folder, "dnsmasq");
  const Outcome outcome = run({program, "--test", "--conf-file=" + list});
  ASSERT_EQ(outcome.status, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("syntax check OK"), std::string::npos) << outcome.text;
  const std::uint16_t port = test::free_port();
  std::vector<std::string> words = dnsmasq_words(program, port);
  words.push_back("--conf-file=" + list);
  const Server server(words, folder / "log");
  ASSERT_TRUE(server.ready(port, "not-evil.test")) << test::slurp(folder / "log");
  expect_blocked(port);
}

TEST(DnsConsumers, dnsmasq_answers_from_the_hosts_file) {
  const std::string program = consumer("usr/sbin/dnsmasq");
  NEEDS(program, "dnsmasq");
  const ExportFolder folder;
  const std::uint16_t port = test::free_port();
  std::vector<std::string> words = dnsmasq_words(program, port);
  words.push_back("--conf-file=/dev/null");
  words.push_back("--addn-hosts=" + written(folder, "hosts"));
  const Server server(words, folder / "log");
  ASSERT_TRUE(server.ready(port, "not-evil.test")) << test::slurp(folder / "log");
  EXPECT_EQ(ask(port, "evil.test").address, "0.0.0.0");
  EXPECT_EQ(ask(port, "real0.test").address, "0.0.0.0");
  EXPECT_EQ(ask(port, "forged.test").address, "192.0.2.1");
  EXPECT_EQ(ask(port, "newspaper.test").address, "192.0.2.1");
}

}  // namespace
}  // namespace testudo
