// Warning lists: values that often are false alarms, each list with a verdict of ours. Floor 3.
// The form of the lists is that of MISP (github.com/MISP/misp-warninglists, schema.json); how they are applied, and why
// not as MISP does, stands in docs/design/warning-lists.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "record/kind.h"

namespace testudo {

// What a list may do. None of them changes what evidence is compared with: `suppress` keeps a value off block lists and
// says so, `exact` lets it stand for itself alone, `annotate` is said beside it.
enum class WarningVerdict : std::uint8_t { annotate, exact, suppress };
std::string_view warning_verdict_name(WarningVerdict verdict);

struct WarningHit {
  enum class How : std::uint8_t {
    equal,     // the very value, or a network equal to a listed one
    below,     // a host below a listed one, an address or network inside a listed one
    overlaps,  // a network that holds a listed one
    host,      // the host of a URL or the domain of an e-mail address is listed, or below one that is
    part,      // a part of the value is listed, or an expression meets it
  };
  std::string_view list;  // lives as long as the lists
  std::string entry;
  WarningVerdict verdict = WarningVerdict::annotate;
  How how = How::equal;
};

struct WarningList {
  std::string_view name, type;  // type: string, hostname, cidr, substring, regex
  WarningVerdict verdict = WarningVerdict::annotate;
  std::uint32_t entries = 0;
};

// Compiled lists, used where they lie (docs/design/warning-lists.md shows the layout). Any octets may be opened: what
// is damaged is an Error or finds less. The octets must outlive it. A look-up costs a few binary searches and is safe
// from several threads.
class WarningLists {
 public:
  static Result<WarningLists> open(Bytes image);
  WarningLists(WarningLists&&) noexcept;
  WarningLists& operator=(WarningLists&&) noexcept;
  ~WarningLists();

  // The lists that name this normalised value, each at most once, the most exact way of each.
  void find(Kind kind, std::string_view value, std::vector<WarningHit>& hits) const;
  std::vector<WarningList> lists() const;

 private:
  struct Image;
  explicit WarningLists(std::unique_ptr<Image> image);
  std::unique_ptr<Image> image_;
};

// The strongest verdict that the hits allow for a block list: a list of `suppress` withholds what it names and what
// lies below; a URL or e-mail address at a listed host is another thing, which at most stands for itself alone. Sets
// `by` to the hit.
WarningVerdict strongest_verdict(const std::vector<WarningHit>& hits, const WarningHit** by = nullptr);

// The lists that the program brings: reserved names and networks, hashes of empty and test files, public resolvers
// (knowledge/warning_core.txt). Compiled at the first call.
const WarningLists& core_warnings();

// Puts lists together and compiles them.
class WarningListBuilder {
 public:
  // A list.json as MISP publishes it. Errors: Fault::malformed; Fault::limit above 5 million entries in all.
  Result<void> add_json(std::string_view json);
  // `kinds` empty: all.
  void add(std::string_view name, std::string_view type, WarningVerdict verdict, const std::vector<Kind>& kinds,
           const std::vector<std::string>& entries);
  std::size_t lists() const { return lists_.size(); }
  std::uint64_t entries() const { return entry_count_; }
  // The image: the same lists in the same order give the same octets.
  std::string compile() const;

 private:
  struct Row {
    std::string name, type;
    WarningVerdict verdict;
    std::uint64_t kinds;
    std::vector<std::string> entries;
  };
  std::vector<Row> lists_;
  std::uint64_t entry_count_ = 0;
};

// The verdict of knowledge/warning_verdicts.txt for a list of this name; `annotate` for one that it does not name.
WarningVerdict verdict_of_list(std::string_view name);

}  // namespace testudo
