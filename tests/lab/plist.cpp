// Plist: bplist00 and XML writers. Test tool.
//   bplist00: "bplist00" | objects | offset table | trailer (6 unused, offset size, reference size, count, root, table)
#include "plist.h"

#include <bit>
#include <unordered_map>

#include "base/text.h"
#include "base/time.h"

namespace testudo::lab {
namespace {

void append_be(std::string& out, std::uint64_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) out.push_back(static_cast<char>((value >> shift) & 0xFF));
}

// Flattens a tree into numbered objects, strings made unique as CoreFoundation does.
class BinaryWriter {
 public:
  std::string write(const Plist& root) {
    number(root);
    width_ = nodes_.size() < 256 ? 1 : nodes_.size() < 65536 ? 2 : 4;
    std::string out = "bplist00";
    std::vector<std::uint64_t> offsets;
    offsets.reserve(nodes_.size());
    for (const Node& node : nodes_) {
      offsets.push_back(out.size());
      emit(out, node);
    }
    const std::uint64_t table = out.size();
    const int wide = table < 256 ? 1 : table < 65536 ? 2 : table < (1U << 24) ? 3 : 4;
    for (std::uint64_t offset : offsets) append_be(out, offset, wide);
    out.append(6, '\0');
    out.push_back(static_cast<char>(wide));
    out.push_back(static_cast<char>(width_));
    append_be(out, nodes_.size(), 8);
    append_be(out, 0, 8);
    append_be(out, table, 8);
    return out;
  }

 private:
  struct Node {
    const Plist* plist = nullptr;
    const std::string* key = nullptr;  // a dictionary's key, or a string
    std::vector<std::size_t> children;
  };

  std::size_t number_string(const std::string& text) {
    auto [at, fresh] = strings_.try_emplace(text, nodes_.size());
    if (fresh) nodes_.push_back({nullptr, &text, {}});
    return at->second;
  }
  std::size_t number(const Plist& p) {
    if (const auto* text = std::get_if<std::string>(&p.value)) return number_string(*text);
    const std::size_t me = nodes_.size();
    nodes_.push_back({&p, nullptr, {}});
    std::vector<std::size_t> children;
    if (const auto* array = std::get_if<Array>(&p.value)) {
      for (const Plist& item : *array) children.push_back(number(item));
    } else if (const auto* dict = std::get_if<Dict>(&p.value)) {
      for (const Entry& entry : *dict) children.push_back(number_string(entry.first));
      for (const Entry& entry : *dict) children.push_back(number(entry.second));
    }
    nodes_[me].children = std::move(children);
    return me;
  }

  static void mark(std::string& out, int type, std::uint64_t count) {
    if (count < 15) {
      out.push_back(static_cast<char>(type << 4 | static_cast<int>(count)));
      return;
    }
    out.push_back(static_cast<char>(type << 4 | 15));
    integer(out, static_cast<std::int64_t>(count));
  }
  static void integer(std::string& out, std::int64_t value) {
    const int power = value < 0 ? 3 : value < 256 ? 0 : value < 65536 ? 1 : value < (std::int64_t{1} << 32) ? 2 : 3;
    out.push_back(static_cast<char>(0x10 | power));
    append_be(out, static_cast<std::uint64_t>(value), 1 << power);
  }
  static void string(std::string& out, const std::string& text) {
    bool ascii = true;
    for (const char c : text) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
    if (ascii) {
      mark(out, 5, text.size());
      out += text;
      return;
    }
    std::string wide;
    std::uint64_t units = 0;
    for (std::size_t i = 0; i < text.size();) {
      const unsigned char c = static_cast<unsigned char>(text[i]);
      const int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
      std::uint32_t point = more == 0 ? c : c & (0x3FU >> more);
      for (int k = 1; k <= more && i + static_cast<std::size_t>(k) < text.size(); ++k)
        point = point << 6 | (static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0x3FU);
      i += static_cast<std::size_t>(more) + 1;
      if (point >= 0x10000) {
        append_be(wide, 0xD800 + ((point - 0x10000) >> 10), 2);
        append_be(wide, 0xDC00 + ((point - 0x10000) & 0x3FF), 2);
        units += 2;
      } else {
        append_be(wide, point, 2);
        ++units;
      }
    }
    mark(out, 6, units);
    out += wide;
  }
  void emit(std::string& out, const Node& node) const {
    if (node.key != nullptr) return string(out, *node.key);
    const auto& v = node.plist->value;
    if (const auto* b = std::get_if<bool>(&v)) {
      out.push_back(*b ? '\x09' : '\x08');
    } else if (const auto* i = std::get_if<std::int64_t>(&v)) {
      integer(out, *i);
    } else if (const auto* d = std::get_if<double>(&v)) {
      out.push_back('\x23');
      append_be(out, std::bit_cast<std::uint64_t>(*d), 8);
    } else if (const auto* data = std::get_if<Data>(&v)) {
      mark(out, 4, data->bytes.size());
      out += data->bytes;
    } else if (const auto* date = std::get_if<Date>(&v)) {
      out.push_back('\x33');
      append_be(out, std::bit_cast<std::uint64_t>(date->mac), 8);
    } else if (const auto* uid = std::get_if<Uid>(&v)) {
      const int bytes = uid->index < 256 ? 1 : uid->index < 65536 ? 2 : 4;
      out.push_back(static_cast<char>(0x80 | (bytes - 1)));
      append_be(out, uid->index, bytes);
    } else {
      const bool dict = std::holds_alternative<Dict>(v);
      mark(out, dict ? 0xD : 0xA, dict ? node.children.size() / 2 : node.children.size());
      for (std::size_t child : node.children) append_be(out, child, width_);
    }
  }

  std::vector<Node> nodes_;
  std::unordered_map<std::string_view, std::size_t> strings_;
  int width_ = 1;
};

void escape_xml(std::string& out, std::string_view text) {
  for (char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      out.push_back(c);
  }
}

void xml(std::string& out, const Plist& p, int depth) {
  const std::string indent(static_cast<std::size_t>(depth), '\t');
  const auto element = [&](std::string_view name, std::string_view text) {
    out.append(indent).append("<").append(name).append(">");
    escape_xml(out, text);
    out.append("</").append(name).append(">\n");
  };
  const auto& v = p.value;
  if (const auto* b = std::get_if<bool>(&v))
    out += indent + (*b ? "<true/>\n" : "<false/>\n");
  else if (const auto* i = std::get_if<std::int64_t>(&v))
    element("integer", std::to_string(*i));
  else if (const auto* d = std::get_if<double>(&v))
    element("real", std::to_string(*d));
  else if (const auto* s = std::get_if<std::string>(&v))
    element("string", *s);
  else if (const auto* data = std::get_if<Data>(&v))
    element("data", to_base64(as_bytes(data->bytes)));
  else if (const auto* uid = std::get_if<Uid>(&v))
    element("integer", std::to_string(uid->index));
  else if (const auto* date = std::get_if<Date>(&v)) {
    const Time whole{(static_cast<std::int64_t>(date->mac) + 978307200) * 1'000'000};
    element("date", to_rfc3339(whole));
  } else if (const auto* array = std::get_if<Array>(&v)) {
    out += indent + "<array>\n";
    for (const Plist& item : *array) xml(out, item, depth + 1);
    out += indent + "</array>\n";
  } else {
    out += indent + "<dict>\n";
    for (const Entry& entry : std::get<Dict>(v)) {
      out += indent + "\t<key>";
      escape_xml(out, entry.first);
      out += "</key>\n";
      xml(out, entry.second, depth + 1);
    }
    out += indent + "</dict>\n";
  }
}

}  // namespace

std::string binary_plist(const Plist& root) { return BinaryWriter().write(root); }

std::string xml_plist(const Plist& root) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n";
  xml(out, root, 0);
  return out += "</plist>\n";
}

}  // namespace testudo::lab
