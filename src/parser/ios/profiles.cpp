// ios.profiles: configuration profiles as profiled stores them: one property list "profile-<hash>.stub" a profile, with
// the payloads' settings, the signer's certificates and the time of installation.
// Floor 4. Format, generations and sources: docs/formats/ios-profiles.md.

#include <array>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
#include "parser/ios/plist_file.h"

namespace testudo {
namespace {

struct Profile {
  std::string_view file_name;
  std::optional<std::string_view> profile_id, profile_identifier, profile_name, organization, description, profile_type;
  std::optional<std::string_view> scope;
  std::optional<Time> installed, removal_date;
  std::optional<bool> removal_disallowed, is_encrypted, is_locked;
  std::int64_t payload_count = 0;
  std::string payload_types;
  std::string other_settings;
};

struct ProfilePayload {
  std::string_view parent_profile;
  std::optional<std::string_view> profile_id, profile_identifier, profile_name, payload_type, organization;
  std::optional<Time> installed;
  std::int64_t position = 0;
  std::optional<std::string> cert_sha256, cert_sha1;
  std::string settings;
};

struct ProfileSigner {
  std::string_view parent_profile;
  std::string cert_sha256;
  std::string cert_sha1;
  std::string certificate_of;
  std::int64_t position = 0;
  std::optional<Bytes> certificate;
};

}  // namespace

template <>
struct Schema<Profile> {
  static constexpr std::string_view name = "ios.configuration_profile";
  static constexpr std::string_view prose =
      "A configuration profile that was installed when the backup was made; employers, schools, mobile operators and "
      "VPN "
      "makers install them too.";
  static constexpr std::string_view line = "profile {profile_name} ({profile_identifier})";
  static constexpr std::array identity{"profile_file", "profile_id", "profile_identifier", "installed"};
  static constexpr std::tuple fields{
      Field<&Profile::file_name>{"profile_file", Kind::text, "name of the file in the profile folder"},
      Field<&Profile::profile_id>{"profile_id", Kind::profile_id, "PayloadUUID of the profile"},
      Field<&Profile::profile_identifier>{"profile_identifier", Kind::profile_id,
                                          "PayloadIdentifier, in reverse-DNS style"},
      Field<&Profile::profile_name>{"profile_name", Kind::text, "name shown to the user (PayloadDisplayName)"},
      Field<&Profile::organization>{"organization", Kind::text, "organisation that the profile claims"},
      Field<&Profile::description>{"profile_description", Kind::text, "description that the profile claims"},
      Field<&Profile::profile_type>{"profile_type", Kind::text, "PayloadType of the whole: Configuration"},
      Field<&Profile::scope>{"profile_scope", Kind::text, "PayloadScope: User or System"},
      Field<&Profile::installed>{"installed", Kind::time, "when it was installed", Show::event},
      Field<&Profile::removal_date>{"removal_date", Kind::time, "when it is to remove itself"},
      Field<&Profile::removal_disallowed>{"removal_disallowed", Kind::boolean, "whether the user may not remove it"},
      Field<&Profile::is_encrypted>{"profile_encrypted", Kind::boolean, "whether it came encrypted"},
      Field<&Profile::is_locked>{"profile_locked", Kind::boolean, "whether a password protects its removal"},
      Field<&Profile::payload_count>{"payload_count", Kind::integer,
                                     "number of payloads; 0 for an enrolment profile, whose content is one dictionary"},
      Field<&Profile::payload_types>{"payload_types", Kind::text, "types of all payloads, each once"},
      Field<&Profile::other_settings>{"other_settings", Kind::text,
                                      "over-the-air enrolment and all other keys outside the payloads", Show::content}};
};

template <>
struct Schema<ProfilePayload> {
  static constexpr std::string_view name = "ios.profile_payload";
  static constexpr std::string_view prose =
      "One payload of a configuration profile; shows what the profile asks for, not that the device obeyed.";
  static constexpr std::string_view line = "payload {payload_type} of profile {parent_profile}";
  static constexpr std::array identity{"parent_profile", "profile_id", "profile_identifier", "position"};
  static constexpr std::tuple fields{
      Field<&ProfilePayload::parent_profile>{"parent_profile", Kind::text, "PayloadUUID of the profile it is part of"},
      Field<&ProfilePayload::profile_id>{"profile_id", Kind::profile_id, "PayloadUUID of the payload"},
      Field<&ProfilePayload::profile_identifier>{"profile_identifier", Kind::profile_id,
                                                 "PayloadIdentifier of the payload"},
      Field<&ProfilePayload::profile_name>{"profile_name", Kind::text, "PayloadDisplayName of the payload"},
      Field<&ProfilePayload::payload_type>{"payload_type", Kind::text, "PayloadType: what it configures"},
      Field<&ProfilePayload::organization>{"organization", Kind::text, "organisation that the payload claims"},
      Field<&ProfilePayload::installed>{"installed", Kind::time, "when its profile was installed"},
      Field<&ProfilePayload::position>{"position", Kind::integer, "place in the list, from 0"},
      Field<&ProfilePayload::cert_sha256>{
          "cert_sha256", Kind::cert_sha256,
          "SHA-256 of the certificate that the payload installs; of what is stored, where it is no PEM text"},
      Field<&ProfilePayload::cert_sha1>{"cert_sha1", Kind::cert_sha1, "SHA-1 of the same"},
      Field<&ProfilePayload::settings>{"settings", Kind::text,
                                       "the payload as JSON: servers, accounts, restrictions; may hold passwords",
                                       Show::content}};
};

template <>
struct Schema<ProfileSigner> {
  static constexpr std::string_view name = "ios.profile_signer";
  static constexpr std::string_view prose =
      "A certificate of the chain that signed a configuration profile; anybody can obtain one, so it names a key, not "
      "a "
      "person.";
  static constexpr std::string_view line = "certificate {cert_sha256} signed profile {parent_profile}";
  static constexpr std::array identity{"parent_profile", "cert_sha256", "certificate_of", "position"};
  static constexpr std::tuple fields{
      Field<&ProfileSigner::parent_profile>{"parent_profile", Kind::text, "PayloadUUID of the signed profile"},
      Field<&ProfileSigner::cert_sha256>{"cert_sha256", Kind::cert_sha256, "SHA-256 of the certificate's DER"},
      Field<&ProfileSigner::cert_sha1>{"cert_sha1", Kind::cert_sha1, "SHA-1 of the certificate's DER"},
      Field<&ProfileSigner::certificate_of>{"certificate_of", Kind::text, "profile, or enrolment (OTAProfileStub)"},
      Field<&ProfileSigner::position>{"position", Kind::integer, "place in the chain, from 0: the signer first"},
      Field<&ProfileSigner::certificate>{"certificate", Kind::bytes, "its DER, as stored", Show::rest}};
};

namespace {

void emit_signers(const Node& certificates, std::string_view profile, std::string_view of, const Input& in,
                  Budget& budget, Sink& out) {
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    const auto der = certificates[i].data();
    if (!budget.take(1 + (der ? der->size() : 0), certificates[i].offset())) return;
    if (!der) {
      out.anomaly("unexpected_type", certificates[i].offset());
      continue;
    }
    ProfileSigner record{.parent_profile = profile, .certificate_of = std::string(of)};
    record.cert_sha256 = to_hex(sha256(*der));
    record.cert_sha1 = to_hex(sha1(*der));
    record.position = static_cast<std::int64_t>(i);
    record.certificate = *der;
    out.emit(record, in.at(certificates[i].offset()));
  }
}

// A certificate payload holds DER, or PEM as text or as octets; a PKCS #12 container is hashed as it stands.
void add_certificate(const Node& content, ProfilePayload& record, Budget& budget) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
  const auto data = content.data();
  const std::string_view stored = data ? as_text(*data) : content.text().value_or("");
  if ((!data && !stored.starts_with(begin)) || !budget.take(stored.size(), content.offset())) return;
  std::optional<std::string> der;
  if (const auto at = stored.find(begin); at != std::string_view::npos)
    der = from_base64(stored.substr(at + begin.size(), stored.find(end, at) - at - begin.size()));
  const Bytes octets = as_bytes(der ? std::string_view(*der) : stored);
  record.cert_sha256 = to_hex(sha256(octets));
  record.cert_sha1 = to_hex(sha1(octets));
}

void emit_payload(const Node& payload, ProfilePayload record, const Input& in, Budget& budget, Sink& out) {
  record.profile_id = non_empty(payload["PayloadUUID"].text());
  record.profile_identifier = non_empty(payload["PayloadIdentifier"].text());
  record.profile_name = non_empty(payload["PayloadDisplayName"].text());
  if (const auto type = non_empty(payload["PayloadType"].text())) record.payload_type = type;
  record.organization = non_empty(payload["PayloadOrganization"].text());
  add_certificate(payload["PayloadContent"], record, budget);
  record.settings = budget.json(payload);
  out.emit(record, in.at(payload.offset()));
}

void emit_payloads(const Node& payloads, const Profile& profile, std::string_view parent, const Input& in,
                   Budget& budget, Sink& out) {
  for (std::size_t i = 0; i < payloads.size() && !budget.is_spent(); ++i) {
    const Node payload = payloads[i];
    if (payload.type() != Node::Type::dict) {
      out.anomaly("unexpected_type", payload.offset());
      continue;
    }
    ProfilePayload record{.parent_profile = parent, .installed = profile.installed};
    record.position = static_cast<std::int64_t>(i);
    emit_payload(payload, record, in, budget, out);
  }
}

std::string types_of(const Node& payloads) {
  std::string types;
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    const auto type = payloads[i]["PayloadType"].text();
    if (!type || !seen.insert(*type).second) continue;
    types.append(types.empty() ? "" : " ").append(*type);
  }
  return types;
}

// What stands beside the payloads: enrolment servers, push tokens. Large and known keys are left out.
std::string other_settings(const Node& root, Budget& budget) {
  std::string out;
  for (std::size_t i = 0; i < root.size(); ++i) {
    const std::string_view key = root.key(i);
    const Node::Type type = root[i].type();
    const bool has_records = key == "PayloadContent" && (type == Node::Type::array || type == Node::Type::dict);
    if (has_records || key == "SignerCerts") continue;
    out += out.empty() ? "" : ", ";
    out += key;
    out += ": ";
    out += root[i].text() ? std::string(*root[i].text()) : budget.json(root[i]);
  }
  return out;
}

Result<void> parse(Input& in, Sink& out) {
  const PlistFile file = TRY(read_plist(in, out));
  const Node root = root_dictionary(file, out);
  if (!root) return {};
  // PayloadContent is a dictionary in an enrolment profile: one payload without a type of its own.
  const Node content = root["PayloadContent"];
  const Node payloads = content.type() == Node::Type::array ? content : Node();
  Profile record{.file_name = last_component(in.file().path)};
  record.profile_id = non_empty(root["PayloadUUID"].text());
  record.profile_identifier = non_empty(root["PayloadIdentifier"].text());
  record.profile_name = non_empty(root["PayloadDisplayName"].text());
  record.organization = non_empty(root["PayloadOrganization"].text());
  record.description = non_empty(root["PayloadDescription"].text());
  record.profile_type = non_empty(root["PayloadType"].text());
  record.scope = non_empty(root["PayloadScope"].text());
  record.installed = plist_time(root["InstallDate"], out);
  record.removal_date = plist_time(root["RemovalDate"], out);
  record.removal_disallowed = root["PayloadRemovalDisallowed"].boolean();
  record.is_encrypted = root["IsEncrypted"].boolean();
  record.is_locked = root["HasRemovalPasscode"].boolean();
  record.payload_count = static_cast<std::int64_t>(payloads.size());
  record.payload_types = types_of(payloads);
  Budget budget(file, out);
  record.other_settings = other_settings(root, budget);
  out.emit(record, in.at(root.offset()));
  const std::string_view parent = record.profile_id.value_or("");
  if (content.type() == Node::Type::dict)
    emit_payload(content,
                 {.parent_profile = parent, .payload_type = record.profile_type, .installed = record.installed}, in,
                 budget, out);
  else if (content && content.type() != Node::Type::array)
    out.anomaly("unexpected_type", content.offset());
  emit_payloads(payloads, record, parent, in, budget, out);
  emit_signers(root["SignerCerts"], parent, "profile", in, budget, out);
  emit_signers(root["OTAProfileStub"]["SignerCerts"], parent, "enrolment", in, budget, out);
  return {};
}

constexpr std::array wants{Want{"SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles", "**/profile-*"},
                           Want{"HomeDomain", "Library/ConfigurationProfiles/profile-*"}};
const std::array records{&record_type<Profile>(), &record_type<ProfilePayload>(), &record_type<ProfileSigner>()};
const Registration registration{{.name = "ios.profiles",
                                 .page = "ios-profiles.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::if_used,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
