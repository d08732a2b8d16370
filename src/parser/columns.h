// Columns: what parsers of databases share: typed access to a result row that reports what does not fit. Floor 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "evidence/database.h"
#include "record/sink.h"

namespace testudo {

// The columns of one result row. A value of another storage class than the column has on real phones is reported as
// `unexpected_type` at `where` (the row's number).
class Columns {
 public:
  Columns(const QueryRow& row, Sink& out, std::int64_t where)
      : row_(row), out_(out), where_(static_cast<std::uint64_t>(where)) {}

  // Text that is not empty. A blob that holds UTF-8 is text: Core Data stores some string attributes so. Other blobs
  // and numbers are reported and given as their octets or digits: they may be what somebody hid.
  std::optional<std::string_view> text(int column) const {
    const Value value = row_.value(column);
    switch (value.type()) {
      case Value::Type::null:
        return std::nullopt;
      case Value::Type::text:
        return some(value.text());
      case Value::Type::bytes:
        if (!is_utf8(value.text())) out_.anomaly("unexpected_type", where_);
        return some(value.text());
      default:
        out_.anomaly("unexpected_type", where_);
        return row_.text(column);
    }
  }
  std::optional<std::int64_t> integer(int column) const {
    const Value value = row_.value(column);
    if (value.type() == Value::Type::integer) return value.integer();
    if (value.is_null()) return std::nullopt;
    return value.type() == Value::Type::real ? row_.integer(column) : not_as_meant<std::int64_t>();
  }
  std::optional<double> real(int column) const {
    const Value value = row_.value(column);
    if (value.type() == Value::Type::real) return value.real();
    if (value.is_null()) return std::nullopt;
    if (value.type() == Value::Type::integer) return static_cast<double>(value.integer());
    return not_as_meant<double>();
  }
  std::optional<bool> boolean(int column) const {
    const auto value = integer(column);
    return value ? std::optional(*value != 0) : std::nullopt;
  }
  std::optional<Bytes> blob(int column) const {
    const Value value = row_.value(column);
    if (value.type() == Value::Type::bytes) return value.bytes();
    if (value.is_null()) return std::nullopt;
    out_.anomaly("unexpected_type", where_);
    return row_.bytes(column);
  }

  // Seconds since 2001, as Core Data stores dates.
  std::optional<Time> mac_time(int column) const {
    const auto seconds = real(column);
    return seconds ? out_.checked(from_mac_seconds(*seconds), where_) : std::nullopt;
  }
  // Seconds or nanoseconds since 2001, as Messages stores dates; 0 stands for none. All 64-bit numbers of nanoseconds
  // lie in the calendar: what is before 1970 or from 2200 on is taken for damage.
  std::optional<Time> messages_time(int column) const {
    constexpr std::int64_t year_2200 = 7'258'118'400'000'000;
    const auto stored = integer(column);
    if (!stored || *stored == 0) return std::nullopt;
    auto time = from_mac_seconds_or_nanos(*stored);
    if (time && (time->micros < 0 || time->micros >= year_2200)) time.reset();
    return out_.checked(time, where_);
  }
  // A length of time in seconds.
  std::optional<Duration> seconds(int column) const {
    const auto stored = real(column);
    if (!stored) return std::nullopt;
    if (!(*stored > -1e11 && *stored < 1e11)) return not_as_meant<Duration>();
    return Duration{static_cast<std::int64_t>(*stored * 1e6)};
  }

 private:
  static std::optional<std::string_view> some(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
  }
  template <typename T>
  std::optional<T> not_as_meant() const {
    out_.anomaly("unexpected_type", where_);
    return std::nullopt;
  }

  const QueryRow& row_;
  Sink& out_;
  std::uint64_t where_;
};

// The columns of a row that a record has no field for, as JSON; nothing if all are NULL.
inline std::optional<std::string> rest_of(const Database& db, std::string_view table, std::int64_t rowid,
                                          const std::vector<std::string_view>& except) {
  std::string json = db.rest_of_row(table, rowid, except);
  return json == "{}" ? std::nullopt : std::optional(std::move(json));
}

inline std::optional<std::string> rest_of(const SplitRow& row) {
  std::string json = row.rest();
  return json == "{}" ? std::nullopt : std::optional(std::move(json));
}

// Of two readings of one file the error to report: that of the first, but damage before an absent table. A parser reads
// all its tables, whatever became of the others.
inline Result<void> worse_of(Result<void> first, Result<void> second) {
  if (first) return second;
  if (second) return first;
  return first.error().fault == Fault::not_found && second.error().fault != Fault::not_found ? second : first;
}

}  // namespace testudo
