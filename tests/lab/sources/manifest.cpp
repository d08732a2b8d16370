// The rest of a phone: photos, caches, preferences, so that the manifest has as many rows as asked for; and what is
// planted in the manifest itself. Test tool. Runs last ("~" sorts behind letters) to fill up.
#include "lab.h"

namespace testudo::lab {
namespace {

constexpr std::string_view parser = "ios.manifest";

const Indicator name("file_name", "sandglass_stage2.dylib");
const Indicator folder("path", "/Library/Caches/sgl");
const Indicator stored("host", "manifest-lure.test");

void plant(Lab& lab) {
  const std::string by_name = "Library/Caches/com.garden-labs.reader/" + name.value();
  lab.planted.add("manifest-file-name", parser, name, by_name, "high", "a file's name");
  lab.backup.add("HomeDomain", by_name, "not a library");
  const std::string below = folder.value().substr(1) + "/cfg.bin";
  lab.planted.add("manifest-path", parser, folder, below, "high",
                  "below a path indicator, taken from the domain's root");
  lab.backup.add("RootDomain", below, "configuration");
  const std::string beside = folder.value().substr(1) + "ass/cfg.bin";
  lab.planted.decoy("manifest-decoy-path", parser, beside, "the indicator's characters, not its path components");
  lab.backup.add("RootDomain", beside, "configuration");
  const std::string storage = "Library/WebKit/WebsiteData/LocalStorage/https_" + stored.value() + "_0.localstorage";
  lab.planted.add("manifest-host", parser, stored, storage, "medium", "a host between underscores in a file's name");
  lab.backup.add("AppDomain-com.garden-labs.reader", storage, "storage");
}

struct Place {
  std::string_view domain, folder, suffix;
};
constexpr Place places[] = {
    {"CameraRollDomain", "Media/DCIM/100APPLE/IMG_", ".HEIC"},
    {"CameraRollDomain", "Media/PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_", "/5003.JPG"},
    {"MediaDomain", "Library/SMS/Attachments/", ".jpeg"},
    {"HomeDomain", "Library/Mail/Cache/", ".emlx"},
    {"HomeDomain", "Library/Caches/com.apple.cache/", ".bin"},
    {"AppDomain-com.garden-labs.reader", "Documents/Articles/", ".html"},
    {"AppDomainGroup-group.com.garden-labs.shared", "Library/Application Support/", ".json"},
    {"AppDomainGroup-group.net.whatsapp.WhatsApp.shared", "Message/Media/120363@g.us/", ".jpg"},
};

void write(Lab& lab) {
  if (lab.plants()) plant(lab);
  Random random = lab.random("manifest");
  for (std::int64_t i = 0; lab.backup.rows() < lab.options.files; ++i) {
    const Place& place = random.pick(places);
    const std::string path = std::string(place.folder) + std::to_string(1000 + i);
    if (random.below(10) < 3) {
      lab.backup.directory(place.domain, path);
    } else if (random.below(200) == 0) {
      lab.backup.link(place.domain, path, "/private/var/mobile/Media");
    } else {
      const std::size_t size = random.below(60) == 0 ? 0 : static_cast<std::size_t>(random.below(400));
      lab.backup.add(place.domain, path + std::string(place.suffix), random.bytes(size));
    }
  }
}

const Source source{"~manifest", write};

}  // namespace
}  // namespace testudo::lab
