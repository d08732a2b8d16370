// Identifiers made from content (RFC 9562, version 5), so that publishing again never makes a second object. Floor 3.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace testudo {

using Uuid = std::array<std::uint8_t, 16>;

// STIX 2.1 §2.9: the namespace of cyber-observable objects; their name is the canonical JSON (RFC 8785) of the
// properties that identify them.
inline constexpr Uuid stix_observable_namespace = {0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c,
                                                   0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7};
// Our own: e4729a19-c27f-41c3-b4ee-3c185f0a7a0f. Names are fields joined by a line feed (docs/manual/export.md, "Ids").
inline constexpr Uuid export_namespace = {0xe4, 0x72, 0x9a, 0x19, 0xc2, 0x7f, 0x41, 0xc3,
                                          0xb4, 0xee, 0x3c, 0x18, 0x5f, 0x0a, 0x7a, 0x0f};

// The malware that an indicator of no named threat points to where readers drop what points to none. Our reader takes
// no name from it.
inline constexpr std::string_view unnamed_threat = "unnamed threat";

Uuid uuid5(const Uuid& space, std::string_view name);
std::string uuid_text(const Uuid& uuid);
// uuid5 in our namespace of `type` LF `name`, as text.
std::string export_uuid(std::string_view type, std::string_view name);

}  // namespace testudo
