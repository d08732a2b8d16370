// What FollowTheMoney's properties say of an entity. Private to src/intel/screen.
#pragma once

#include <span>
#include <string_view>

#include "intel/screen/list_builder.h"

namespace testudo {

// Schemas that stand for someone or something that can be listed.
bool is_ftm_subject(std::string_view schema);
// The properties that are read, in the order in which they count: names before aliases.
std::span<const std::string_view> ftm_properties();
// Adds one value of one property; others than these are passed over.
void add_ftm_property(EntityBuilder& entity, std::string_view property, std::string_view value);

}  // namespace testudo
