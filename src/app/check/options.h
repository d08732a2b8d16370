// What a user asks of `testudo check`. Floor 7.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "record/finding.h"
#include "record/seizure.h"
#include "report/finding_json.h"
#include "store/case_store.h"

namespace testudo {

enum class KeepRecords : std::uint8_t { all, findings, none };

struct CheckOptions {
  std::string evidence;            // path of a backup folder
  std::vector<std::string> intel;  // feed files and folders
  std::optional<std::string> case_folder;
  CaseFacts facts;  // of the case; those that are empty stay what they are
  std::optional<std::string> out_folder;
  KeepRecords records = KeepRecords::all;  // what --out and --case are given
  std::optional<Time> as_of;
  std::optional<Seizure> seizure;  // when the phone was out of its owner's hands
  unsigned jobs = 0;               // worker processes at a time; 0: one a core
  bool accept_incomplete = false;  // go on although many files are missing
  bool hash_everything = false;    // hash every file of the evidence, not only what is read
  Redaction redaction = Redaction::none;
  std::chrono::system_clock::time_point started = std::chrono::system_clock::now();  // for run.json alone
};

}  // namespace testudo
