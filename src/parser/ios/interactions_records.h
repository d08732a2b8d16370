// The records of ios.interactions. Floor 4. Format and sources: docs/formats/ios-interactions.md.
#pragma once

#include "record/schema.h"

namespace testudo::interactions {

struct Interaction {
  std::optional<Time> started_at, ended_at, logged_at, updated_at;
  std::optional<std::string_view> app, target_app, own_account, direction;
  std::optional<std::string_view> sender, sender_name, sender_person;
  std::optional<std::string> sender_phone;
  std::optional<std::string_view> sender_known_as;
  std::optional<std::string_view> recipient, recipient_name, recipient_person;
  std::optional<std::string> recipient_phone;
  std::optional<std::string_view> recipient_known_as;
  std::optional<std::int64_t> recipient_count;
  std::optional<std::string_view> conversation;
  std::optional<std::string> conversation_phone;
  std::optional<std::string_view> conversation_known_as, group_name;
  std::optional<bool> is_response;
  std::optional<std::int64_t> mechanism;
  std::optional<std::string_view> content_url, location_uuid, intent_id, interaction_uuid;
  std::optional<std::string> extra;
};

struct Attachment {
  std::optional<std::int64_t> interaction_id;
  std::optional<Time> started_at;
  std::optional<std::string_view> app, direction, sender;
  std::optional<std::string_view> text, uti, content_url;
  std::optional<std::int64_t> total_bytes;
  std::optional<std::string_view> photo_local_id, cloud_id;
  std::optional<Bytes> attachment_id;
  std::optional<std::string> extra;
};

struct Contact {
  std::optional<std::string_view> identifier, full_name, person_id, custom_id;
  std::optional<std::string> phone;
  std::optional<std::string_view> known_as;
  std::optional<std::int64_t> incoming_recipient_count, incoming_sender_count, outgoing_recipient_count;
  std::optional<Time> first_logged_at, first_incoming_recipient_at, first_incoming_sender_at,
      first_outgoing_recipient_at, last_incoming_recipient_at, last_incoming_sender_at, last_outgoing_recipient_at;
  std::optional<std::string> extra;
};

}  // namespace testudo::interactions

namespace testudo {

template <>
struct Schema<interactions::Interaction> {
  using I = interactions::Interaction;
  static constexpr std::string_view name = "ios.interaction";
  static constexpr std::string_view prose =
      "A contact through any app (message, call, mail, sharing) that the system noted for its suggestions, once for "
      "each "
      "recipient. It outlives the message in the app; it does not prove that a person acted.";
  static constexpr std::string_view line = "{app} {direction} {sender_name} {sender} > {recipient_name} {recipient}";
  static constexpr std::array identity{"interaction_uuid", "started_at", "app", "sender", "recipient"};
  static constexpr std::tuple fields{
      Field<&I::started_at>{"started_at", Kind::time, "when it began", Show::event},
      Field<&I::ended_at>{"ended_at", Kind::time, "when it ended; for messages the same as the start", Show::event},
      Field<&I::logged_at>{"logged_at", Kind::time, "when the system noted it; later for synced or restored ones",
                           Show::event},
      Field<&I::updated_at>{"updated_at", Kind::time, "when the note was last changed"},
      Field<&I::app>{"app", Kind::app_id, "app that it went through"},
      Field<&I::target_app>{"target_app", Kind::app_id, "app that it was meant for, when sharing"},
      Field<&I::own_account>{"own_account", Kind::account, "account of the phone's owner", Show::content},
      Field<&I::direction>{"direction", Kind::text, "incoming or outgoing"},
      Field<&I::sender>{"sender", Kind::account, "number, address or identifier of the sender", Show::content},
      Field<&I::sender_name>{"sender_name", Kind::text, "name of the sender as the app gave it", Show::content},
      Field<&I::sender_person>{"sender_person", Kind::text, "identifier of the sender's contact", Show::content},
      Field<&I::sender_phone>{"sender_phone", Kind::phone, "number behind the sender's WhatsApp address, where known",
                              Show::content},
      Field<&I::sender_known_as>{"sender_known_as", Kind::text, "name behind the sender's WhatsApp address",
                                 Show::content},
      Field<&I::recipient>{"recipient", Kind::account, "number, address or identifier of the recipient", Show::content},
      Field<&I::recipient_name>{"recipient_name", Kind::text, "name of the recipient", Show::content},
      Field<&I::recipient_person>{"recipient_person", Kind::text, "identifier of the recipient's contact",
                                  Show::content},
      Field<&I::recipient_phone>{"recipient_phone", Kind::phone,
                                 "number behind the recipient's WhatsApp address, where known", Show::content},
      Field<&I::recipient_known_as>{"recipient_known_as", Kind::text, "name behind the recipient's WhatsApp address",
                                    Show::content},
      Field<&I::recipient_count>{"recipient_count", Kind::integer, "recipients in all"},
      Field<&I::conversation>{"conversation", Kind::account, "the app's identifier of the conversation", Show::content},
      Field<&I::conversation_phone>{"conversation_phone", Kind::phone,
                                    "number behind the conversation's WhatsApp address, where known", Show::content},
      Field<&I::conversation_known_as>{"conversation_known_as", Kind::text,
                                       "name behind the conversation's WhatsApp address", Show::content},
      Field<&I::group_name>{"group_name", Kind::text, "name of the group", Show::content},
      Field<&I::is_response>{"is_response", Kind::boolean, "whether it answered another one"},
      Field<&I::mechanism>{"mechanism", Kind::integer, "means of contact as stored"},
      Field<&I::content_url>{"content_url", Kind::url, "address of what was shared or of the conversation in its app",
                             Show::content},
      Field<&I::location_uuid>{"location_uuid", Kind::text, "identifier of a place, not a position"},
      Field<&I::intent_id>{"intent_id", Kind::text, "identifier of the intent that the app donated"},
      Field<&I::interaction_uuid>{"interaction_uuid", Kind::text, "identifier of the note"},
      Field<&I::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<interactions::Attachment> {
  using A = interactions::Attachment;
  static constexpr std::string_view name = "ios.interaction_attachment";
  static constexpr std::string_view prose =
      "What was shared in an interaction: a file, picture, link or text. It does not prove that it was opened.";
  static constexpr std::string_view line = "{app} {direction} {sender} shared {text} {content_url} {uti}";
  static constexpr std::array identity{"attachment_id", "interaction_id", "started_at", "content_url"};
  static constexpr std::tuple fields{
      Field<&A::interaction_id>{"interaction_id", Kind::integer, "row of the interaction"},
      Field<&A::started_at>{"started_at", Kind::time, "when the interaction began", Show::event},
      Field<&A::app>{"app", Kind::app_id, "app that it went through"},
      Field<&A::direction>{"direction", Kind::text, "incoming or outgoing"},
      Field<&A::sender>{"sender", Kind::account, "number, address or identifier of the sender", Show::content},
      Field<&A::text>{"text", Kind::text, "text of the attachment", Show::content},
      Field<&A::uti>{"uti", Kind::text, "uniform type identifier"},
      Field<&A::content_url>{"content_url", Kind::url, "address of the attachment", Show::content},
      Field<&A::total_bytes>{"total_bytes", Kind::integer, "size in octets, as noted"},
      Field<&A::photo_local_id>{"photo_local_id", Kind::text, "identifier of a picture in Photos"},
      Field<&A::cloud_id>{"cloud_id", Kind::text, "identifier of a picture in iCloud"},
      Field<&A::attachment_id>{"attachment_id", Kind::bytes, "identifier of the attachment"},
      Field<&A::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<interactions::Contact> {
  using C = interactions::Contact;
  static constexpr std::string_view name = "ios.interaction_contact";
  static constexpr std::string_view prose =
      "A party of interactions with the first and last times that the system counted, also where the interactions "
      "themselves are no longer kept. It does not prove that a person acted.";
  static constexpr std::string_view line = "in contact with {full_name} {identifier}";
  static constexpr std::array identity{"identifier", "custom_id"};
  static constexpr std::tuple fields{
      Field<&C::identifier>{"identifier", Kind::account, "number, address or identifier of the party", Show::content},
      Field<&C::full_name>{"full_name", Kind::text, "name as the app gave it", Show::content},
      Field<&C::person_id>{"person_id", Kind::text, "identifier of the contact", Show::content},
      Field<&C::custom_id>{"custom_id", Kind::text, "identifier that the app uses", Show::content},
      Field<&C::phone>{"phone", Kind::phone, "number behind a WhatsApp address, where known", Show::content},
      Field<&C::known_as>{"known_as", Kind::text, "name behind a WhatsApp address", Show::content},
      Field<&C::incoming_recipient_count>{"incoming_recipient_count", Kind::integer,
                                          "times that the party received what the owner received too"},
      Field<&C::incoming_sender_count>{"incoming_sender_count", Kind::integer, "times that the party sent"},
      Field<&C::outgoing_recipient_count>{"outgoing_recipient_count", Kind::integer, "times that the owner sent to it"},
      Field<&C::first_logged_at>{"first_logged_at", Kind::time, "when the system first noted the party", Show::event},
      Field<&C::first_incoming_recipient_at>{"first_incoming_recipient_at", Kind::time,
                                             "first time as a fellow recipient", Show::event},
      Field<&C::first_incoming_sender_at>{"first_incoming_sender_at", Kind::time, "first time as a sender",
                                          Show::event},
      Field<&C::first_outgoing_recipient_at>{"first_outgoing_recipient_at", Kind::time,
                                             "first time that the owner sent to it", Show::event},
      Field<&C::last_incoming_recipient_at>{"last_incoming_recipient_at", Kind::time, "last time as a fellow recipient",
                                            Show::event},
      Field<&C::last_incoming_sender_at>{"last_incoming_sender_at", Kind::time, "last time as a sender", Show::event},
      Field<&C::last_outgoing_recipient_at>{"last_outgoing_recipient_at", Kind::time,
                                            "last time that the owner sent to it", Show::event},
      Field<&C::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

}  // namespace testudo
