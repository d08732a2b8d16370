// sms.db: Messages. HomeDomain-Library/SMS/sms.db (id 3d0d7e5fb2ce288813306e4d4636395e047a3d28). Test tool.
// Bodies as typed streams, link previews as keyed archives, times in nanoseconds (iOS 11 and later).
#include "lab.h"
#include "sms_plants.h"
#include "sms_schema.h"
#include "typedstream.h"

namespace testudo::lab {
namespace {

constexpr std::string_view domain = "HomeDomain";
constexpr std::string_view path = "Library/SMS/sms.db";

std::int64_t nanos(double mac) { return static_cast<std::int64_t>(mac) * 1'000'000'000; }

class Writer {
 public:
  Writer(Lab& lab, Database& db)
      : lab_(lab),
        random_(lab.random("sms")),
        wide_(lab.ios() >= 16),
        message_(db.prepare(
            std::string(
                "INSERT INTO message (guid,text,handle_id,country,attributedBody,version,type,service,account,"
                "account_guid,date,date_read,date_delivered,is_delivered,is_finished,is_from_me,is_read,is_sent,"
                "has_dd_results,cache_has_attachments,was_data_detected,balloon_bundle_id,payload_data,"
                "message_summary_info,ck_sync_state,ck_record_id,destination_caller_id") +
            (wide_ ? ",part_count" : "") + ") VALUES (?,?,?,?,?,10,0,?,?,?,?,?,?,?,1,?,?,?,?,?,?,?,?,?,1,?,?" +
            (wide_ ? ",1)" : ")"))),
        join_(db.prepare("INSERT INTO chat_message_join (chat_id, message_id, message_date) VALUES (?,?,?)")),
        account_(random_.uuid()),
        summary_(binary_plist(Dict{{"ust", true}, {"amc", 1}})) {}

  void handles(Database& db);
  void ordinary(Database& db, double when);
  void plant(Database& db, const SmsPlant& plant, double when);
  std::int64_t attachment(Database& db, const SmsAttachmentPlant& plant, double when);

 private:
  std::int64_t row(Database& db, const std::optional<std::string>& text, std::int64_t handle, const std::string& body,
                   bool sms, double when, bool from_me, bool link, bool attached, std::string_view payload);
  std::int64_t handle_of(std::string_view id) const;

  Lab& lab_;
  Random random_;
  bool wide_;
  Statement message_, join_;
  std::string account_, summary_, text_;
};

void Writer::handles(Database& db) {
  auto handle =
      db.prepare("INSERT INTO handle (ROWID, id, country, service, uncanonicalized_id) VALUES (?,?,'us',?,?)");
  auto chat = db.prepare(
      "INSERT INTO chat (ROWID, guid, style, state, account_id, chat_identifier, service_name, account_login, group_id,"
      " successful_query, display_name) VALUES (?,?,45,3,?,?,?,'E:owner@mail.example',?,1,'')");
  auto join = db.prepare("INSERT INTO chat_handle_join VALUES (?,?)");
  std::int64_t number = 0;
  const auto one = [&](const std::string& id, const char* service) {
    ++number;
    handle.run(number, id, service, id);
    chat.run(number, std::string(service) + ";-;" + id, account_, id, service, random_.uuid());
    join.run(number, number);
  };
  for (const Person& p : people()) {
    one(p.phone, "iMessage");
    one(p.phone, "SMS");
  }
  if (lab_.plants()) one(std::string(sms_planted_sender()), "iMessage");
  db.run("INSERT INTO _SqliteDatabaseProperties VALUES ('_ClientVersion','" + std::to_string(lab_.ios() * 1000) +
         "'),"
         "('counter_in_all','0'),('counter_out_all','0')");
}

std::int64_t Writer::handle_of(std::string_view id) const {
  return id == sms_planted_sender() ? static_cast<std::int64_t>(people().size()) * 2 + 1 : 0;
}

std::int64_t Writer::row(Database& db, const std::optional<std::string>& text, std::int64_t handle,
                         const std::string& body, bool sms, double when, bool from_me, bool link, bool attached,
                         std::string_view payload) {
  const std::string guid = random_.uuid();
  const std::string record = random_.hex(64);
  const std::int64_t at = nanos(when);
  const std::optional<Blob> body_blob = body.empty() ? std::nullopt : std::optional<Blob>(Blob{body});
  const std::optional<Blob> payload_blob = payload.empty() ? std::nullopt : std::optional<Blob>(Blob{payload});
  const std::optional<std::string_view> balloon =
      payload.empty() ? std::nullopt : std::optional<std::string_view>("com.apple.messages.URLBalloonProvider");
  message_.run(
      guid, text, handle, "us", body_blob, sms ? "SMS" : "iMessage", sms ? "P:+12025550100" : "E:owner@mail.example",
      account_, at, from_me ? std::int64_t{0} : at + 30'000'000'000, sms ? std::int64_t{0} : at + 1'000'000'000, !sms,
      from_me, !from_me, from_me, link, attached, link, balloon, payload_blob, Blob{summary_}, record, "+12025550100");
  const std::int64_t rowid = db.last_rowid();
  join_.run(handle == 0 ? std::int64_t{1} : handle, rowid, at);
  return rowid;
}

void Writer::ordinary(Database& db, double when) {
  text_.clear();
  append_sentence(text_, random_);
  std::string link;
  if (random_.below(25) == 0) {
    link = web_address(random_);
    text_.append(" ").append(link);
  }
  const bool from_me = random_.below(2) == 0;
  const bool sms = random_.below(5) == 0;
  const std::int64_t person = static_cast<std::int64_t>(random_.below(people().size()));
  // What one sends to a group has no handle.
  const std::int64_t handle = from_me && random_.below(16) == 0 ? 0 : person * 2 + (sms ? 2 : 1);
  const bool styled = random_.below(10) != 0;
  const std::string body = styled ? attributed_body(text_, link, from_me ? BodyClass::mutable_ : BodyClass::fixed) : "";
  const bool body_only = styled && lab_.ios() >= 16 && random_.below(3) == 0;
  std::string payload;
  if (!link.empty() && !sms && random_.below(2) == 0) payload = link_preview(link, title(random_));
  row(db, body_only ? std::nullopt : std::optional<std::string>(text_), handle, body, sms, when, from_me, !link.empty(),
      false, payload);
}

void Writer::plant(Database& db, const SmsPlant& plant, double when) {
  const std::string body = plant.body.empty() ? std::string() : attributed_body(plant.body, plant.link);
  const std::string payload = plant.payload.empty() ? std::string() : link_preview(plant.payload, "Your parcel");
  const std::int64_t sender = handle_of(plant.sender);
  const std::int64_t handle = plant.no_handle ? 0 : sender != 0 ? sender : 2;
  row(db, plant.text.empty() ? std::nullopt : std::optional<std::string>(plant.text), handle, body, handle == 2, when,
      false, true, false, payload);
}

std::int64_t Writer::attachment(Database& db, const SmsAttachmentPlant& plant, double when) {
  const std::string guid = random_.uuid();
  const std::string body = attributed_body("\xEF\xBF\xBC");
  const std::int64_t message = row(db, std::string("\xEF\xBF\xBC"), 1, body, false, when, false, false, true, {});
  auto file = db.prepare(
      "INSERT INTO attachment (guid,created_date,start_date,filename,uti,mime_type,transfer_state,is_outgoing,"
      "transfer_name,total_bytes,original_guid) VALUES (?,?,?,?,?,?,5,0,?,?,?)");
  const std::int64_t at = static_cast<std::int64_t>(when);
  file.run("at_0_" + guid, at, at, plant.filename, plant.uti, plant.mime,
           plant.filename.substr(plant.filename.rfind('/') + 1), random_.between(2000, 4'000'000), "at_0_" + guid);
  const std::int64_t id = db.last_rowid();
  db.prepare("INSERT INTO message_attachment_join VALUES (?,?)").run(message, id);
  return id;
}

void write_log(Lab& lab, const std::string& main, const std::string& log) {
  // The first planted message was deleted and another one came in after the last checkpoint.
  write_to_log(main, sms_log_statements(lab.now()));
  lab.backup.adopt(domain, path, main);
  lab.backup.adopt(domain, std::string(path) + "-wal", log);
}

void write(Lab& lab) {
  Database db(lab.backup.scratch("sms.db"));
  db.run(sms_tables(lab.ios()));
  {
    Writer writer(lab, db);
    writer.handles(db);
    const std::vector<SmsPlant> plants = lab.plants() ? sms_plants(lab) : std::vector<SmsPlant>();
    const std::int64_t count = lab.options.messages;
    const double first = lab.now() - 3 * 365.0 * 86400;
    const double step = (lab.now() - 86400 - first) / static_cast<double>(count + 1);
    std::size_t next = 0;
    for (std::int64_t i = 0; i < count; ++i) {
      const double when = first + step * static_cast<double>(i);
      while (next < plants.size() &&
             i * static_cast<std::int64_t>(plants.size()) >= static_cast<std::int64_t>(next) * count)
        writer.plant(db, plants[next++], when);
      writer.ordinary(db, when);
    }
    while (next < plants.size()) writer.plant(db, plants[next++], lab.now() - 86400);
    for (const SmsAttachmentPlant& attachment : sms_attachments(lab))
      writer.attachment(db, attachment, lab.now() - 90000);
  }
  if (lab.options.wal && lab.plants())
    db.run("UPDATE message SET guid='" + std::string(sms_deleted_guid) + "' WHERE ROWID=1");
  db.run(sms_indexes());
  if (!lab.options.wal || !lab.plants()) return lab.store(domain, path, db);
  db.finish();
  write_log(lab, db.path(), db.path() + "-wal");
}

const Source source{"ios.sms", write};

}  // namespace
}  // namespace testudo::lab
