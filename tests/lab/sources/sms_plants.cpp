// What is planted in sms.db: every spelling and hiding place in which a link is missed. Test tool.
#include "sms_plants.h"

#include "rule_names.h"

namespace testudo::lab {
namespace {

constexpr std::string_view sms = "ios.sms";
constexpr std::string_view attachments_source = "ios.sms_attachment";

const Indicator plain("host", "plain-lure.test");
const Indicator body_only("host", "body-only-lure.test");
const Indicator payload_only("host", "payload-only-lure.test");
const Indicator handle_zero("host", "no-handle-lure.test");
const Indicator upper("host", "upper-case-lure.test");
const Indicator port("host", "cdn.port-lure.test");
const Indicator credentials("host", "cdn.credentials-lure.test");
const Indicator dot("host", "cdn.trailing-dot-lure.test");
const Indicator deeper("host", "cdn.deeper-label-lure.test");
const Indicator www("host", "www.prefix-lure.test");
const Indicator ideographic("host", "ideographic-lure.test");
const Indicator zero_width("host", "zerowidth-lure.test");
const Indicator quoted("host", "quoted-lure.test");
const Indicator bracketed("host", "bracketed-lure.test");
const Indicator bare("host", "bare-name-lure.test");
const Indicator address("ipv4", "198.51.100.21");
const Indicator decimal("ipv4", "203.0.113.77");
const Indicator page("url", "https://files.shared-lure.example/p/kit.html");
const Indicator page_query("url", "https://files.shared-lure.example/get?id=7");
const Indicator sender("email", "operator@imessage-lure.test");
const Indicator queried("host", "only-in-query-lure.test");
const Indicator logged("host", "log-only-lure.test");
const Indicator deleted("host", "deleted-in-log-lure.test");
const Indicator gif("file_name", "sandglass-forcedentry.gif");
const Indicator drop("path", "/private/var/tmp/sgl");

std::string parcel(std::string_view link) { return "Your parcel is waiting: " + std::string(link) + " before Friday"; }

}  // namespace

std::string_view sms_planted_sender() { return sender.value(); }

// payload_data of com.apple.messages.URLBalloonProvider: a keyed archive whose root holds richLinkMetadata, an
// LPLinkMetadata with originalURL and URL (seen in published decoders of chat.db).
std::string link_preview(std::string_view address_text, std::string_view title_text) {
  Archive archive;
  const Uid root = archive.reserve();
  const Uid metadata = archive.reserve();
  const Uid url = archive.url(address_text);
  const Uid name = archive.add(Plist(title_text));
  archive.set(metadata, Dict{{"originalURL", url},
                             {"URL", url},
                             {"title", name},
                             {"version", 1},
                             {"usesActivityPub", false},
                             {"$class", archive.class_of("LPLinkMetadata")}});
  archive.set(
      root,
      Dict{{"richLinkMetadata", metadata}, {"richLinkIsPlaceholder", false}, {"$class", archive.class_of("RichLink")}});
  return archive.finish(root);
}

std::vector<SmsPlant> sms_plants(Lab& lab) {
  std::vector<SmsPlant> out;
  Planted& planted = lab.planted;
  if (lab.options.wal) {  // must be the first row: the log deletes it
    const std::string link = "https://" + deleted.value() + "/gone";
    planted.add("sms-deleted-in-log", sms, deleted, link, "high", "row of the main file that the -wal deletes", true);
    out.push_back({parcel(link), parcel(link), link, ""});
    planted.add("sms-only-in-log", sms, logged, "https://" + logged.value() + "/new", "high",
                "row that exists only in the -wal, which has its own fileID", true);
  }
  const auto spelled = [&](std::string_view name, const Indicator& indicator, const std::string& link, bool blind,
                           std::string_view note) {
    planted.add(name, sms, indicator, link, "high", note, blind);
    const std::string text = parcel(link);
    out.push_back({text, text, "", ""});
  };
  spelled("sms-plain", plain, "https://" + plain.value() + "/x7Kq", false, "an ordinary link");
  spelled("sms-upper-case", upper, "HTTPS://UPPER-CASE-LURE.TEST/X", true, "scheme and host in capitals");
  spelled("sms-port", port, "https://" + port.value() + ":8443/x", true, "a port after a sub-domain indicator");
  spelled("sms-credentials", credentials, "http://user:pass@" + credentials.value() + "/x", true,
          "credentials before it");
  spelled("sms-trailing-dot", dot, "https://" + dot.value() + "./x", true, "a trailing dot");
  spelled("sms-deeper-label", deeper, "https://a1b2." + deeper.value() + "/x", true, "a label below the indicator");
  spelled("sms-www-indicator", www, "https://" + www.value() + "/x", true, "the indicator itself starts with www.");
  spelled("sms-ideographic-stop", ideographic, "https://ideographic-lure\xE3\x80\x82test/x", true,
          "U+3002 for the dot");
  spelled("sms-zero-width", zero_width, "https://zero\xE2\x80\x8Bwidth-lure.test/x", true, "U+200B inside the name");
  spelled("sms-quoted", quoted, "\"https://" + quoted.value() + "\"", true, "wrapped in quotation marks");
  spelled("sms-bracketed", bracketed, "(https://" + bracketed.value() + "/x)", true, "wrapped in brackets");
  spelled("sms-bare-name", bare, bare.value(), true, "a host without a scheme");
  spelled("sms-ipv4", address, "http://" + address.value() + ":8080/in", false, "an address by value");
  spelled("sms-ipv4-decimal", decimal, "http://3405803853/in", true, "the same kind of address as one number");
  spelled("sms-url", page, page.value(), false, "an indicator of a whole address");
  spelled("sms-url-query", page_query, page_query.value(), true,
          "a value with '=' in it, at which the peer's loader dies");

  const std::string only = "https://" + body_only.value() + "/b";
  planted.add("sms-body-only", sms, body_only, only, "high", "text is NULL; the link stands only in attributedBody",
              true);
  out.push_back({"", parcel(only), only, ""});
  const std::string preview = "https://" + payload_only.value() + "/p";
  planted.add("sms-payload-only", sms, payload_only, preview, "high", "the link stands only in payload_data", true);
  out.push_back({"Look at this", "Look at this", "", preview});
  const std::string orphan = "https://" + handle_zero.value() + "/h";
  planted.add("sms-handle-zero", sms, handle_zero, orphan, "high", "handle_id 0: no row of handle joins", true);
  out.push_back({parcel(orphan), parcel(orphan), orphan, "", true});
  planted.add("sms-sender", sms, sender, sender.value(), "medium", "sent from an address that is an indicator", true);
  out.push_back({"Hello, are you there?", "Hello, are you there?", "", "", false, sms_planted_sender()});

  for (std::string_view notice : {"ALERT: State-sponsored attackers may be targeting your iPhone",
                                  "ALERT: Apple detected a targeted mercenary spyware attack against your iPhone"}) {
    const bool first = notice.find("State") != std::string_view::npos;
    planted.rule(first ? "sms-apple-notice-2021" : "sms-apple-notice-2024", sms, rule::apple_notification,
                 std::string(notice), "high", "the start of Apple's own warning");
    const std::string text = std::string(notice) + ". Visit the page of your account for details.";
    out.push_back({text, text, "", ""});
  }

  const auto harmless = [&](std::string_view name, const std::string& link, std::string_view note,
                            std::string_view at_most = "none") {
    planted.decoy(name, sms, link, note, at_most);
    out.push_back({parcel(link), parcel(link), "", ""});
  };
  harmless("sms-decoy-ipv4", "http://1198.51.100.219/", "an indicator's address inside longer digits");
  harmless("sms-decoy-query", "https://search.example/?q=" + queried.value(), "only a query: a weak hint at most",
           "low");
  harmless("sms-decoy-suffix", "https://notplain-lure.test/x", "ends like an indicator, not at a label's boundary");
  harmless("sms-decoy-label", "https://plain-lure.test.garden.example/x", "an indicator in front of another domain");
  return out;
}

std::vector<SmsAttachmentPlant> sms_attachments(Lab& lab) {
  std::vector<SmsAttachmentPlant> out;
  Random random = lab.random("sms attachments");
  const std::int64_t ordinary = std::max<std::int64_t>(5, lab.options.messages / 50);
  for (std::int64_t i = 0; i < ordinary; ++i) {
    const std::string folder = random.hex(2);
    out.push_back({"~/Library/SMS/Attachments/" + folder + "/0" + folder.substr(1) + "/" + random.uuid() + "/IMG_" +
                       std::to_string(1000 + random.below(9000)) + ".HEIC",
                   "public.heic", "image/heic"});
  }
  if (!lab.plants()) return out;
  const auto add = [&](std::string path, std::string uti, std::string mime) {
    out.push_back({std::move(path), std::move(uti), std::move(mime)});
  };
  const std::string name = "~/Library/SMS/Attachments/ab/11/0A0B/" + gif.value();
  lab.planted.add("attachment-file-name", attachments_source, gif, name, "high", "a received file's name");
  add(name, "com.compuserve.gif", "image/gif");
  lab.planted.add("attachment-path", attachments_source, drop, drop.value() + "/stage.bin", "high",
                  "below a path indicator");
  add(drop.value() + "/stage.bin", "public.data", "application/octet-stream");
  lab.planted.decoy("attachment-decoy-path", attachments_source, drop.value() + "ass/stage.bin",
                    "the indicator's characters, not its path components");
  add(drop.value() + "ass/stage.bin", "public.data", "application/octet-stream");
  const std::string tmp = "/var/tmp/com.apple.messages/part-1";
  lab.planted.rule("attachment-var-tmp", attachments_source, rule::attachment_in_tmp, tmp, "medium",
                   "received, under /var/tmp/, name ends in -1");
  add(tmp, "public.data", "application/octet-stream");
  return out;
}

std::string sms_log_statements(double now) {
  const std::string text = parcel("https://" + logged.value() + "/new");
  const std::string at = std::to_string(static_cast<std::int64_t>(now - 120)) + "000000000";
  return "DELETE FROM chat_message_join WHERE message_id=1;"
         "DELETE FROM message WHERE guid='" +
         std::string(sms_deleted_guid) +
         "';"
         "INSERT INTO message "
         "(guid,text,handle_id,service,account,date,date_read,date_delivered,is_delivered,is_finished,"
         "is_from_me,is_read,is_sent) VALUES ('D0000000-0000-4000-8000-000000000002','" +
         text +
         "',2,'SMS',"
         "'P:+12025550100'," +
         at +
         ",0,0,0,1,0,0,0);"
         "INSERT INTO chat_message_join SELECT 2, max(ROWID), " +
         at + " FROM message";
}

}  // namespace testudo::lab
