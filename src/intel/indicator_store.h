// The indicators of a set in memory: values once, their sources in order. Floor 3.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intel/feed/feed_sink.h"
#include "intel/normalise.h"
#include "intel/secret_hash.h"
#include "record/finding.h"

namespace testudo {

// Text that lives as long as the pool, in blocks, so that growing never holds everything twice.
class TextPool {
 public:
  // A copy of the text, with `more` behind it.
  std::string_view keep(std::string_view text, std::string_view more = {});
  std::uint64_t size() const { return size_; }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t left_ = 0;
  char* next_ = nullptr;
  std::uint64_t size_ = 0;
};

// Whether evidence is compared with a normalised value that a source gives this role: with what it accuses always; with
// what is benign never; with what is context or a victim's, unless everybody meets it: shared platforms, names of
// ordinary software, the best-known sites.
bool is_compared(Kind type, std::string_view normalised, Role role);

class IndicatorStore {
 public:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  // 24 octets each: there may be millions.
  struct Entry {
    const char* text = nullptr;
    std::uint32_t length = 0;
    std::uint32_t first_source = none, last_source = none;
    Kind kind = Kind::text;
    std::uint8_t flags = 0;
    std::uint16_t shown = 0;  // octets of the shown spelling, which follows the value
    std::string_view value() const { return {text, length}; }
    std::string_view value_and_shown() const { return {text, length + std::size_t{shown}}; }
  };
  struct Source {
    const char* text = nullptr;
    std::uint32_t length = 0;
    std::uint32_t feed = 0, threat = 0;  // index into names()
    std::uint32_t next = none;
    std::string_view id() const { return {text, length}; }
  };
  enum class Added : std::uint8_t { fresh, again_same_feed, again_other_feed, full };

  IndicatorStore();
  // `role`: whose the source says that it is. An indicator is accused as soon as one source accuses it.
  Added add(const NormalisedIndicator& indicator, const IndicatorSource& source, Role role = Role::unstated);
  // The two halves of add(): the entry of a value, made where it is new (`none` where the store is full), and a source
  // of an entry. An entry without a source does not get into the image.
  struct Value {
    Kind type = Kind::text;
    std::string_view value, shown;
    Standing standing;
  };
  std::uint32_t entry(const Value& value, bool& fresh);
  struct Said {
    std::string_view feed, threat;
    std::string_view id;  // must live as long as the store
  };
  Added add_source(std::uint32_t entry, const Said& source, Role role = Role::unstated);
  // Forgets the entries from `count` on, which have no sources yet.
  void forget_from(std::size_t count);
  const std::vector<Entry>& entries() const { return entries_; }
  const std::vector<Source>& sources() const { return sources_; }
  const std::vector<std::string_view>& names() const { return names_; }

 private:
  std::uint32_t name(std::string_view text);
  void fill_slots(std::size_t size);

  TextPool pool_;
  std::vector<Entry> entries_;
  std::vector<Source> sources_;
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, std::uint32_t, SecretHash> name_index_;
  std::vector<std::uint64_t> slots_;  // upper half of the hash, entry + 1; 0 is empty
};

// The image of docs/design/matcher-image.md. The same entries in the same order give the same bytes.
std::string write_image(const IndicatorStore& store);

}  // namespace testudo
