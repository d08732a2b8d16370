#include "app/worker/feed_frames.h"

#include <array>
#include <forward_list>

#include "base/text.h"
#include "base/wire.h"

namespace testudo {
namespace {

enum FeedFrame : std::uint8_t {
  claim_frame = static_cast<std::uint8_t>(FrameKind::first_own) + 32,
  threat_frame,
  supersede_frame,
  pattern_frame,
  object_frame,
  note_frame,
  seen_frame
};

// Which of a claim's optional parts follow.
enum ClaimBits : std::uint16_t {
  revoked_bit = 1,
  tlp_bit = 2,
  confidence_bit = 4,
  exact_only_bit = 8,
  generic_bit = 16,
  first_time_bit = 32
};

template <typename Claim>
auto times_of(Claim& claim) {
  return std::array{&claim.created,     &claim.modified,   &claim.valid_from,
                    &claim.valid_until, &claim.first_seen, &claim.last_seen};
}

// Texts of a frame, made valid: most are already, and then nothing is copied.
class Texts {
 public:
  std::string_view valid(std::string_view text) {
    if (is_utf8(text)) return text;
    kept_.push_front(to_utf8(text));
    return kept_.front();
  }
  Result<std::string_view> next(WireIn& in) { return valid(TRY(in.text())); }

 private:
  std::forward_list<std::string> kept_;
};

template <typename Enum>
Result<Enum> read_enum(WireIn& in, Enum last) {
  const auto number = TRY(in.number<std::uint8_t>());
  if (number > static_cast<std::uint8_t>(last)) return error(Fault::internal, "a feed frame names what does not exist");
  return static_cast<Enum>(number);
}

Result<std::optional<Tlp>> read_tlp(WireIn& in) {
  const bool given = TRY(in.number<std::uint8_t>()) != 0;
  const Tlp tlp = TRY(read_enum(in, Tlp::red));
  return given ? std::optional(tlp) : std::nullopt;
}

Result<void> repeat_claim(WireIn& in, FeedSink& sink) {
  Texts texts;
  FeedClaim claim;
  const auto bits = TRY(in.number<std::uint16_t>());
  claim.kind = TRY(read_enum(in, Kind::cve));
  claim.role = TRY(read_enum(in, Role::context));
  const Tlp tlp = TRY(read_enum(in, Tlp::red));
  if ((bits & tlp_bit) != 0) claim.tlp = tlp;
  const auto confidence = TRY(in.number<std::uint8_t>());
  if ((bits & confidence_bit) != 0) claim.confidence = std::min<std::uint8_t>(confidence, 100);
  claim.revoked = (bits & revoked_bit) != 0;
  claim.standing = {(bits & exact_only_bit) != 0, (bits & generic_bit) != 0};
  std::uint16_t bit = first_time_bit;
  for (std::optional<Time>* time : times_of(claim)) {
    if ((bits & bit) != 0) *time = from_unix_micros(static_cast<std::int64_t>(TRY(in.number<std::uint64_t>())));
    bit = static_cast<std::uint16_t>(bit << 1);
  }
  for (std::string_view* text : {&claim.value, &claim.object, &claim.threat, &claim.comment, &claim.shown})
    *text = TRY(texts.next(in));
  sink.claim(claim);
  return {};
}

Result<void> repeat_pattern(WireIn& in, FeedSink& sink) {
  Texts texts;
  KeptPattern pattern;
  pattern.tlp = TRY(read_tlp(in));
  pattern.revoked = TRY(in.number<std::uint8_t>()) != 0;
  for (std::string_view* text : {&pattern.language, &pattern.text, &pattern.object, &pattern.name, &pattern.why})
    *text = TRY(texts.next(in));
  sink.kept(pattern);
  return {};
}

Result<void> repeat_seen(WireIn& in, FeedSink& sink) {
  Texts texts;
  FeedSeen seen;
  seen.tlp = TRY(read_tlp(in));
  for (std::optional<Time>* time : {&seen.first, &seen.last}) {
    const bool given = TRY(in.number<std::uint8_t>()) != 0;
    const auto micros = static_cast<std::int64_t>(TRY(in.number<std::uint64_t>()));
    if (given) *time = from_unix_micros(micros);
  }
  seen.object = TRY(texts.next(in));
  sink.seen(seen);
  return {};
}

Result<void> repeat_three(WireIn& in, std::uint8_t kind, FeedSink& sink) {
  Texts texts;
  const std::string_view a = TRY(texts.next(in)), b = TRY(texts.next(in)), c = TRY(texts.next(in));
  if (kind == object_frame)
    sink.object({.type = a, .object = b, .json = c});
  else
    sink.note(a, b, c);
  return {};
}

}  // namespace

void FrameSink::claim(const FeedClaim& claim) {
  std::uint16_t bits = claim.revoked ? revoked_bit : 0;
  if (claim.tlp) bits |= tlp_bit;
  if (claim.confidence) bits |= confidence_bit;
  if (claim.standing.exact_only) bits |= exact_only_bit;
  if (claim.standing.generic) bits |= generic_bit;
  std::uint16_t bit = first_time_bit;
  for (const std::optional<Time>* time : times_of(claim)) {
    if (*time) bits = static_cast<std::uint16_t>(bits | bit);
    bit = static_cast<std::uint16_t>(bit << 1);
  }
  WireOut wire(out_.begin(claim_frame));
  wire.numbers(bits, claim.kind, claim.role, claim.tlp.value_or(Tlp::clear), claim.confidence.value_or(0));
  for (const std::optional<Time>* time : times_of(claim))
    if (*time) wire.number((*time)->micros);
  wire.text(claim.value).text(claim.object).text(claim.threat).text(claim.comment).text(claim.shown);
  out_.end();
}

void FrameSink::threat(std::uint64_t claim, std::string_view name) {
  WireOut(out_.begin(threat_frame)).number(claim).text(name);
  out_.end();
}

void FrameSink::supersede(std::uint64_t claim) {
  WireOut(out_.begin(supersede_frame)).number(claim);
  out_.end();
}

void FrameSink::kept(const KeptPattern& pattern) {
  WireOut wire(out_.begin(pattern_frame));
  wire.number(static_cast<std::uint8_t>(pattern.tlp.has_value())).number(pattern.tlp.value_or(Tlp::clear));
  wire.number(static_cast<std::uint8_t>(pattern.revoked));
  wire.text(pattern.language).text(pattern.text).text(pattern.object).text(pattern.name).text(pattern.why);
  out_.end();
}

void FrameSink::object(const KeptObject& object) {
  WireOut(out_.begin(object_frame)).text(object.type).text(object.object).text(object.json);
  out_.end();
}

void FrameSink::seen(const FeedSeen& seen) {
  WireOut wire(out_.begin(seen_frame));
  wire.number(static_cast<std::uint8_t>(seen.tlp.has_value())).number(seen.tlp.value_or(Tlp::clear));
  for (const std::optional<Time>& time : {seen.first, seen.last})
    wire.number(static_cast<std::uint8_t>(time.has_value())).number(time.value_or(Time{0}).micros);
  wire.text(seen.object);
  out_.end();
}

void FrameSink::note(std::string_view object, std::string_view defect, std::string_view value) {
  WireOut(out_.begin(note_frame)).text(object).text(defect).text(value);
  out_.end();
}

Result<bool> repeat_frame(const Frame& frame, FeedSink& sink) {
  WireIn in(frame.payload);
  switch (frame.kind) {
    case claim_frame:
      TRY(repeat_claim(in, sink));
      return true;
    case threat_frame: {
      const auto claim = TRY(in.number<std::uint64_t>());
      Texts texts;
      sink.threat(claim, TRY(texts.next(in)));
      return true;
    }
    case supersede_frame:
      sink.supersede(TRY(in.number<std::uint64_t>()));
      return true;
    case pattern_frame:
      TRY(repeat_pattern(in, sink));
      return true;
    case seen_frame:
      TRY(repeat_seen(in, sink));
      return true;
    case object_frame:
    case note_frame:
      TRY(repeat_three(in, frame.kind, sink));
      return true;
    default:
      return false;
  }
}

}  // namespace testudo
