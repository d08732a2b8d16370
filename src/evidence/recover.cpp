#include "evidence/database.h"

namespace testudo {

Result<Database> Database::recover(const Blob&, const Blob*, Report, std::uint64_t, DatabaseLimits) {
  return error(Fault::unsupported, "recovery");
}

}  // namespace testudo
