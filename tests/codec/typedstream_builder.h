// typedstream archives for tests, in little endian, as Messages writes them.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace testudo::test {

class TypedStreamBuilder {
 public:
  TypedStreamBuilder() { out_ = std::string("\x04\x0bstreamtyped\x81\xe8\x03"); }

  std::string bytes() const { return out_; }
  void integer(int value) {
    if (value >= -110 && value <= 127) {
      out_.push_back(static_cast<char>(value));
    } else {
      out_ += "\x81";
      out_.push_back(static_cast<char>(value & 0xff));
      out_.push_back(static_cast<char>(value >> 8));
    }
  }
  void unshared(std::string_view text) {
    if (text.size() < 0x80) {
      out_.push_back(static_cast<char>(text.size()));
    } else {
      out_ += "\x81";
      out_.push_back(static_cast<char>(text.size() & 0xff));
      out_.push_back(static_cast<char>(text.size() >> 8));
    }
    out_ += text;
  }
  void shared(const std::string& text) {
    if (const auto found = shared_.find(text); found != shared_.end()) return integer(found->second - 110);
    shared_.emplace(text, static_cast<int>(shared_.size()));
    out_ += "\x84";
    unshared(text);
  }
  // Opens an object whose class chain is not stored yet, or refers to it by number.
  void begin(std::initializer_list<std::pair<const char*, int>> classes) {
    out_ += "\x84";
    for (const auto& [name, version] : classes) {
      if (const auto found = classes_.find(name); found != classes_.end()) return integer(found->second);
      classes_.emplace(name, static_cast<int>(classes_.size()) - 110);
      out_ += "\x84";
      shared(name);
      integer(version);
    }
    out_ += "\x85";
  }
  void end() { out_ += "\x86"; }
  void raw(std::string_view octets) { out_ += octets; }

  void string_object(std::string_view text) {
    shared("@");
    begin({{"NSString", 1}, {"NSObject", 0}});
    shared("+");
    unshared(text);
    end();
  }

 private:
  std::string out_;
  std::map<std::string, int> shared_;
  std::map<std::string, int> classes_;
};

// A message with a link, an attachment and the property list of a data detector.
inline std::string attributed_message(std::string_view text, std::string_view link, std::string_view list = {}) {
  TypedStreamBuilder b;
  b.shared("@");
  b.begin({{"NSMutableAttributedString", 0}, {"NSAttributedString", 0}, {"NSObject", 0}});
  b.string_object(text);
  b.shared("iI");
  b.integer(1);
  b.integer(static_cast<int>(text.size()));
  b.shared("@");
  b.begin({{"NSDictionary", 0}, {"NSObject", 0}});
  b.shared("i");
  b.integer(4);
  b.string_object("__kIMMessagePartAttributeName");
  b.shared("@");
  b.begin({{"NSNumber", 0}, {"NSValue", 0}, {"NSObject", 0}});
  b.shared("*");
  b.raw("\x84");
  b.shared("q");
  b.shared("q");
  b.integer(0);
  b.end();
  b.string_object("__kIMLinkAttributeName");
  b.shared("@");
  b.begin({{"NSURL", 0}, {"NSObject", 0}});
  b.shared("c");
  b.raw(std::string_view("\0", 1));
  b.string_object(link);
  b.end();
  b.string_object("__kIMFileTransferGUIDAttributeName");
  b.string_object("8A4C0F0E-0000-4000-8000-000000000001");
  b.string_object("__kIMDataDetectedAttributeName");
  b.shared("@");
  b.begin({{"NSData", 0}, {"NSObject", 0}});
  b.shared("i");
  b.integer(static_cast<int>(list.size()));
  b.shared("[" + std::to_string(list.size()) + "c]");
  b.raw(list);
  b.end();
  b.end();
  b.end();
  return b.bytes();
}

}  // namespace testudo::test
