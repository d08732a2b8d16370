// Result<T> and TRY: how every fallible function of the house answers.
// Floor 0. Includes the standard library alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace testudo {

// Why something could not be done. One line of meaning each; none of them is an assertion about our own code
// except `internal`.
enum class Fault : std::uint8_t {
  truncated,    // the bytes end before the structure does
  malformed,    // the bytes contradict the format
  limit,        // a limit of ours was reached (depth, count, size, time)
  unsupported,  // well formed, but a variant that we do not read
  not_found,    // a file, table, column or key is absent
  denied,       // the operating system refused
  io,           // the operating system failed
  wrong_key,    // a password or key does not open this
  usage,        // the caller asked for something that makes no sense
  internal,     // a defect of ours
};

// The stable name used in coverage, JSON and tests ("truncated", "malformed", ...).
std::string_view fault_name(Fault fault);

// An error says what was violated and at which absolute offset of the blob, so that an analyst can open a hex view.
struct Error {
  static constexpr std::uint64_t no_offset = ~std::uint64_t{0};
  Fault fault = Fault::internal;
  std::uint64_t offset = no_offset;
  std::string what;  // English, for logs and coverage; sentences for users come from the message catalogue
};

inline Error error(Fault fault, std::string_view what, std::uint64_t offset = Error::no_offset) {
  return Error{fault, offset, std::string(what)};
}

// Either a value or an Error. Never empty; moved-from results hold moved-from contents.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error e) : state_(std::in_place_index<1>, std::move(e)) {}
  explicit operator bool() const { return state_.index() == 0; }
  bool ok() const { return state_.index() == 0; }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error e) : error_(std::move(e)), ok_(false) {}
  explicit operator bool() const { return ok_; }
  bool ok() const { return ok_; }
  void value() const {}
  Error& error() & { return error_; }
  const Error& error() const& { return error_; }
  Error&& error() && { return std::move(error_); }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace testudo

// Evaluates to the value of a Result, or returns its Error from the enclosing function.
// A statement expression (GCC and clang), so that a parser reads top to bottom like its format's description.
#define TRY(expression)                                                    \
  __extension__({                                                          \
    auto testudo_try_result = (expression);                                \
    if (!testudo_try_result) return std::move(testudo_try_result).error(); \
    std::move(testudo_try_result).value();                                 \
  })
