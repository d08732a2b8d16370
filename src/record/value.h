// Value: one field of a record while it passes by; a borrowed view, never an owner. Floor 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace testudo {

class Value {
 public:
  enum class Type : std::uint8_t { null, integer, real, text, bytes };

  Value() = default;
  static Value of_integer(std::int64_t v) {
    Value out;
    out.type_ = Type::integer, out.integer_ = v;
    return out;
  }
  static Value of_real(double v) {
    Value out;
    out.type_ = Type::real, out.real_ = v;
    return out;
  }
  // Borrowed: the text or bytes must outlive the Value.
  static Value of_text(std::string_view v) {
    Value out;
    out.type_ = Type::text, out.view_ = v;
    return out;
  }
  static Value of_bytes(Bytes v) {
    Value out;
    out.type_ = Type::bytes, out.view_ = as_text(v);
    return out;
  }

  Type type() const { return type_; }
  bool is_null() const { return type_ == Type::null; }
  // Zero or empty where the type is another one.
  std::int64_t integer() const { return type_ == Type::integer ? integer_ : 0; }
  double real() const { return type_ == Type::real ? real_ : 0; }
  std::string_view text() const { return view_; }  // also the octets of `bytes`
  Bytes bytes() const { return as_bytes(view_); }

 private:
  Type type_ = Type::null;
  union {
    std::int64_t integer_ = 0;
    double real_;
  };
  std::string_view view_;
};

}  // namespace testudo
