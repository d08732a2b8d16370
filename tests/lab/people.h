// People: invented persons, sentences and addresses for ordinary traffic. Test tool. Nobody exists; numbers are of the
// 555-01xx block kept for fiction, hosts end in .example or .test (RFC 2606).
#pragma once

#include <string>
#include <vector>

#include "random.h"

namespace testudo::lab {

struct Person {
  std::string first, last, phone, email;
};

const std::vector<Person>& people();  // 60, the same for every seed
std::string sentence(Random& random);
// Appends instead of allocating: large backups hold a million sentences.
void append_sentence(std::string& out, Random& random);
std::string web_host(Random& random);
std::string web_address(Random& random);  // https, harmless
std::string title(Random& random);
std::string app_id(Random& random);  // of an ordinary app

}  // namespace testudo::lab
