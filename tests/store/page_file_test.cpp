// Page files of every page size: what SQLite reads of tables that were filled without it, beside the same rows inserted
// by it.
#include "store/page_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <limits>
#include <random>

#include "store/record_format.h"
#include "store/row_tree.h"
#include "store/sqlite.h"

namespace testudo {
namespace {

using Cells = std::vector<Value>;

class PageFiles : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/testudo-pages-XXXXXX";
    root_ = ::mkdtemp(name);
    path_ = root_ + "/made.db";
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  static std::vector<std::string> list(const Connection& connection, const std::string& sql) {
    std::vector<std::string> rows;
    auto statement = connection.prepare(sql);
    if (!statement) return {statement.error().what};
    for (;;) {
      auto more = statement->step();
      if (!more) rows.push_back(more.error().what);
      if (!more || !*more) return rows;
      rows.push_back(statement->text(0));
    }
  }

  // Tables `pages` and `inserted`: the first is filled page by page, the second by SQLite.
  void make(std::size_t page_size, const std::vector<Cells>& rows) {
    std::filesystem::remove(path_);
    std::int64_t root = 0;
    {
      auto made = Connection::open(path_, Connection::Mode::create);
      ASSERT_TRUE(made.ok());
      const std::string columns = " (id INTEGER PRIMARY KEY, a ANY, b ANY, c ANY) STRICT;";
      ASSERT_TRUE(made->execute("PRAGMA page_size=" + std::to_string(page_size) + "; CREATE TABLE pages" + columns +
                                "CREATE TABLE inserted" + columns)
                      .ok());
      auto insert = made->prepare("INSERT INTO inserted VALUES(NULL,?1,?2,?3)");
      ASSERT_TRUE(made->execute("BEGIN").ok());
      for (const Cells& row : rows) {
        for (int i = 0; i < 3; ++i) insert->bind(i + 1, row[static_cast<std::size_t>(i)]);
        ASSERT_TRUE(insert->run().ok());
      }
      ASSERT_TRUE(made->execute("COMMIT").ok());
      auto found = made->prepare("SELECT rootpage FROM sqlite_schema WHERE name='pages'");
      ASSERT_TRUE(*found->step());
      root = found->integer(0);
    }
    auto file = PageFile::open(path_);
    ASSERT_TRUE(file.ok()) << file.error().what;
    ASSERT_EQ(file->page_size(), page_size);
    RowTree pages(RowTree::Type::table, static_cast<std::uint32_t>(root));
    RecordFormat record;
    std::int64_t number = 0;
    for (const Cells& row : rows) {
      record.clear().null();
      for (const Value& value : row) record.add(value);
      pages.add(*file, ++number, record.whole());
    }
    pages.finish(*file);
    ASSERT_TRUE(file->finish().ok());
  }

  void expect_same(std::size_t rows) {
    auto made = Connection::open(path_, Connection::Mode::read_write);
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(list(*made, "PRAGMA integrity_check"), std::vector<std::string>{"ok"});
    EXPECT_EQ(list(*made, "SELECT CAST(count(*) AS TEXT) FROM pages"), std::vector<std::string>{std::to_string(rows)});
    EXPECT_EQ(list(*made,
                   "SELECT CAST(i.id AS TEXT) FROM inserted i LEFT JOIN pages p ON p.id = i.id WHERE p.id IS NULL OR "
                   "p.a IS NOT i.a OR "
                   "p.b IS NOT i.b OR p.c IS NOT i.c OR typeof(p.a) <> typeof(i.a) OR typeof(p.b) <> typeof(i.b) OR "
                   "typeof(p.c) <> typeof(i.c)"),
              std::vector<std::string>{});
    // SQLite can go on with what it did not write.
    EXPECT_TRUE(made->execute("INSERT INTO pages(a) VALUES(1); DELETE FROM pages WHERE id % 3 = 0; "
                              "UPDATE pages SET b = hex(zeroblob(400)) WHERE id % 7 = 0")
                    .ok());
    EXPECT_EQ(list(*made, "PRAGMA integrity_check"), std::vector<std::string>{"ok"});
  }

  std::string root_, path_;
};

TEST_F(PageFiles, AnEmptyTableStaysEmpty) {
  make(4096, {});
  expect_same(0);
}

TEST_F(PageFiles, NumbersOfEveryWidthKeepTypeAndValue) {
  std::vector<Cells> rows;
  for (int bit = 0; bit < 64; ++bit)
    for (int step = -1; step <= 1; ++step) {
      const auto value = static_cast<std::int64_t>((std::uint64_t{1} << bit) + static_cast<std::uint64_t>(step));
      rows.push_back({Value::of_integer(value), Value::of_integer(~value),
                      Value::of_real(std::ldexp(1.0 + step / 3.0, bit - 32))});
    }
  for (double real :
       {0.0, -0.0, 1.0, 1e300, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::denorm_min()})
    rows.push_back({Value::of_real(real), Value(), Value::of_integer(0)});
  make(1024, rows);
  expect_same(rows.size());
}

// Every length around the borders where a record leaves its page, and where a size takes one more octet.
TEST_F(PageFiles, TextsAndBytesOfEveryLengthComeBackWhole) {
  std::string text;
  for (int i = 0; text.size() < 200'000; ++i) text += "\xC3\xA9" + std::to_string(i);
  for (const std::size_t page : {512U, 4096U, 65536U}) {
    std::vector<Cells> rows;
    const auto around = [&](std::size_t middle) {
      for (std::size_t size = middle < 8 ? 0 : middle - 8; size < middle + 8; ++size)
        rows.push_back({Value::of_bytes(as_bytes(text).first(size)), Value::of_integer(static_cast<std::int64_t>(size)),
                        Value::of_text(std::string_view(text).substr(0, size / 16))});
    };
    for (const std::size_t size : {std::size_t{0}, std::size_t{57}, std::size_t{121}, page - 35, page, 2 * page - 40,
                                   3 * page, std::size_t{8185}, std::size_t{16384}, std::size_t{131'072}})
      around(size);
    make(page, rows);
    expect_same(rows.size());
  }
}

// Small pages, so that the tree has several floors.
TEST_F(PageFiles, ManyRowsMakeATreeThatSQLiteAccepts) {
  std::mt19937 random(7);
  std::string text(3000, 'x');
  std::vector<Cells> rows;
  for (std::int64_t i = 0; i < 20'000; ++i)
    rows.push_back({Value::of_integer(i * i * i), Value::of_text(std::string_view(text).substr(0, random() % 40)),
                    random() % 500 == 0 ? Value::of_text(text) : Value()});
  for (const std::size_t count : {1U, 9U, 30U, 31U, 32U, 33U, 500U, 20'000U}) {
    const std::vector<Cells> some(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count));
    make(512, some);
    expect_same(count);
  }
  make(32768, rows);
  expect_same(rows.size());
}

TEST_F(PageFiles, ARecordOfManyColumnsHasALongHeader) {
  RecordFormat record;
  record.clear();
  for (int i = 0; i < 126; ++i) record.null();
  EXPECT_EQ(record.whole().size(), 127U);
  record.null();
  EXPECT_EQ(record.whole().size(), 129U) << "the size of the header takes two octets from 128 on";
  EXPECT_EQ(record.whole()[0], 0x81);
  EXPECT_EQ(record.whole()[1], 0x01);
}

TEST_F(PageFiles, ThePageWithTheLocksIsNeverUsed) {
  make(65536, {});
  auto file = PageFile::open(path_);
  ASSERT_TRUE(file.ok());
  std::uint32_t last = file->count();
  while (last < 16'384) last = file->take();
  EXPECT_EQ(last, 16'384U);
  EXPECT_EQ(file->take(), 16'386U) << "page 16 385 begins at 1 GiB";
  EXPECT_EQ(lock_page(512), 2'097'153U);
}

TEST_F(PageFiles, AFileOfAnotherSizeThanItsHeaderSaysIsRefused) {
  make(65536, {});
  std::filesystem::resize_file(path_, std::uint64_t{9} * 65536);
  EXPECT_FALSE(PageFile::open(path_).ok());
}

TEST_F(PageFiles, AFullDiskIsTold) {
  make(4096, {});
  auto file = PageFile::open(path_);
  ASSERT_TRUE(file.ok());
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto heeded = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit none{std::filesystem::file_size(path_), before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &none);
  const std::vector<std::uint8_t> page(4096);
  file->write(file->take(), page);
  const auto done = file->finish();
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, heeded);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().what, "disk_full");
}

TEST_F(PageFiles, ADatabaseThatNeedsMoreCareIsRefused) {
  for (const char* pragma : {"PRAGMA auto_vacuum=FULL", "PRAGMA journal_mode=WAL"}) {
    std::filesystem::remove(path_);
    auto made = Connection::open(path_, Connection::Mode::create);
    ASSERT_TRUE(made->execute(std::string(pragma) + "; CREATE TABLE t(a)").ok());
    made = Connection::in_memory();
    const auto file = PageFile::open(path_);
    ASSERT_FALSE(file.ok()) << pragma;
    EXPECT_EQ(file.error().fault, Fault::unsupported);
  }
  std::filesystem::remove(path_);
  EXPECT_EQ(PageFile::open(path_).error().fault, Fault::not_found);
}

}  // namespace
}  // namespace testudo
