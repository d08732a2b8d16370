// A row's way from a worker to its parent: what comes back is what was sent, and nothing else passes.
#include "record/row_frame.h"

#include <gtest/gtest.h>

namespace testudo {
namespace {

constexpr std::array<FieldInfo, 5> fields{
    FieldInfo{"a", Kind::text, "", Show::plain}, FieldInfo{"b", Kind::integer, "", Show::plain},
    FieldInfo{"c", Kind::real, "", Show::plain}, FieldInfo{"d", Kind::bytes, "", Show::plain},
    FieldInfo{"e", Kind::text, "", Show::plain}};
const RecordType type{"test.row", "", "", fields};

std::string frame_of(const std::vector<Value>& values, const Locator& where = {}) {
  std::string frame;
  encode_row(frame, 7, Row{&type, values, where});
  return frame;
}

TEST(RowFrame, WhatComesBackIsWhatWasSent) {
  Locator where = Locator::row(-3);
  where.file = 2;
  where.state = RowState::wal_only;
  const std::string frame = frame_of({Value::of_text("h\xC3\xA9"), Value::of_integer(-5), Value::of_real(0.25),
                                      Value::of_bytes(as_bytes(std::string_view("\0\xFF", 2))), Value()},
                                     where);
  DecodedRow row;
  row.values.assign(9, Value::of_integer(1));  // of the row before
  ASSERT_TRUE(decode_row(frame, row).ok());
  EXPECT_EQ(row.type_index, 7);
  EXPECT_EQ(row.where.file, 2U);
  EXPECT_EQ(static_cast<std::int64_t>(row.where.rowid), -3);
  EXPECT_EQ(row.where.offset, Locator::nowhere);
  EXPECT_EQ(row.where.state, RowState::wal_only);
  ASSERT_EQ(row.values.size(), 5U);
  EXPECT_EQ(row.values[0].text(), "h\xC3\xA9");
  EXPECT_EQ(row.values[1].integer(), -5);
  EXPECT_EQ(row.values[2].real(), 0.25);
  EXPECT_EQ(row.values[3].type(), Value::Type::bytes);
  EXPECT_EQ(row.values[3].text(), std::string_view("\0\xFF", 2));
  EXPECT_TRUE(row.values[4].is_null());
}

TEST(RowFrame, TextThatIsNotUtf8CrossesRepaired) {
  const std::string wrong(300, '\xFF');
  DecodedRow row;
  const std::string frame = frame_of({Value::of_text("a\xC3"), Value::of_text(wrong), Value::of_text("z")});
  ASSERT_TRUE(decode_row(frame, row).ok());
  EXPECT_EQ(row.values[0].text(), "a\xEF\xBF\xBD");
  EXPECT_EQ(row.values[1].text().size(), 900U);
  EXPECT_EQ(row.values[2].text(), "z");
}

TEST(RowFrame, EveryCutAndEveryLieIsRefused) {
  const std::string frame = frame_of({Value::of_text("text"), Value::of_integer(1), Value(), Value(), Value()});
  DecodedRow row;
  for (std::size_t size = 0; size < frame.size(); ++size)
    EXPECT_FALSE(decode_row(std::string_view(frame).substr(0, size), row).ok()) << size;
  EXPECT_FALSE(decode_row(frame + "x", row).ok());
  constexpr std::size_t state = 22, count = 23, first_type = 24, text_size = 25, text = 29;
  const auto with = [&](std::size_t at, char octet) {
    std::string changed = frame;
    changed[at] = octet;
    return decode_row(changed, row);
  };
  EXPECT_EQ(with(state, 4).error().fault, Fault::malformed);
  EXPECT_EQ(with(count, 65).error().fault, Fault::malformed);
  EXPECT_EQ(with(first_type, 5).error().fault, Fault::malformed);
  EXPECT_EQ(with(text, '\xFF').error().fault, Fault::malformed);
  EXPECT_EQ(with(text_size + 3, '\x7F').error().fault, Fault::truncated);
}

}  // namespace
}  // namespace testudo
