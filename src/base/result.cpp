#include "base/result.h"

namespace testudo {

std::string_view fault_name(Fault fault) {
  switch (fault) {
    case Fault::truncated:
      return "truncated";
    case Fault::malformed:
      return "malformed";
    case Fault::limit:
      return "limit";
    case Fault::unsupported:
      return "unsupported";
    case Fault::not_found:
      return "not_found";
    case Fault::denied:
      return "denied";
    case Fault::io:
      return "io";
    case Fault::wrong_key:
      return "wrong_key";
    case Fault::usage:
      return "usage";
    case Fault::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace testudo
