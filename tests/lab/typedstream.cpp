// Typed stream: the encoder behind attributed_body. Test tool.
//   header 04 0b "streamtyped" 81 e8 03; then groups: a type encoding (shared string), then a value for each of its
//   letters. 84 new, 85 nil, 86 end of object, 92+n a reference: strings and objects (with classes) are counted apart.
//   Integers: one octet within -110..127, 81 + 16 bits little-endian, 82 + 32 bits.
#include "typedstream.h"

#include <cstdint>
#include <functional>
#include <map>

namespace testudo::lab {
namespace {

class TypedStream {
 public:
  TypedStream() : out_("\x04\x0bstreamtyped\x81\xe8\x03") {}

  void type(std::string_view encoding) { shared(encoding); }
  void integer(std::int64_t value) {
    if (value >= -110 && value <= 127) {
      out_.push_back(static_cast<char>(value));
    } else if (value >= -32768 && value <= 32767) {
      out_.push_back('\x81');
      little(static_cast<std::uint64_t>(value), 2);
    } else {
      out_.push_back('\x82');
      little(static_cast<std::uint64_t>(value), 4);
    }
  }
  void bytes(std::string_view text) {
    integer(static_cast<std::int64_t>(text.size()));
    out_ += text;
  }
  // The chain names the class and its ancestors, outermost last; `version` belongs to the first alone.
  template <typename Fill>
  void object(std::initializer_list<std::pair<std::string_view, int>> chain, Fill&& fill) {
    out_.push_back('\x84');
    ++objects_;
    bool known = false;
    for (const auto& [name, version] : chain) {
      if (auto at = classes_.find(name); at != classes_.end()) {
        reference(at->second);
        known = true;
        break;
      }
      out_.push_back('\x84');
      classes_.emplace(name, objects_++);
      shared(name);
      integer(version);
    }
    if (!known) out_.push_back('\x85');
    fill();
    out_.push_back('\x86');
  }
  void c_string(std::string_view text) {  // counted among the objects, written once
    if (auto at = c_strings_.find(text); at != c_strings_.end()) return reference(at->second);
    out_.push_back('\x84');
    c_strings_.emplace(text, objects_++);
    shared(text);
  }
  void string(std::string_view text, bool mutable_ = false) {
    const auto fill = [&] { type("+"), bytes(text); };
    if (mutable_)
      object({{"NSMutableString", 1}, {"NSString", 1}, {"NSObject", 0}}, fill);
    else
      object({{"NSString", 1}, {"NSObject", 0}}, fill);
  }
  std::string finish() && { return std::move(out_); }

 private:
  void little(std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i, value >>= 8) out_.push_back(static_cast<char>(value & 0xFF));
  }
  void reference(std::size_t number) { integer(static_cast<std::int64_t>(number) - 110); }
  void shared(std::string_view text) {
    if (auto at = strings_.find(text); at != strings_.end()) return reference(at->second);
    out_.push_back('\x84');
    strings_.emplace(text, strings_.size());
    bytes(text);
  }

  std::string out_;
  std::map<std::string, std::size_t, std::less<>> strings_;
  std::map<std::string, std::size_t, std::less<>> classes_;
  std::map<std::string, std::size_t, std::less<>> c_strings_;
  std::size_t objects_ = 0;
};

std::int64_t utf16_units(std::string_view text) {
  std::int64_t units = 0;
  for (const char octet : text) {
    const auto c = static_cast<unsigned char>(octet);
    units += (c & 0xC0) == 0x80 ? 0 : c >= 0xF0 ? 2 : 1;
  }
  return units;
}

void number(TypedStream& s, int value) {
  s.object({{"NSNumber", 0}, {"NSValue", 0}, {"NSObject", 0}}, [&] {
    s.type("*");
    s.c_string("i");
    s.type("i");
    s.integer(value);
  });
}

void attributes(TypedStream& s, std::string_view link) {
  s.type("@");
  s.object({{"NSDictionary", 0}, {"NSObject", 0}}, [&] {
    s.type("i");
    s.integer(link.empty() ? 1 : 2);
    s.type("@");
    s.string("__kIMMessagePartAttributeName");
    s.type("@");
    number(s, 0);
    if (link.empty()) return;
    s.type("@");
    s.string("__kIMLinkAttributeName");
    s.type("@");
    s.object({{"NSURL", 0}, {"NSObject", 0}}, [&] {
      s.type("c");
      s.integer(0);
      s.type("@");
      s.string(link);
    });
  });
}

void body(TypedStream& s, std::string_view text, std::string_view link, bool mutable_) {
  s.type("@");
  s.string(text, mutable_);
  const std::size_t at = link.empty() ? std::string_view::npos : text.find(link);
  const auto run = [&](int index, std::string_view part) {
    s.type("iI");
    s.integer(index);
    s.integer(utf16_units(part));
  };
  if (at == std::string_view::npos) {
    run(1, text);
    attributes(s, link);
    return;
  }
  int index = 0;
  if (at > 0) {
    run(++index, text.substr(0, at));
    attributes(s, {});
  }
  run(++index, link);
  attributes(s, link);
  if (const std::string_view rest = text.substr(at + link.size()); !rest.empty()) {
    if (at > 0) {
      run(1, rest);
    } else {
      run(++index, rest);
      attributes(s, {});
    }
  }
}

}  // namespace

std::string attributed_body(std::string_view text, std::string_view link, BodyClass kind) {
  TypedStream s;
  s.type("@");
  if (kind == BodyClass::mutable_) {
    s.object({{"NSMutableAttributedString", 0}, {"NSAttributedString", 0}, {"NSObject", 0}},
             [&] { body(s, text, link, true); });
  } else {
    s.object({{"NSAttributedString", 0}, {"NSObject", 0}}, [&] { body(s, text, link, false); });
  }
  return std::move(s).finish();
}

}  // namespace testudo::lab
