// What a device's model is called, and which version of iOS was the newest on a day: facts that age, kept as data in
// knowledge/ios_models.txt and knowledge/ios_versions.txt. Floor 4.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace testudo {

// "iPhone14,5" -> "iPhone 13"; nothing for a model that the list does not know. Lives as long as the program.
std::optional<std::string_view> model_name(std::string_view product_type);

// The newest version of iOS for the iPhone that the list knows to have been published by `day`; nothing before the
// first. It may not run on every phone. The list is not complete: the true newest version of that day can be newer
// still.
std::optional<std::string_view> newest_ios(Time day);
// The same among the versions with the same major number: what an older phone can have.
std::optional<std::string_view> newest_ios_of_major(std::string_view version, Time day);

// Whether `a` comes before `b`, number by number ("9.3.6" before "10.0"). False if either is no version.
bool is_older_version(std::string_view a, std::string_view b);

}  // namespace testudo
