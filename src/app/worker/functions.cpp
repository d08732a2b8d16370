#include "app/worker/functions.h"

#include <array>

namespace testudo {

std::span<const WorkerFunction> worker_functions() {
  static constexpr std::array functions = {
      WorkerFunction{read_feeds_worker},
      WorkerFunction{read_backup_facts_worker},
      WorkerFunction{locate_files_worker},
      WorkerFunction{parse_source_worker},
      WorkerFunction{read_feed_files_worker},
      WorkerFunction{read_envelope_worker},
      WorkerFunction{compile_warnings_worker},
      WorkerFunction{evaluate_pattern_worker},
      WorkerFunction{screen_names_worker},
      WorkerFunction{score_pairs_worker},
      WorkerFunction{hunt_worker},
  };
  return functions;
}

}  // namespace testudo
