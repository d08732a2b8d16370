// PlistFile: the file that a parser was handed, read as a property list; what is wrong with the list becomes anomalies
// of the source. Shared by the parsers whose source is a preference file. Floor 4.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_text.h"
#include "codec/plist.h"
#include "parser/embedded_texts.h"
#include "parser/parser.h"

namespace testudo {

struct PlistFile {
  std::vector<std::uint8_t> bytes;  // the list borrows them
  Plist list;

  Node root() const { return list.root(); }
};

// Largest preference file that is read; the largest seen on phones (Info.plist with all icons) has some 100 MB.
inline constexpr std::uint64_t largest_plist = 256U << 20;

// Fault::limit for a larger file, Fault::truncated or malformed where nothing of it can be read.
inline Result<PlistFile> read_plist(const Input& in, Sink& out) {
  std::vector<std::uint8_t> bytes = TRY(in.bytes(largest_plist));
  Plist list = TRY(Plist::parse(bytes));
  for (const PlistAnomaly& anomaly : list.anomalies()) out.anomaly(anomaly.name, anomaly.offset);
  return PlistFile{std::move(bytes), std::move(list)};
}

// What may be taken from a list in all. The objects of a binary list can be shared: one text or dictionary that a
// million others name must not become a million copies. Honest lists share equal keys and numbers too, and grow as JSON
// by a factor of 20 at most in what was seen; 64 is allowed.
class Budget {
 public:
  Budget(Bytes list, Sink& out) : left_(std::min<std::size_t>((1U << 20) + 64 * list.size(), 512U << 20)), out_(out) {}
  Budget(const PlistFile& file, Sink& out) : Budget(Bytes(file.bytes), out) {}
  Sink& sink() const { return out_; }
  bool is_spent() const { return left_ == 0; }
  // Whether `octets` more may be taken; reports `shared_objects` where not, and nothing may be taken any more.
  bool take(std::size_t octets, std::uint64_t where) {
    if (octets < left_) {
      left_ -= octets;
      return true;
    }
    if (left_ != 0) out_.anomaly("shared_objects", where);
    left_ = 0;
    return false;
  }
  // The node as JSON; empty beyond the budget.
  std::string json(const Node& node) {
    std::string text = is_spent() ? std::string() : to_json(node);
    return take(text.size(), node.offset()) ? text : std::string();
  }

 private:
  std::size_t left_;
  Sink& out_;
};

// The root as a dictionary; reports `unexpected_type` and answers a Node of type `none` for anything else.
inline Node root_dictionary(const PlistFile& file, Sink& out) {
  const Node root = file.root();
  if (root.type() == Node::Type::dict) return root;
  out.anomaly("unexpected_type", root.offset());
  return Node();
}

// A time that Apple's frameworks store either as a date or as seconds since 2001. Zero stands for «never».
inline std::optional<Time> plist_time(const Node& node, Sink& out) {
  if (node.type() == Node::Type::date) return out.checked(node.date(), node.offset());
  const auto seconds = node.real();
  if (!seconds && node && node.type() != Node::Type::null) out.anomaly("unexpected_type", node.offset());
  if (!seconds || *seconds == 0) return std::nullopt;
  return out.checked(from_mac_seconds(*seconds), node.offset());
}

// The same for a column of a database: seconds since 2001, in a table whose row stands at `where`.
inline std::optional<Time> column_time(const QueryRow& row, int column, const Locator& where, Sink& out) {
  if (!row.is_null(column) && !row.is_number(column)) out.anomaly("unexpected_type", where.rowid);
  const auto seconds = row.is_number(column) ? row.real(column) : std::nullopt;
  if (!seconds || *seconds == 0) return std::nullopt;
  return out.checked(from_mac_seconds(*seconds), where.rowid);
}

// The entries of a dictionary that a record has no field for, as JSON; nothing if there are none.
inline std::optional<std::string> rest_of(const Node& dictionary, std::span<const std::string_view> shown,
                                          Budget& budget) {
  std::string out;
  JsonText json(out);
  json.object();
  bool any = false;
  for (std::size_t i = 0; i < dictionary.size() && !budget.is_spent(); ++i) {
    if (std::ranges::find(shown, dictionary.key(i)) != shown.end()) continue;
    const std::string value = budget.json(dictionary[i]);
    if (value.empty()) break;
    json.key(dictionary.key(i)).raw(value);
    any = true;
  }
  json.end();
  return any ? std::optional(std::move(out)) : std::nullopt;
}

// All texts below a node in their order, a line each. The budget ends a walk through objects that others share.
inline std::string texts_below(const Node& top, Budget& budget) {
  std::string lines;
  std::vector<Node> open{top};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    const auto text = node.text();
    if (!budget.take(1 + node.size() + (text ? text->size() : 0), node.offset())) return lines;
    if (text && !text->empty()) lines.append(lines.empty() ? "" : "\n").append(*text);
    if (const auto data = node.data(); data && as_text(*data).starts_with("bplist")) {
      if (!budget.take(data->size(), node.offset())) return lines;
      EmbeddedTexts inner;
      inner.add_blob(*data);
      const std::string held = inner.take(budget.sink(), node.offset()).value_or("");
      if (!budget.take(held.size(), node.offset())) return lines;
      if (!held.empty()) lines.append(lines.empty() ? "" : "\n").append(held);
    }
    for (std::size_t i = node.size(); i-- > 0;) open.push_back(node[i]);
  }
  return lines;
}

inline std::optional<std::string_view> non_empty(std::optional<std::string_view> text) {
  return text && !text->empty() ? text : std::nullopt;
}

// The last component of a path, without trailing slashes; the whole where there is no slash.
inline std::string_view last_component(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace testudo
