// MISP feed: a folder that any web server can offer, with an event for each source. An indicator stands in the event of
// the first source that listed it, and names the others in its tags. Source: MISP, "Feeds" (manifest.json, one file an
// event, hashes.csv with the MD5 of each value).
#include <openssl/evp.h>

#include <array>
#include <map>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/export/misp_event.h"
#include "intel/export/plain_text.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

std::string md5_hex(std::string_view text) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) return {};
  return to_hex(Bytes(digest.data(), size));
}

class MispFeed : public ExportWriter {
 public:
  explicit MispFeed(const ExportRequest& request) : request_(request) {}

  WithheldWord indicator(const StoredIndicator& indicator, ExportOutput& out) override {
    return add(indicator, indicator.claims.empty() ? "" : indicator.claims.front().source,
               MispEvent::value_of(indicator), out);
  }
  WithheldWord pattern(const StoredPattern& pattern, ExportOutput& out) override {
    return add(pattern, pattern.source, pattern.text, out);
  }

  void tail(ExportOutput& out) override {
    std::string manifest;
    JsonText json(manifest);
    json.object();
    for (auto& [source, event] : events_) {
      event.end(out.part(event.uuid() + ".json"));
      json.key(event.uuid()).object();
      event.write_meta(json);
      json.end();
    }
    json.end();
    out.part("manifest.json") = manifest + "\n";
  }

 private:
  template <typename What>
  WithheldWord add(const What& what, const std::string& source, const std::string& value, ExportOutput& out) {
    const auto [found, fresh] = events_.try_emplace(source, shape_of(source), request_.rules);
    MispEvent& event = found->second;
    std::string& text = out.part(event.uuid() + ".json");
    if (fresh) event.begin(text);
    if (const WithheldWord why = event.add(what, text); !why.empty()) return why;
    out.part("hashes.csv").append(md5_hex(value)).append(",").append(event.uuid()).append("\n");
    return {};
  }
  MispEventShape shape_of(const std::string& source) const {
    const std::string info = one_line(request_.title) + (source.empty() ? "" : ": " + one_line(source));
    return {export_uuid("misp-event", request_.author + "\n" + request_.title + "\n" + source), info,
            one_line(request_.author), request_.as_of, std::nullopt};
  }

  ExportRequest request_;
  std::map<std::string, MispEvent> events_;
};

}  // namespace

MadeWriter make_misp_feed(const ExportRequest& request) { return MadeWriter(std::make_unique<MispFeed>(request)); }

}  // namespace testudo
