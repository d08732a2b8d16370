// Addresses that WhatsApp notes apart from messages: who was blocked, who stood on a contact card that was sent, whose
// picture was fetched. Floor 4. Facts: docs/formats/ios-whatsapp.md.
#pragma once

#include "parser/ios/whatsapp_people.h"
#include "parser/ios/whatsapp_records.h"

namespace testudo::whatsapp {

// Emits an `ios.whatsapp_address` for each. ok if the database has none of the tables.
Result<void> read_addresses(const Database& db, const WhatsAppPeople& people, const Input& in, Sink& out);

}  // namespace testudo::whatsapp
