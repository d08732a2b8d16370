// Heads of HTTP requests and bodies in chunks: strict, whatever is cut off or joined.
#include "app/net/http_head.h"

#include <gtest/gtest.h>

namespace testudo {
namespace {

std::string fault_of(const std::string& head) {
  const auto read = read_http_head(head);
  return read ? "" : read.error().what;
}

TEST(HttpHead, ReadsARequest) {
  const auto read = read_http_head(
      "POST /a/%20b?c=d&e HTTP/1.1\r\nHost: x.test:80\r\nContent-LENGTH:  12 \r\nExpect: 100-continue\r\n\r\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->request.method, "POST");
  EXPECT_EQ(read->request.path, "/a/%20b");
  EXPECT_EQ(read->request.query, "c=d&e");
  EXPECT_EQ(read->request.host, "x.test:80");
  EXPECT_EQ(read->framing.length, 12U);
  EXPECT_TRUE(read->framing.keep);
  EXPECT_TRUE(read->framing.expects_continue);
  const auto absolute = read_http_head("GET http://y.test/z HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(absolute->request.host + absolute->request.path, "y.test/z");
  EXPECT_FALSE(absolute->framing.keep);
  EXPECT_FALSE(read_http_head("GET / HTTP/1.0\r\n\r\n")->framing.keep);
}

TEST(HttpHead, RefusesWhatTwoReadersCouldReadDifferently) {
  const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n";
  const std::pair<std::string, const char*> rows[] = {
      {get + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", "400"},
      {get + "Content-Length: 1, 1\r\n\r\n", "400"},
      {get + "Content-Length: +1\r\n\r\n", "400"},
      {get + "Content-Length: 0x1\r\n\r\n", "400"},
      {get + "Content-Length:\r\n\r\n", "400"},
      {get + "Content-Length: 18446744073709551616\r\n\r\n", "400"},
      {get + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400"},
      {get + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "400"},
      {get + "Transfer-Encoding: xchunked\r\n\r\n", "501"},
      {get + "Transfer-Encoding: gzip, chunked\r\n\r\n", "501"},
      {get + " folded: x\r\n\r\n", "400"},
      {get + "A : b\r\n\r\n", "400"},
      {get + ": b\r\n\r\n", "400"},
      {get + "no colon\r\n\r\n", "400"},
      {get + "A: b\rc\r\n\r\n", "400"},
      {get + "A: b\nB: c\r\n\r\n", "400"},
      {get + "Host: y\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
      {"GET /\t HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
      {"GET * HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
      {"GET x HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
      {"G@T / HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
      {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", "505"},
      {"GET / FTP/1.1\r\nHost: x\r\n\r\n", "400"},
  };
  for (const auto& [head, status] : rows) EXPECT_EQ(fault_of(head), status) << head;
  std::string many = get;
  for (int i = 0; i < 100; ++i) many += "A: b\r\n";
  EXPECT_EQ(fault_of(many + "\r\n"), "431");
  const std::string whole = get + "A: b\r\n\r\n";
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(fault_of(whole.substr(0, size)), "400") << size;
}

TEST(HttpHead, TakesChunksHoweverTheyArrive) {
  const std::string sent = "4\r\nwiki\r\nA;name=\"v\"\r\n0123456789\r\n0\r\n\r\nNEXT";
  for (std::size_t step = 1; step <= sent.size(); ++step) {
    std::string in, body;
    bool last = false;
    for (std::size_t at = 0; at < sent.size(); at += step) {
      in += sent.substr(at, step);
      if (last) continue;
      const auto taken = take_chunks(in, body, 14);
      ASSERT_TRUE(taken) << step;
      last = *taken;
    }
    EXPECT_TRUE(last);
    EXPECT_EQ(body, "wiki0123456789");
    EXPECT_EQ(in, "NEXT");
  }
}

TEST(HttpHead, RefusesBrokenChunks) {
  const std::pair<const char*, const char*> rows[] = {
      {"5\r\nwiki!\r\nA\r\n0123456789\r\n0\r\n\r\n", "413"},
      {"ffffffffffffffff\r\n", "413"},
      {"10000000000000000\r\n", "400"},
      {"-1\r\n", "400"},
      {"x\r\n", "400"},
      {"\r\n", "400"},
      {"1\r\nab\r\n", "400"},
      {"0\r\nTrailer: x\r\n\r\n", "400"},
      {"0x1\r\na\r\n", "400"},
  };
  for (const auto& [text, status] : rows) {
    std::string in = text, body;
    const auto taken = take_chunks(in, body, 14);
    ASSERT_FALSE(taken) << text;
    EXPECT_EQ(taken.error().what, status) << text;
  }
  std::string endless(5000, '1'), body;
  EXPECT_FALSE(take_chunks(endless, body, 14));
}

}  // namespace
}  // namespace testudo
