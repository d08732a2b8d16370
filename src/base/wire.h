// Wire: small length-prefixed messages between our own processes. Writing appends; reading goes through Reader, because
// a worker that read hostile evidence is not trusted. Little endian. Floor 0.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/reader.h"

namespace testudo {

class WireOut {
 public:
  explicit WireOut(std::string& out) : out_(out) {}
  template <typename T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  WireOut& number(T value) {
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    out_.append(raw, sizeof(T));
    return *this;
  }
  // Several numbers, appended at once.
  template <typename... T>
  WireOut& numbers(T... values) {
    char raw[(sizeof(T) + ...)];
    char* at = raw;
    ((std::memcpy(at, &values, sizeof(T)), at += sizeof(T)), ...);
    out_.append(raw, sizeof raw);
    return *this;
  }
  WireOut& text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    if (!value.empty()) out_ += value;
    return *this;
  }

 private:
  std::string& out_;
};

class WireIn {
 public:
  explicit WireIn(std::string_view message) : in_(as_bytes(message)) {}
  template <std::unsigned_integral T>
  Result<T> number() {
    return in_.le<T>("number");
  }
  // Borrowed from the message.
  Result<std::string_view> text() {
    const auto size = TRY(in_.le<std::uint32_t>("text size"));
    return as_text(TRY(in_.take(size, "text")));
  }
  bool done() const { return in_.empty(); }

 private:
  Reader in_;
};

}  // namespace testudo
