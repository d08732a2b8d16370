// Addresses of people in Calendar.sqlitedb. Floor 4. Facts: docs/formats/ios-calendar.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testudo::calendar {

using Text = std::optional<std::string_view>;
using OwnText = std::optional<std::string>;

// Identity.address and old e-mail columns are URIs: "mailto:a@b", "tel:+1…", "/principal/…". Who wrote the invitation
// chose their spelling. `email` and `phone` are the columns that hold the thing itself, where there is one.
OwnText email_of(Text email, Text address);
OwnText phone_of(Text phone, Text address);

}  // namespace testudo::calendar
