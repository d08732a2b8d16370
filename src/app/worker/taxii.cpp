#include "app/worker/taxii.h"

#include "app/worker/functions.h"
#include "base/text.h"
#include "base/wire.h"
#include "intel/feed/json_scan.h"

namespace testudo {
namespace {

constexpr auto object_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr auto rest_frame = static_cast<std::uint8_t>(object_frame + 1);
constexpr std::uint64_t longest_body = 1ULL << 30;
constexpr WorkerLimits worker_limits{.memory = 6ULL << 30, .processor_seconds = 60};
constexpr std::string_view died = "reading it failed";

std::string frame_of(const PostedObject& object) {
  std::string payload;
  WireOut out(payload);
  out.text(object.id).text(object.type).text(object.spec_version).text(object.version_text);
  out.number(static_cast<std::uint8_t>(object.version.has_value()));
  out.number(static_cast<std::uint64_t>(object.version.value_or(Time{}).micros)).text(object.failure).text(object.json);
  return payload;
}

// What a worker says is looked at again: what it passes on is served to others.
Result<PostedObject> object_of(std::string_view payload) {
  WireIn in(payload);
  PostedObject object;
  object.id = to_utf8(TRY(in.text()));
  object.type = to_utf8(TRY(in.text()));
  object.spec_version = to_utf8(TRY(in.text()));
  object.version_text = to_utf8(TRY(in.text()));
  const bool versioned = TRY(in.number<std::uint8_t>()) != 0;
  const Time version{static_cast<std::int64_t>(TRY(in.number<std::uint64_t>()))};
  if (versioned) object.version = version;
  object.failure = to_utf8(TRY(in.text()));
  object.json = TRY(in.text());
  if (!object.failure.empty()) return object;
  const JsonSpan span = scan_json(object.json, 0);
  const bool whole = span.end == JsonSpan::End::whole && span.until == object.json.size();
  if (!whole || !is_utf8(object.json) || !is_stix_id(object.id, object.type))
    return error(Fault::internal, "a worker passed on what is no object");
  return object;
}

Result<void> take(const Frame& frame, Envelope& envelope) {
  if (frame.kind == object_frame) {
    envelope.objects.push_back(TRY(object_of(frame.payload)));
    return {};
  }
  if (frame.kind != rest_frame) return error(Fault::internal, "a worker says what nobody asked");
  WireIn in(frame.payload);
  envelope.more = TRY(in.number<std::uint8_t>()) != 0;
  envelope.next = to_utf8(TRY(in.text()));
  return {};
}

}  // namespace

void read_envelope_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  if (descriptors.size() != 1 || request.size() != 1)
    return out.fail(error(Fault::internal, "a request without a body"));
  const auto body = read_all(descriptors[0], longest_body);
  if (!body) return out.fail(body.error());
  Envelope envelope;
  const auto use = static_cast<EnvelopeUse>(request[0]);
  // What somebody posts is limited by its number too; what was asked for, by its octets.
  constexpr PostLimits asked_for{.objects = 5'000'000};
  if (use != EnvelopeUse::page) {
    auto objects = read_posted_objects(*body, use == EnvelopeUse::posted ? PostLimits{} : asked_for);
    if (!objects) return out.fail(objects.error());
    envelope.objects = std::move(*objects);
  } else {
    auto whole = read_envelope(*body, asked_for);
    if (!whole) return out.fail(whole.error());
    envelope = std::move(*whole);
  }
  for (const PostedObject& object : envelope.objects) out.write(object_frame, frame_of(object));
  std::string rest;
  WireOut(rest).number(static_cast<std::uint8_t>(envelope.more)).text(envelope.next);
  out.write(rest_frame, rest);
}

Result<Envelope> read_envelope_apart(Zygote& zygote, std::string_view body, EnvelopeUse use) {
  const Descriptor file = TRY(memory_file("envelope", as_bytes(body)));
  const int descriptors[] = {file.get()};
  const char request[] = {static_cast<char>(use)};
  Worker worker = TRY(zygote.run(static_cast<std::uint16_t>(Task::read_envelope), std::string_view(request, 1),
                                 descriptors, worker_limits));
  Envelope envelope;
  TRY(worker.each_frame(error(Fault::malformed, died), [&](const Frame& frame) { return take(frame, envelope); }));
  return envelope;
}

}  // namespace testudo
