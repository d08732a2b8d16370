// Finds the objects of a STIX feed in its text and goes on behind what is broken. Floor 3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "base/result.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/json_scan.h"
#include "intel/feed/stix_intake.h"

namespace testudo {

class StixWalk {
 public:
  // `text` is the feed's own text or a converted copy; only of the feed's own is anything released.
  StixWalk(const FeedText& feed, std::string_view text, StixIntake& intake)
      : feed_(feed), text_(text), intake_(intake) {}
  Result<void> run();

 private:
  bool at_end() const { return at_ >= text_.size(); }
  Result<void> root();
  void object(bool is_root);
  void container(const JsonSpan& span);
  std::optional<Tlp> enter(std::string_view head);
  std::string_view markings_behind();
  void rest_of_container(bool bundle);
  std::optional<bool> member_of_container();
  void elements();
  void element();
  void broken(const JsonSpan& span);
  void cut();
  void resume(std::size_t from);
  void wrong(Fault fault, std::string_view defect, std::string_view value, std::size_t begin, std::size_t end);

  void keep(std::string_view object, std::size_t depth);
  void accept();
  void read(std::string_view object, std::size_t depth);
  bool parse(std::string_view object, simdjson::dom::element& parsed, std::string_view& spelled);
  bool parse_with_latin_1(std::string_view object, simdjson::dom::element& parsed, std::string_view& spelled);
  simdjson::error_code parse_padded(std::string_view object, simdjson::dom::element& parsed);
  bool looks_like_stix(std::string_view object);
  void release();

  struct Pending {
    std::string_view text;
    std::size_t depth;
  };

  const FeedText& feed_;
  std::string_view text_;
  StixIntake& intake_;
  simdjson::dom::parser parser_;
  std::string padded_, mended_;
  std::size_t at_ = 0, released_ = 0;
  std::size_t reading_ = 0;  // where the object begins that the intake has
  int nesting_ = 0, cuts_ = 0;
  bool accepted_ = false;  // it is certain that this is STIX
  bool any_root_ = false, readable_ = false, given_up_ = false, lost_ = false;
  bool resumed_ = false;          // what stood in front was skipped with the comma behind it
  bool marked_behind_ = false;    // markings behind the objects were found before these were read
  std::vector<Pending> pending_;  // objects before that was certain
  std::optional<Error> first_error_;
};

}  // namespace testudo
