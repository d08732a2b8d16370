// Plist: property lists to write, in both of Apple's forms. Independent of src/codec, so that each can check the other.
// Test tool. Sources: CFBinaryPList.c (opensource.apple.com) for the binary layout, PropertyList-1.0.dtd for XML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace testudo::lab {

struct Data {
  std::string bytes;
};
struct Date {
  double mac = 0;
};  // seconds since 2001-01-01T00:00:00Z
struct Uid {
  std::uint64_t index = 0;
};  // NSKeyedArchiver's reference; binary form only

struct Plist;
using Array = std::vector<Plist>;
using Entry = std::pair<std::string, Plist>;
using Dict = std::vector<Entry>;  // kept in the order given

struct Plist {
  std::variant<bool, std::int64_t, double, std::string, Data, Date, Uid, Array, Dict> value;
  Plist(bool v) : value(v) {}
  Plist(int v) : value(std::int64_t{v}) {}
  Plist(std::int64_t v) : value(v) {}
  Plist(double v) : value(v) {}
  Plist(const char* v) : value(std::string(v)) {}
  Plist(std::string v) : value(std::move(v)) {}
  Plist(std::string_view v) : value(std::string(v)) {}
  Plist(Data v) : value(std::move(v)) {}
  Plist(Date v) : value(v) {}
  Plist(Uid v) : value(v) {}
  Plist(Array v) : value(std::move(v)) {}
  Plist(Dict v) : value(std::move(v)) {}
};

std::string binary_plist(const Plist& root);
std::string xml_plist(const Plist& root);  // a Uid becomes its integer

}  // namespace testudo::lab
