// The records of ios.whatsapp. Floor 4. Format and sources: docs/formats/ios-whatsapp.md.
#pragma once

#include "record/schema.h"

namespace testudo::whatsapp {

struct Message {
  std::optional<Time> sent_at, transmitted_at;
  std::optional<std::string_view> direction;
  std::optional<std::string_view> handle, contact_name, chat, chat_name, from_jid, to_jid, push_name;
  std::optional<std::string_view> text;
  std::optional<std::string> embedded_texts;
  std::optional<std::string_view> media_url, media_path, media_title;
  std::optional<std::int64_t> media_bytes;
  std::optional<double> latitude, longitude;
  std::optional<std::int64_t> message_type, group_event, message_status;
  std::optional<bool> starred;
  std::optional<std::string_view> stanza_id;
  std::optional<std::string> extra, media_extra;
};

struct DataItem {
  std::optional<Time> added_at, sent_at;
  std::optional<std::int64_t> message_id, item_type;
  std::optional<std::string_view> direction;
  std::optional<std::string> handle;
  std::optional<std::string_view> link_text, content1, content2, title, summary;
  std::optional<std::string> extra;
};

struct Chat {
  std::optional<std::string_view> chat, chat_name;
  std::optional<std::string> handle;
  std::optional<std::string_view> contact_name, contact_identifier;
  std::optional<std::int64_t> session_type;
  std::optional<bool> archived, removed, hidden;
  std::optional<std::int64_t> message_counter, messages_stored;
  std::optional<Time> last_message_at, first_stored_at, last_stored_at, group_created_at;
  std::optional<std::string_view> last_message_text, draft;
  std::optional<std::string> group_creator, group_owner;
  std::optional<std::string> extra, group_extra;
};

struct Member {
  std::optional<std::string_view> chat, chat_name, member_jid;
  std::optional<std::string> handle;
  std::optional<std::string_view> contact_name, contact_identifier;
  std::optional<bool> is_admin, is_active;
  std::optional<std::string> extra;
};

struct Lid {
  std::optional<std::string_view> lid;
  std::optional<std::string> phone;
  std::optional<Time> paired_at;
};

// Somebody whose name the phone learnt, whether or not a message of theirs is left.
struct Profile {
  std::optional<std::string_view> jid;
  std::optional<std::string> handle;
  std::optional<std::string_view> push_name;
};

// An address that is noted apart from messages.
struct Address {
  std::optional<Time> noted_at;
  std::optional<std::string_view> noted_as, jid;
  std::optional<std::string> handle;
  std::optional<std::string_view> contact_name;
  std::optional<std::string> sender;
};

}  // namespace testudo::whatsapp

namespace testudo {

template <>
struct Schema<whatsapp::Message> {
  using M = whatsapp::Message;
  static constexpr std::string_view name = "ios.whatsapp_message";
  static constexpr std::string_view prose =
      "A message in WhatsApp, with the file, place or contact card that came with it. It does not prove that anybody "
      "read it or opened a link in it; linked devices write into the same chats.";
  static constexpr std::string_view line = "WhatsApp {direction} {handle} {contact_name}: {text} {media_path}";
  static constexpr std::array identity{"chat", "stanza_id", "sent_at"};
  static constexpr std::tuple fields{
      Field<&M::sent_at>{"sent_at", Kind::time, "when it was sent, or received", Show::event},
      Field<&M::transmitted_at>{"transmitted_at", Kind::time, "when WhatsApp's server took it"},
      Field<&M::direction>{"direction", Kind::text, "incoming or outgoing"},
      Field<&M::handle>{"handle", Kind::account,
                        "the other party: in a group the member who wrote; its number where known, else its address",
                        Show::content},
      Field<&M::contact_name>{"contact_name", Kind::text, "the party's name in the contacts, or the one it chose",
                              Show::content},
      Field<&M::chat>{"chat", Kind::account, "address of the chat: a person, a group (@g.us) or a broadcast",
                      Show::content},
      Field<&M::chat_name>{"chat_name", Kind::text, "name of the chat", Show::content},
      Field<&M::from_jid>{"from_jid", Kind::account, "address of the sender or, in a group, of the group",
                          Show::content},
      Field<&M::to_jid>{"to_jid", Kind::account, "address that it was sent to", Show::content},
      Field<&M::push_name>{"push_name", Kind::text, "name that the sender gave itself", Show::content},
      Field<&M::text>{"text", Kind::text, "what was written", Show::content},
      Field<&M::embedded_texts>{
          "embedded_texts", Kind::text,
          "contact cards, captions, quoted and other texts of the media item; question and options "
          "of a poll; one a line",
          Show::content},
      Field<&M::media_url>{"media_url", Kind::url,
                           "where the file was fetched (mmg.whatsapp.net), or the link of a preview"},
      Field<&M::media_path>{"media_path", Kind::path, "where the file lies in WhatsApp's folder", Show::content},
      Field<&M::media_title>{"media_title", Kind::text, "title or caption of the file", Show::content},
      Field<&M::media_bytes>{"media_bytes", Kind::integer, "size of the file in octets, as stated"},
      Field<&M::latitude>{"latitude", Kind::real, "degrees, of a place that was sent", Show::content},
      Field<&M::longitude>{"longitude", Kind::real, "degrees, of a place that was sent", Show::content},
      Field<&M::message_type>{
          "message_type", Kind::integer,
          "0 text, 1 image, 2 video, 3 voice, 4 contact, 5 place, 6 group event, 7 link, 8 document, "
          "10 call or notice, 14 deleted for all, 15 sticker"},
      Field<&M::group_event>{"group_event", Kind::integer, "kind of a group event or notice; 0 for none"},
      Field<&M::message_status>{"message_status", Kind::integer, "state of delivery as stored"},
      Field<&M::starred>{"starred", Kind::boolean, "whether the user marked it"},
      Field<&M::stanza_id>{"stanza_id", Kind::text, "the message's identifier, the same for both parties"},
      Field<&M::extra>{"extra", Kind::text, "the remaining columns of the message, as JSON", Show::rest},
      Field<&M::media_extra>{"media_extra", Kind::text, "the remaining columns of its media item, as JSON",
                             Show::rest}};
};

template <>
struct Schema<whatsapp::DataItem> {
  using D = whatsapp::DataItem;
  static constexpr std::string_view name = "ios.whatsapp_data_item";
  static constexpr std::string_view prose =
      "A link or document that WhatsApp listed of a message, with its preview. It does not prove that it was opened.";
  static constexpr std::string_view line = "WhatsApp {direction} {handle} link {link_text} {title}";
  static constexpr std::array identity{"message_id", "item_type", "sent_at", "link_text"};
  static constexpr std::tuple fields{
      Field<&D::added_at>{"added_at", Kind::time, "when the item was listed", Show::event},
      Field<&D::sent_at>{"sent_at", Kind::time, "when its message was sent, or received"},
      Field<&D::message_id>{"message_id", Kind::integer, "row of its message"},
      Field<&D::item_type>{"item_type", Kind::integer, "kind of item as stored"},
      Field<&D::direction>{"direction", Kind::text, "incoming or outgoing"},
      Field<&D::handle>{"handle", Kind::account, "the sender; its number where known, else its address", Show::content},
      Field<&D::link_text>{"link_text", Kind::text, "the part of the message that was taken for a link", Show::content},
      Field<&D::content1>{"content1", Kind::text, "first content: the link's address, or a file's name", Show::content},
      Field<&D::content2>{"content2", Kind::text, "second content: the address that the link led to", Show::content},
      Field<&D::title>{"title", Kind::text, "title of the preview", Show::content},
      Field<&D::summary>{"summary", Kind::text, "description in the preview", Show::content},
      Field<&D::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<whatsapp::Chat> {
  using C = whatsapp::Chat;
  static constexpr std::string_view name = "ios.whatsapp_chat";
  static constexpr std::string_view prose =
      "A chat in WhatsApp's list, also a removed one. Fewer messages stored than counted may mean that messages were "
      "deleted, or that they expired.";
  static constexpr std::string_view line = "WhatsApp chat {chat_name} {handle}";
  static constexpr std::array identity{"chat"};
  static constexpr std::tuple fields{
      Field<&C::chat>{"chat", Kind::account, "address of the chat: a person, a group (@g.us) or a broadcast",
                      Show::content},
      Field<&C::chat_name>{"chat_name", Kind::text, "name of the chat", Show::content},
      Field<&C::handle>{"handle", Kind::account, "the other party's number where known, else its address",
                        Show::content},
      Field<&C::contact_name>{"contact_name", Kind::text, "the party's name in the contacts, or the one it chose",
                              Show::content},
      Field<&C::contact_identifier>{"contact_identifier", Kind::account,
                                    "the party's other address as the chat notes it, mostly its number", Show::content},
      Field<&C::session_type>{"session_type", Kind::integer, "0 person, 1 group, 2 broadcast, 3 status, 4 community"},
      Field<&C::archived>{"archived", Kind::boolean, "whether the chat was archived"},
      Field<&C::removed>{"removed", Kind::boolean, "whether the chat was removed from the list"},
      Field<&C::hidden>{"hidden", Kind::boolean, "whether the chat is hidden"},
      Field<&C::message_counter>{"message_counter", Kind::integer, "messages that WhatsApp counts"},
      Field<&C::messages_stored>{"messages_stored", Kind::integer, "messages of it in the database"},
      Field<&C::last_message_at>{"last_message_at", Kind::time, "time of the last message as the list shows it",
                                 Show::event},
      Field<&C::first_stored_at>{"first_stored_at", Kind::time, "time of the first message in the database"},
      Field<&C::last_stored_at>{"last_stored_at", Kind::time, "time of the last message in the database"},
      Field<&C::group_created_at>{"group_created_at", Kind::time, "when the group was made", Show::event},
      Field<&C::group_creator>{"group_creator", Kind::account, "who made the group", Show::content},
      Field<&C::group_owner>{"group_owner", Kind::account, "who owns the group", Show::content},
      Field<&C::last_message_text>{"last_message_text", Kind::text, "text of the last message as the list shows it",
                                   Show::content},
      Field<&C::draft>{"draft", Kind::text, "what was typed and not sent", Show::content},
      Field<&C::extra>{"extra", Kind::text, "the remaining columns of the chat, as JSON", Show::rest},
      Field<&C::group_extra>{"group_extra", Kind::text, "the remaining columns of the group, as JSON", Show::rest}};
};

template <>
struct Schema<whatsapp::Member> {
  using M = whatsapp::Member;
  static constexpr std::string_view name = "ios.whatsapp_group_member";
  static constexpr std::string_view prose =
      "A member, or former member, of a WhatsApp group. It does not prove that the member ever wrote.";
  static constexpr std::string_view line = "WhatsApp group {chat_name} member {handle} {contact_name}";
  static constexpr std::array identity{"chat", "member_jid"};
  static constexpr std::tuple fields{
      Field<&M::chat>{"chat", Kind::account, "address of the group", Show::content},
      Field<&M::chat_name>{"chat_name", Kind::text, "name of the group", Show::content},
      Field<&M::member_jid>{"member_jid", Kind::account, "address of the member", Show::content},
      Field<&M::handle>{"handle", Kind::account, "the member's number where known, else its address", Show::content},
      Field<&M::contact_name>{"contact_name", Kind::text, "name in the contacts, or the one that the member chose",
                              Show::content},
      Field<&M::contact_identifier>{"contact_identifier", Kind::account,
                                    "the member's other address as the group notes it, mostly its number",
                                    Show::content},
      Field<&M::is_admin>{"is_admin", Kind::boolean, "whether the member administers the group"},
      Field<&M::is_active>{"is_active", Kind::boolean, "whether the member is still in the group"},
      Field<&M::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<whatsapp::Lid> {
  using L = whatsapp::Lid;
  static constexpr std::string_view name = "ios.whatsapp_lid";
  static constexpr std::string_view prose =
      "A pair of a WhatsApp private identifier (LID) and the phone number behind it, as WhatsApp's server told the "
      "phone.";
  static constexpr std::string_view line = "WhatsApp {lid} is {phone}";
  static constexpr std::array identity{"lid", "phone"};
  static constexpr std::tuple fields{
      Field<&L::lid>{"lid", Kind::account, "private identifier", Show::content},
      Field<&L::phone>{"phone", Kind::phone, "phone number", Show::content},
      Field<&L::paired_at>{"paired_at", Kind::time, "when the phone learnt the pair", Show::event}};
};

template <>
struct Schema<whatsapp::Profile> {
  using P = whatsapp::Profile;
  static constexpr std::string_view name = "ios.whatsapp_profile";
  static constexpr std::string_view prose =
      "The name that a WhatsApp user chose, as the phone learnt it. It does not prove that the two ever wrote to each "
      "other: members of a common group are enough.";
  static constexpr std::string_view line = "WhatsApp user {handle} calls itself {push_name}";
  static constexpr std::array identity{"jid"};
  static constexpr std::tuple fields{
      Field<&P::jid>{"jid", Kind::account, "address of the person", Show::content},
      Field<&P::handle>{"handle", Kind::account, "the person's number where known, else its address", Show::content},
      Field<&P::push_name>{"push_name", Kind::text, "name that the person chose", Show::content}};
};

template <>
struct Schema<whatsapp::Address> {
  using A = whatsapp::Address;
  static constexpr std::string_view name = "ios.whatsapp_address";
  static constexpr std::string_view prose =
      "An address that WhatsApp noted apart from messages: blocked, on a contact card that somebody sent, or one whose "
      "picture was fetched. It does not prove that the two ever wrote to each other.";
  static constexpr std::string_view line = "WhatsApp {noted_as}: {handle} {contact_name}";
  static constexpr std::array identity{"noted_as", "jid", "sender"};
  static constexpr std::tuple fields{
      Field<&A::noted_at>{"noted_at", Kind::time, "when the card's message was sent, or the picture was last asked for",
                          Show::event},
      Field<&A::noted_as>{"noted_as", Kind::text, "blocked, contact card or profile picture"},
      Field<&A::jid>{"jid", Kind::account, "address of the person or group", Show::content},
      Field<&A::handle>{"handle", Kind::account, "the person's number where known, else its address", Show::content},
      Field<&A::contact_name>{"contact_name", Kind::text, "name in the contacts, or the one that the person chose",
                              Show::content},
      Field<&A::sender>{"sender", Kind::account, "who sent the contact card", Show::content}};
};

}  // namespace testudo
