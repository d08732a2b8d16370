// Texts in WhatsApp's protocol buffer messages: see whatsapp_texts.h. Floor 4.
#include "parser/ios/whatsapp_texts.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace testudo {
namespace {

bool is_address(std::string_view line) {
  constexpr std::array<std::string_view, 3> servers{"@s.whatsapp.net", "@lid", "@g.us"};
  return std::ranges::any_of(servers, [&](auto server) { return line.ends_with(server); });
}

// "3EB0A1…": what WhatsApp calls a message by.
bool is_stanza_id(std::string_view line) {
  constexpr std::size_t shortest = 16;
  return line.size() >= shortest &&
         std::ranges::all_of(line, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

}  // namespace

std::optional<std::string> text_of_encoded(std::string_view stored) {
  constexpr std::size_t shortest = 8;  // of a message with a text of two octets
  if (stored.size() < shortest || stored.size() % 4 != 0) return std::nullopt;
  const auto message = from_base64(stored);
  if (!message) return std::nullopt;
  EmbeddedTexts texts;
  if (!texts.add_protobuf(as_bytes(*message))) return std::nullopt;
  return texts.take();
}

std::string_view DecodedNames::of(std::string_view stored) {
  constexpr std::size_t most = 4096;
  if (names_.size() == most) names_.clear();
  const auto [at, fresh] = names_.try_emplace(std::string(stored));
  if (fresh) at->second = text_of_encoded(stored).value_or(std::string(stored));
  return at->second;
}

void add_receipt_texts(EmbeddedTexts& texts, Bytes receipts) {
  EmbeddedTexts all;
  all.add_protobuf(receipts);
  const std::string lines = all.take().value_or("");
  for (const std::string_view line : split(lines, '\n'))
    if (!is_address(line) && !is_stanza_id(line)) texts.add(line);
}

}  // namespace testudo
