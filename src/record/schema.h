// Schema<T>: a record is declared once, as a plain struct plus this tuple of fields; JSON, CSV, table, timeline row,
// matching, report column and documentation page come from it. Floor 1.
//
//   struct Visit { std::string_view url; std::optional<Time> at; };
//   template <> struct Schema<Visit> {
//     static constexpr std::string_view name = "ios.safari_visit";
//     static constexpr std::string_view prose = "A page that Safari visited.";
//     static constexpr std::string_view line = "visited {url}";     // one line of the timeline; {field} is replaced
//     static constexpr std::array identity{"url", "at"};            // what makes it this record (record/row.h)
//     static constexpr std::tuple fields{
//       Field<&Visit::url>{"url", Kind::url, "address of the page"},
//       Field<&Visit::at> {"at",  Kind::time, "when the page was visited", Show::event}};
//   };
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "base/time.h"
#include "record/kind.h"
#include "record/value.h"

namespace testudo {

// How outputs treat a field besides printing it.
enum class Show : std::uint8_t {
  plain,
  event,    // Kind::time: the field makes a row of the timeline, with its name as the event
  content,  // what people wrote, or who they talk to: left out of a report for sharing (--redact)
  // Remaining columns kept for experts: content, and never matched or searched for links, because only kept records
  // have them. What can hold a link, a name or a number to compare is a field of its own.
  rest,
};

// Whether a report for sharing leaves the field out.
constexpr bool is_content(Show show) { return show == Show::content || show == Show::rest; }

template <auto Member>
struct Field {
  std::string_view name;  // snake_case; one name means one kind in all records
  Kind kind;
  std::string_view prose;  // what the value means to an analyst, with its unit; when it may be missing
  Show show = Show::plain;
  static constexpr auto member = Member;
};

template <typename T>
struct Schema;

template <typename T>
concept Record = requires {
  Schema<T>::name;
  Schema<T>::fields;
};

struct FieldInfo {
  std::string_view name;
  Kind kind;
  std::string_view prose;
  Show show;
};

// A record type at run time. One object a type, alive as long as the program: compare by address.
struct RecordType {
  std::string_view name;   // "ios.sms_message"
  std::string_view prose;  // one sentence: what the artefact is, who writes it, what it does not prove
  std::string_view line;
  std::span<const FieldInfo> fields;
  std::uint64_t identity = ~std::uint64_t{0};  // a bit for each field that tells a record from others of its type
  bool identifies(std::size_t index) const { return (identity >> index & 1) != 0; }
  // Index of a field, or nothing.
  std::optional<std::size_t> field(std::string_view name_of_field) const {
    for (std::size_t i = 0; i < fields.size(); ++i)
      if (fields[i].name == name_of_field) return i;
    return std::nullopt;
  }
};

// Largest number of fields of one record.
inline constexpr std::size_t max_fields = 64;

namespace record_detail {

template <typename T>
Value view(const T& v) {
  if constexpr (std::is_same_v<T, bool>) {
    return Value::of_integer(v ? 1 : 0);
  } else if constexpr (std::is_integral_v<T>) {
    return Value::of_integer(static_cast<std::int64_t>(v));
  } else if constexpr (std::is_floating_point_v<T>) {
    return Value::of_real(v);
  } else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>) {
    return Value::of_integer(v.micros);
  } else if constexpr (std::is_same_v<T, Bytes>) {
    return Value::of_bytes(v);
  } else {
    return Value::of_text(std::string_view(v));
  }
}

template <typename T>
Value view(const std::optional<T>& v) {
  return v ? view(*v) : Value();
}

template <Record T>
inline constexpr std::size_t size = std::tuple_size_v<std::remove_cvref_t<decltype(Schema<T>::fields)>>;

template <Record T>
inline constexpr auto infos = std::apply(
    [](const auto&... f) { return std::array<FieldInfo, sizeof...(f)>{FieldInfo{f.name, f.kind, f.prose, f.show}...}; },
    Schema<T>::fields);

// Of the declared names; without a declaration every field but the remaining columns. A name that no field has does
// not compile.
template <Record T>
consteval std::uint64_t identity() {
  std::uint64_t bits = 0;
  const auto place_of = [](std::string_view name) {
    for (std::size_t i = 0; i < size<T>; ++i)
      if (infos<T>[i].name == name) return i;
    throw "no such field";
  };
  if constexpr (requires { Schema<T>::identity; }) {
    for (const std::string_view name : Schema<T>::identity) bits |= std::uint64_t{1} << place_of(name);
  } else {
    for (std::size_t i = 0; i < size<T>; ++i)
      if (infos<T>[i].show != Show::rest) bits |= std::uint64_t{1} << i;
  }
  return bits;
}

}  // namespace record_detail

template <Record T>
const RecordType& record_type() {
  static_assert(record_detail::size<T> <= max_fields);
  static const RecordType type{Schema<T>::name, Schema<T>::prose, Schema<T>::line, record_detail::infos<T>,
                               record_detail::identity<T>()};
  return type;
}

// Borrowed views of all fields, in order of the schema.
template <Record T>
std::array<Value, record_detail::size<T>> views(const T& record) {
  return std::apply(
      [&](const auto&... f) {
        return std::array<Value, sizeof...(f)>{
            record_detail::view(record.*(std::remove_cvref_t<decltype(f)>::member))...};
      },
      Schema<T>::fields);
}

}  // namespace testudo
