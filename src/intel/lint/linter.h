// Linter: what is wrong with feeds, each by itself and beside the others. Floor 3. Manual: docs/manual/lint.md.
#pragma once

#include <string>
#include <string_view>

#include "intel/feed/feed_format.h"
#include "intel/lint/feed_lint.h"
#include "intel/lint/lint_finding.h"
#include "intel/lint/listed_values.h"
#include "intel/warning/warning_lists.h"

namespace testudo {

// Keeps of each value its text and its object's id, for comparing files: about 150 octets.
class Linter {
 public:
  // `warnings`: lists beside those that the program brings; may be null.
  explicit Linter(LintReceiver receiver, const WarningLists* warnings = nullptr)
      : receiver_(std::move(receiver)), warnings_(warnings) {}

  // Reads and checks one file. `file`: as findings shall name it, with the folders that tell which files lie beside
  // each other. What it says goes on to `next`, values normalised; null: to nobody. An Error as the format's reader
  // gives it.
  Result<void> feed(std::string_view file, const FeedText& feed, const FeedFormat& format, FeedSink* next = nullptr);
  // Takes over the files that another has checked, behind its own.
  void append(Linter&& other);
  // Compares the files with each other; called once, after the last.
  void finish();

 private:
  LintReceiver receiver_;
  const WarningLists* warnings_;
  TextPool pool_;
  std::vector<TextPool> others_;  // in which files that were taken over have their texts
  std::vector<ListedFile> files_;
};

}  // namespace testudo
