// Worker functions: what the program may ask a worker process to do. Each reads hostile octets and gives back frames.
// The numbers are indexes into worker_functions(). Floor 7.
#pragma once

#include <span>

#include "sandbox/zygote.h"

namespace testudo {

enum class Task : std::uint16_t {
  read_feeds,
  read_backup_facts,
  locate_files,
  parse_source,
  read_feed_files,
  read_envelope,
  compile_warnings,
  evaluate_pattern,
  screen_names,
  score_pairs,
  hunt,
};

std::span<const WorkerFunction> worker_functions();

// The functions themselves, each in the file that also holds the parent's side of its conversation.
void read_feeds_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void read_backup_facts_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void locate_files_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void read_feed_files_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void read_envelope_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void compile_warnings_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void parse_source_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void evaluate_pattern_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void screen_names_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void score_pairs_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);
void hunt_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out);

}  // namespace testudo
