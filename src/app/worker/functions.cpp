#include "app/worker/functions.h"

#include <array>

namespace testudo {

std::span<const WorkerFunction> worker_functions() {
  static constexpr std::array<WorkerFunction, 6> functions = {read_feeds_worker, read_backup_facts_worker,
                                                              locate_files_worker, parse_source_worker,
                                                              read_feed_files_worker, read_envelope_worker};
  return functions;
}

}  // namespace testudo
