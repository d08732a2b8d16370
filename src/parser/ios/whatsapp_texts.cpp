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

// As WhatsApp writes it: without spaces or line ends, which words have, and filled up.
bool is_base64(std::string_view text) {
  constexpr std::size_t shortest = 8;  // of a message with a text of two octets
  if (text.size() < shortest || text.size() % 4 != 0) return false;
  const std::string_view filling = text.substr(text.size() - 2);
  text.remove_suffix(filling == "==" ? 2 : filling.ends_with('=') ? 1 : 0);
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  });
}

}  // namespace

std::optional<std::string> text_of_encoded(std::string_view stored) {
  if (!is_base64(stored)) return std::nullopt;
  const auto message = from_base64(stored);
  if (!message) return std::nullopt;
  EmbeddedTexts texts;
  if (!texts.add_protobuf(as_bytes(*message))) return std::nullopt;
  return texts.take();
}

std::string_view DecodedNames::of(std::string_view stored) {
  // Nobody has a longer name: what stands there costs its time, and not this memory 4096 times.
  constexpr std::size_t most = 4096, longest = 1024;
  if (!is_base64(stored)) return stored;
  if (stored.size() > longest || names_.size() == most) names_.clear();
  const auto [at, fresh] = names_.try_emplace(std::string(stored));
  if (fresh) at->second = text_of_encoded(stored).value_or(std::string(stored));
  return at->second;
}

bool add_receipt_texts(EmbeddedTexts& texts, Bytes receipts) {
  EmbeddedTexts all;
  all.add_protobuf(receipts);
  const std::string lines = all.take().value_or("");
  for (const std::string_view line : split(lines, '\n'))
    if (!is_address(line) && !is_stanza_id(line)) texts.add(line);
  return !all.truncated();
}

}  // namespace testudo
