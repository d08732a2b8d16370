// The tables of properties.
#include "intel/lint/stix_properties.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "intel/lint/stix_name_hash.h"

namespace testudo {
namespace {

struct Row {
  StixHolds holds;
  std::string_view names;  // between blanks
};
// One name means one thing in all types.
constexpr auto rows = std::to_array<Row>({
    {StixHolds::by_reader, "id type confidence pattern"},
    {StixHolds::word, "opinion spec_version value"},
    {StixHolds::text,
     "abstract account_login account_type administrative_area analysis_definition_version "
     "analysis_engine_version body city command_line configuration_version contact_information content content_type "
     "context country cpe credential cwd decryption_key definition_type description display_name encryption_algorithm "
     "explanation identity_class issuer key lang magic_number_hex message_id mime_type name name_enc objective "
     "path path_enc pattern_type pattern_version payload_bin postal_code primary_motivation product region "
     "relationship_type resource_level result result_name rir schema serial_number signature_algorithm sophistication "
     "street_address subject subject_public_key_algorithm subject_public_key_modulus swid tool_version url user_id "
     "vendor version"},
    {StixHolds::integer,
     "count dst_byte_count dst_packets dst_port number number_observed number_of_subkeys pid size src_byte_count "
     "src_packets src_port subject_public_key_exponent"},
    {StixHolds::number, "latitude longitude precision"},
    {StixHolds::boolean,
     "can_escalate_privs defanged is_active is_disabled is_family is_hidden is_multipart is_privileged is_self_signed "
     "is_service_account revoked summary"},
    {StixHolds::time,
     "created modified published valid_from valid_until first_seen last_seen start_time stop_time first_observed "
     "last_observed"},
    {StixHolds::other_time,
     "account_created account_expires account_first_login account_last_login analysis_ended analysis_started atime "
     "created_time credential_last_changed ctime date end modified_time mtime object_modified start submitted "
     "validity_not_after validity_not_before"},
    {StixHolds::texts,
     "aliases architecture_execution_envs authors capabilities extension_properties extension_types goals "
     "implementation_languages indicator_types infrastructure_types labels languages malware_types modules "
     "personal_motivations protocols received_lines report_types roles secondary_motivations sectors "
     "threat_actor_types tool_types"},
    {StixHolds::identifier,
     "belongs_to_ref content_ref created_by_ref creator_user_ref dst_payload_ref dst_ref encapsulated_by_ref from_ref "
     "host_vm_ref image_ref object_ref operating_system_ref parent_directory_ref parent_ref raw_email_ref sample_ref "
     "sender_ref sighting_of_ref source_ref src_payload_ref src_ref target_ref"},
    {StixHolds::identifiers,
     "analysis_sco_refs bcc_refs belongs_to_refs cc_refs child_refs contains_refs encapsulates_refs "
     "installed_software_refs object_marking_refs object_refs observed_data_refs opened_connection_refs "
     "operating_system_refs resolves_to_refs sample_refs to_refs where_sighted_refs"},
    {StixHolds::dictionary,
     "additional_header_fields contents definition environment_variables extensions hashes ipfix x509_v3_extensions"},
    {StixHolds::objects, "body_multipart values"},
    {StixHolds::outside, "external_references"},
    {StixHolds::phases, "kill_chain_phases"},
    {StixHolds::granular, "granular_markings"},
});

// Of every object.
constexpr std::string_view common =
    "id type confidence pattern spec_version created modified created_by_ref revoked labels lang external_references "
    "object_marking_refs "
    "granular_markings extensions defanged description name";

// … and of the objects of a type.
constexpr auto own = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"attack-pattern", "aliases kill_chain_phases"},
    {"campaign", "aliases first_seen last_seen objective"},
    {"grouping", "context object_refs"},
    {"identity", "contact_information identity_class roles sectors"},
    {"indicator", "indicator_types kill_chain_phases pattern_type pattern_version valid_from valid_until"},
    {"infrastructure", "aliases first_seen infrastructure_types kill_chain_phases last_seen"},
    {"intrusion-set", "aliases first_seen goals last_seen primary_motivation resource_level secondary_motivations"},
    {"location", "administrative_area city country latitude longitude postal_code precision region street_address"},
    {"malware-analysis",
     "analysis_definition_version analysis_ended analysis_engine_version analysis_sco_refs analysis_started "
     "configuration_version host_vm_ref installed_software_refs modules operating_system_ref product result "
     "result_name sample_ref submitted version"},
    {"malware",
     "aliases architecture_execution_envs capabilities first_seen implementation_languages is_family kill_chain_phases "
     "last_seen malware_types operating_system_refs sample_refs"},
    {"note", "abstract authors content object_refs"},
    {"observed-data", "first_observed last_observed number_observed object_refs objects"},
    {"opinion", "authors explanation object_refs opinion"},
    {"report", "object_refs published report_types"},
    {"threat-actor",
     "aliases first_seen goals last_seen personal_motivations primary_motivation resource_level roles "
     "secondary_motivations sophistication threat_actor_types"},
    {"tool", "aliases kill_chain_phases tool_types tool_version"},
    {"relationship", "relationship_type source_ref start_time stop_time target_ref"},
    {"sighting", "count first_seen last_seen observed_data_refs sighting_of_ref summary where_sighted_refs"},
    {"artifact", "decryption_key encryption_algorithm hashes mime_type payload_bin url"},
    {"autonomous-system", "number rir"},
    {"directory", "atime contains_refs ctime mtime path path_enc"},
    {"domain-name", "resolves_to_refs value"},
    {"email-addr", "belongs_to_ref display_name value"},
    {"email-message",
     "additional_header_fields bcc_refs body body_multipart cc_refs content_type date from_ref is_multipart message_id "
     "raw_email_ref received_lines sender_ref subject to_refs"},
    {"file",
     "atime contains_refs content_ref ctime hashes magic_number_hex mime_type mtime name_enc parent_directory_ref "
     "size"},
    {"ipv4-addr", "belongs_to_refs resolves_to_refs value"},
    {"ipv6-addr", "belongs_to_refs resolves_to_refs value"},
    {"mac-addr", "value"},
    {"network-traffic",
     "dst_byte_count dst_packets dst_payload_ref dst_port dst_ref encapsulated_by_ref encapsulates_refs end ipfix "
     "is_active protocols src_byte_count src_packets src_payload_ref src_port src_ref start"},
    {"process",
     "child_refs command_line created_time creator_user_ref cwd environment_variables image_ref is_hidden "
     "opened_connection_refs parent_ref pid"},
    {"software", "cpe languages swid vendor version"},
    {"url", "value"},
    {"user-account",
     "account_created account_expires account_first_login account_last_login account_login account_type "
     "can_escalate_privs credential credential_last_changed display_name is_disabled is_privileged is_service_account "
     "user_id"},
    {"windows-registry-key", "creator_user_ref key modified_time number_of_subkeys values"},
    {"x509-certificate",
     "hashes is_self_signed issuer serial_number signature_algorithm subject subject_public_key_algorithm "
     "subject_public_key_exponent subject_public_key_modulus validity_not_after validity_not_before version "
     "x509_v3_extensions"},
    {"extension-definition", "extension_properties extension_types schema version"},
    {"language-content", "contents object_modified object_ref"},
    {"marking-definition", "definition definition_type"},
});

// What a reference may name; with `!` in front, what it may not.
constexpr auto targets = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"created_by_ref", "identity"},
    {"object_marking_refs", "marking-definition"},
    {"observed_data_refs", "observed-data"},
    {"where_sighted_refs", "identity location"},
    {"sample_refs", "file artifact"},
    {"operating_system_refs", "software"},
    {"operating_system_ref", "software"},
    {"installed_software_refs", "software"},
    {"host_vm_ref", "software"},
    {"belongs_to_ref", "user-account"},
    {"creator_user_ref", "user-account"},
    {"belongs_to_refs", "autonomous-system"},
    {"resolves_to_refs", "ipv4-addr ipv6-addr domain-name mac-addr"},
    {"from_ref", "email-addr"},
    {"sender_ref", "email-addr"},
    {"to_refs", "email-addr"},
    {"cc_refs", "email-addr"},
    {"bcc_refs", "email-addr"},
    {"raw_email_ref", "artifact"},
    {"image_ref", "file"},
    {"parent_ref", "process"},
    {"child_refs", "process"},
    {"opened_connection_refs", "network-traffic"},
    {"parent_directory_ref", "directory"},
    {"content_ref", "artifact"},
    {"src_payload_ref", "artifact"},
    {"dst_payload_ref", "artifact"},
    {"encapsulated_by_ref", "network-traffic"},
    {"encapsulates_refs", "network-traffic"},
    {"src_ref", "ipv4-addr ipv6-addr mac-addr domain-name"},
    {"dst_ref", "ipv4-addr ipv6-addr mac-addr domain-name"},
    {"source_ref", "!bundle relationship sighting marking-definition language-content extension-definition"},
    {"target_ref", "!bundle relationship sighting marking-definition language-content extension-definition"},
    {"sighting_of_ref", "!bundle relationship sighting marking-definition language-content extension-definition"},
});

template <typename Each>
void each_word(std::string_view words, Each each) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    each(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

template <typename Value>
using ByName = std::unordered_map<std::string_view, Value, StixNameHash>;

constexpr StixTypes other_type = StixTypes{1} << 63;

const ByName<StixTypes>& types() {
  static const auto all = [] {
    static_assert(own.size() + 1 < 63);
    ByName<StixTypes> known{{"bundle", 1}};
    for (const auto& [type, names] : own) known.emplace(type, StixTypes{1} << known.size());
    return known;
  }();
  return all;
}

const ByName<StixProperty>& properties() {
  static const auto all = [] {
    ByName<StixProperty> known;
    for (const Row& row : rows) each_word(row.names, [&](std::string_view name) { known[name].holds = row.holds; });
    each_word(common, [&](std::string_view name) { known[name].types = ~StixTypes{0}; });
    for (const auto& [type, names] : own)
      each_word(names, [&, bit = stix_type(type)](std::string_view name) { known[name].types |= bit; });
    for (const auto& [name, words] : targets) {
      StixProperty& property = known[name];
      property.forbidden = words.starts_with('!');
      property.target_names = words.substr(property.forbidden ? 1 : 0);
      each_word(property.target_names, [&](std::string_view type) { property.targets |= stix_type(type); });
    }
    return known;
  }();
  return all;
}

}  // namespace

bool has_stix_word(std::string_view words, std::string_view word) {
  if (word.empty()) return false;  // it would be found everywhere, for ever
  for (std::size_t at = 0; (at = words.find(word, at)) != std::string_view::npos; at += word.size()) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

StixTypes stix_type(std::string_view type) {
  const auto found = types().find(type);
  return found == types().end() ? other_type : found->second;
}

const StixProperty* find_stix_property(std::string_view key) {
  const auto found = properties().find(key);
  return found == properties().end() ? nullptr : &found->second;
}

}  // namespace testudo
