#include "intel/store/feed_import.h"

#include <sqlite3.h>

#include <algorithm>
#include <tuple>

#include "intel/store/claim_columns.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

std::string said(Statement& row) { return row.text(0) + ' ' + row.text(1); }

}  // namespace

Result<FeedImport> FeedImport::begin(StoreChange& change, const FeedFile& file, Unrepeated unrepeated) {
  FeedImport import(change, unrepeated);
  TRY(import.prepare(file));
  return import;
}

Result<void> FeedImport::remember_marking(Tlp tlp) {
  Connection& db = change_->connection();
  Statement end = TRY(db.prepare("UPDATE marking SET until=?1 WHERE source=?2 AND until IS NULL AND tlp<>?3"));
  TRY(end.bind(1, change_->generation()).bind(2, source_).bind(3, tlp_name(tlp)).run());
  Statement add = TRY(
      db.prepare("INSERT INTO marking(source,tlp,since) SELECT ?2,?3,?1 WHERE NOT EXISTS (SELECT 1 FROM marking WHERE "
                 "source=?2 AND until IS NULL)"));
  return add.bind(1, change_->generation()).bind(2, source_).bind(3, tlp_name(tlp)).run();
}

Result<void> FeedImport::prepare(const FeedFile& file) {
  sha256_ = file.sha256;
  octets_ = file.octets;
  Connection& db = change_->connection();
  Statement put = TRY(db.prepare(
      "INSERT INTO source(name,format,address,licence,etag,last_modified,sha256) VALUES(?1,?2,?3,?4,?5,?6,?7) "
      "ON CONFLICT(name) DO UPDATE SET format=excluded.format,address=coalesce(excluded.address,address),"
      "licence=coalesce(excluded.licence,licence),etag=excluded.etag,last_modified=excluded.last_modified,"
      "sha256=excluded.sha256 RETURNING id"));
  put.bind(1, std::string_view(file.name)).bind(2, std::string_view(file.format));
  put.bind(3, text_or_null(file.address)).bind(4, text_or_null(file.licence)).bind(5, text_or_null(file.etag));
  put.bind(6, text_or_null(file.last_modified)).bind(7, text_or_null(file.sha256));
  TRY(put.step());
  source_ = put.integer(0);
  put.reset();
  const std::string source = std::to_string(source_);
  if (file.tlp) TRY(remember_marking(*file.tlp));
  Statement any = TRY(db.prepare("SELECT 1 FROM claim WHERE until IS NULL AND source=" + source + " LIMIT 1"));
  fresh_source_ = !TRY(any.step());
  Statement last = TRY(db.prepare("SELECT coalesce(max(id),0)+1 FROM claim"));
  TRY(last.step());
  first_new_row_ = last.integer(0);
  repeated_.resize(static_cast<std::size_t>(fresh_source_ ? 0 : first_new_row_));
  const std::string now = std::to_string(change_->generation());
  find_value_ = TRY(db.prepare("SELECT id FROM value WHERE kind=?1 AND value=?2"));
  insert_value_ = TRY(db.prepare("INSERT INTO value(kind,value,shown) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING"));
  find_claims_ = TRY(db.prepare("SELECT id,since," + std::string(claim_columns) +
                                " FROM claim WHERE value=?1 AND until IS NULL AND +source=" + source));
  insert_claim_ = TRY(db.prepare("INSERT INTO claim(value,source," + std::string(claim_columns) + ",since) VALUES(?1," +
                                 source + ",?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13," + now + ")"));
  end_claim_ = TRY(db.prepare("UPDATE claim SET until=" + now + " WHERE id=?1"));
  drop_claim_ = TRY(db.prepare("DELETE FROM claim WHERE id=?1"));
  insert_threat_ = TRY(db.prepare("INSERT INTO claim_threat(claim,place,threat) VALUES(?1,?2,?3)"));
  find_pattern_ = TRY(db.prepare("SELECT id FROM pattern WHERE source=" + source +
                                 " AND object=?1 AND text=?2 AND language=?3 AND revoked=?4 AND name=?5 AND why=?6 AND "
                                 "tlp IS ?7 AND until IS NULL"));
  insert_pattern_ =
      TRY(db.prepare("INSERT INTO pattern(source,object,text,language,revoked,name,why,tlp,since) VALUES(" + source +
                     ",?1,?2,?3,?4,?5,?6,?7," + now + ")"));
  find_object_ = TRY(db.prepare("SELECT id FROM object WHERE source=" + source +
                                " AND object=?1 AND json=?2 AND type=?3 AND until IS NULL"));
  insert_object_ =
      TRY(db.prepare("INSERT INTO object(source,object,json,type,since) VALUES(" + source + ",?1,?2,?3," + now + ")"));
  insert_note_ = TRY(db.prepare("INSERT INTO note VALUES(" + now + "," + source + ",?1,?2,?3)"));
  return {};
}

Result<std::int64_t> FeedImport::value_id(const FeedClaim& claim) {
  sqlite3* const handle = change_->connection().handle();
  // What a new feed says is mostly new, what a known one says is mostly known: the likelier question comes first.
  for (const bool insert : {fresh_source_, !fresh_source_}) {
    if (insert) {
      TRY(insert_value_.bind(1, kind_name(claim.kind)).bind(2, claim.value).bind(3, text_or_null(claim.shown)).run());
      if (sqlite3_changes64(handle) != 0) return -sqlite3_last_insert_rowid(handle);  // nobody claims it yet
      continue;
    }
    const bool known = TRY(find_value_.bind(1, kind_name(claim.kind)).bind(2, claim.value).step());
    const std::int64_t id = known ? find_value_.integer(0) : 0;
    find_value_.reset();
    if (known) return id;
  }
  return error(Fault::internal, "a value that is neither there nor to be put there");
}

Result<std::int64_t> FeedImport::threat_id(std::string_view name) {
  if (const auto known = threat_ids_.find(name); known != threat_ids_.end()) return known->second;
  Statement put = TRY(change_->connection().prepare(
      "INSERT INTO threat(name) VALUES(?1) ON CONFLICT(name) DO UPDATE SET name=name RETURNING id"));
  TRY(put.bind(1, name).step());
  const std::int64_t id = put.integer(0);
  put.reset();
  threat_ids_.emplace(std::string(name), id);
  return id;
}

Result<void> FeedImport::claim(const FeedClaim& claim) {
  const std::int64_t value = TRY(value_id(claim));
  places_.push_back(value < 0 ? Place{TRY(add(claim, -value)), true} : TRY(place(claim, value)));
  if (!claim.threat.empty()) TRY(threat(places_.size() - 1, claim.threat));
  return {};
}

Result<FeedImport::Place> FeedImport::place(const FeedClaim& claim, std::int64_t value) {
  find_claims_.bind(1, value);
  Place found;
  std::int64_t outdated = 0;
  bool older = false;
  FeedClaim said = claim;
  while (TRY(find_claims_.step())) {
    if (find_claims_.value(2).text() != claim.object) continue;
    const std::int64_t row = find_claims_.integer(0);
    // A part of a feed need not repeat when the object was seen.
    if (unrepeated_ == Unrepeated::keep && !claim.object.empty()) widen_seen(find_claims_, 2, said);
    const bool same = same_claim(find_claims_, 2, said);
    if (find_claims_.integer(1) == change_->generation()) {
      if (same) found = {row, true};
      continue;
    }
    if (same) {
      found = {row, false};
    } else if (claim.modified && stored_modified(find_claims_, 2) > claim.modified) {
      older = true;
      mark(row);
    } else {
      outdated = row;
    }
  }
  find_claims_.reset();
  if (found.row != 0) {
    if (!found.fresh && !marked(found.row)) ++difference_.unchanged;
    mark(found.row);
    return found;
  }
  if (older) return Place{};
  if (outdated != 0 && !marked(outdated)) {
    mark(outdated);
    TRY(end_claim_.bind(1, outdated).run());
    ++difference_.changed;
    TRY(tell(difference_.first_changed, outdated));
    return Place{TRY(insert(said, value)), true};
  }
  return Place{TRY(add(said, value)), true};
}

Result<std::int64_t> FeedImport::add(const FeedClaim& claim, std::int64_t value) {
  ++difference_.added;
  if (difference_.first_added.size() < ImportDifference::listed)
    difference_.first_added.push_back(std::string(kind_name(claim.kind)) + ' ' + std::string(claim.value));
  return insert(claim, value);
}

Result<std::int64_t> FeedImport::insert(const FeedClaim& claim, std::int64_t value) {
  insert_claim_.bind(1, value);
  bind_claim(insert_claim_, 2, claim);
  TRY(insert_claim_.run());
  return sqlite3_last_insert_rowid(change_->connection().handle());
}

Result<void> FeedImport::threat(std::uint64_t claim, std::string_view name) {
  if (claim < places_.size() && places_[claim].row != 0 && !name.empty())
    threats_.push_back({claim, TRY(threat_id(name))});
  return {};
}

Result<void> FeedImport::supersede(std::uint64_t claim) {
  if (claim >= places_.size()) return {};
  Place& place = places_[claim];
  if (place.row != 0 && place.fresh) {
    TRY(drop_claim_.bind(1, place.row).run());
    --difference_.added;
  } else if (place.row != 0 && place.row < static_cast<std::int64_t>(repeated_.size())) {
    repeated_[static_cast<std::size_t>(place.row)] = false;
    --difference_.unchanged;
  }
  place = {};
  return {};
}

Result<void> FeedImport::kept(const KeptPattern& pattern) {
  ++difference_.patterns;
  for (Statement* statement : {&find_pattern_, &insert_pattern_}) {
    statement->bind(1, pattern.object).bind(2, pattern.text).bind(3, pattern.language);
    statement->bind(4, std::int64_t{pattern.revoked}).bind(5, pattern.name).bind(6, pattern.why);
    statement->bind(7, pattern.tlp ? Value::of_text(tlp_name(*pattern.tlp)) : Value());
  }
  const bool known = TRY(find_pattern_.step());
  const std::int64_t id = known ? find_pattern_.integer(0) : 0;
  find_pattern_.reset();
  if (!known) {
    TRY(insert_pattern_.run());
    ++difference_.patterns_added;
  }
  kept_patterns_[known ? id : sqlite3_last_insert_rowid(change_->connection().handle())] = true;
  return {};
}

Result<void> FeedImport::object(const KeptObject& object) {
  ++difference_.objects;
  TRY(find_object_.bind(1, object.object).bind(2, object.json).bind(3, object.type).step());
  std::int64_t id = find_object_.integer(0);
  find_object_.reset();
  if (id == 0) {
    TRY(insert_object_.bind(1, object.object).bind(2, object.json).bind(3, object.type).run());
    id = sqlite3_last_insert_rowid(change_->connection().handle());
    ++difference_.objects_added;
  }
  kept_objects_[id] = true;
  return {};
}

void FeedImport::seen(const FeedSeen& seen) {
  if (unrepeated_ == Unrepeated::keep) late_.add(seen);
}

Result<void> FeedImport::note(std::string_view object, std::string_view defect, std::string_view value) {
  ++difference_.notes;
  difference_.whole &= !loses_the_rest(defect);
  return insert_note_.bind(1, object).bind(2, defect).bind(3, value).run();
}

Result<void> FeedImport::put_threats(std::int64_t row, const std::vector<std::int64_t>& threats) {
  for (std::size_t i = 0; i < threats.size(); ++i)
    TRY(insert_threat_.bind(1, row).bind(2, static_cast<std::int64_t>(i)).bind(3, threats[i]).run());
  return {};
}

// A claim that stayed the same but is tied to other threats now is another claim.
Result<void> FeedImport::renew(std::int64_t& row, std::vector<std::int64_t> threats) {
  Connection& db = change_->connection();
  Statement stored = TRY(db.prepare("SELECT threat FROM claim_threat WHERE claim=?1 ORDER BY place"));
  stored.bind(1, row);
  std::vector<std::int64_t> before;
  while (TRY(stored.step())) before.push_back(stored.integer(0));
  if (!difference_.whole) {  // what ties it to the others may stand in the part that was not read
    std::vector<std::int64_t> all = before;
    std::ranges::copy_if(threats, std::back_inserter(all),
                         [&](std::int64_t threat) { return std::ranges::find(before, threat) == before.end(); });
    threats = std::move(all);
  }
  if (before == threats) return {};
  Statement copy =
      TRY(db.prepare("INSERT INTO claim(value,source," + std::string(claim_columns) + ",since) SELECT value,source," +
                     std::string(claim_columns) + ",?2 FROM claim WHERE id=?1"));
  TRY(copy.bind(1, row).bind(2, change_->generation()).run());
  const std::int64_t fresh = sqlite3_last_insert_rowid(db.handle());
  TRY(end_claim_.bind(1, row).run());
  ++difference_.changed;
  --difference_.unchanged;
  TRY(tell(difference_.first_changed, row));
  row = fresh;
  return put_threats(row, threats);
}

Result<void> FeedImport::write_threats() {
  struct Tie {
    std::int64_t row;
    std::size_t order;
    std::int64_t threat;
    bool fresh;
  };
  std::vector<Tie> ties;
  ties.reserve(threats_.size() + places_.size());
  for (const Threat& threat : threats_)
    if (const Place& place = places_[threat.claim]; place.row != 0)
      ties.push_back({place.row, ties.size(), threat.threat, place.fresh});
  // Claims from before are compared even where the feed names no threat for them any more.
  for (const Place& place : places_)
    if (place.row != 0 && !place.fresh) ties.push_back({place.row, ties.size(), 0, false});
  std::ranges::sort(ties, {}, [](const Tie& tie) { return std::pair(tie.row, tie.order); });
  std::vector<std::int64_t> threats;
  for (std::size_t i = 0; i < ties.size();) {
    std::int64_t row = ties[i].row;
    const bool fresh = ties[i].fresh;
    threats.clear();
    for (; i < ties.size() && ties[i].row == row; ++i)
      if (ties[i].threat != 0 && std::ranges::find(threats, ties[i].threat) == threats.end())
        threats.push_back(ties[i].threat);
    TRY(fresh ? put_threats(row, threats) : renew(row, threats));
  }
  return {};
}

Result<void> FeedImport::tell(std::vector<std::string>& list, std::int64_t row) {
  if (list.size() >= ImportDifference::listed) return {};
  Statement find = TRY(change_->connection().prepare(
      "SELECT kind,value.value FROM claim JOIN value ON value.id=claim.value WHERE claim.id=?1"));
  if (TRY(find.bind(1, row).step())) list.push_back(said(find));
  return {};
}

void FeedImport::mark(std::int64_t row) {
  if (row < static_cast<std::int64_t>(repeated_.size())) repeated_[static_cast<std::size_t>(row)] = true;
}

bool FeedImport::marked(std::int64_t row) const {
  return row < static_cast<std::int64_t>(repeated_.size()) && repeated_[static_cast<std::size_t>(row)];
}

Result<void> FeedImport::end_unrepeated() {
  Connection& db = change_->connection();
  const std::string current = " WHERE until IS NULL AND source=" + std::to_string(source_) + " AND since<" +
                              std::to_string(change_->generation());
  std::vector<std::int64_t> gone;
  Statement claims = TRY(db.prepare("SELECT id FROM claim" + current));
  while (TRY(claims.step()))
    if (!marked(claims.integer(0))) gone.push_back(claims.integer(0));
  for (const std::int64_t row : gone) {
    TRY(end_claim_.bind(1, row).run());
    TRY(tell(difference_.first_withdrawn, row));
  }
  difference_.withdrawn += gone.size();
  for (const auto& [table, kept, withdrawn] : {std::tuple("pattern", &kept_patterns_, &difference_.patterns_withdrawn),
                                               std::tuple("object", &kept_objects_, &difference_.objects_withdrawn)}) {
    Statement rows = TRY(db.prepare(std::string("SELECT id FROM ") + table + current));
    Statement end = TRY(db.prepare(std::string("UPDATE ") + table +
                                   " SET until=" + std::to_string(change_->generation()) + " WHERE id=?1"));
    gone.clear();
    while (TRY(rows.step()))
      if (!kept->contains(rows.integer(0))) gone.push_back(rows.integer(0));
    for (const std::int64_t row : gone) TRY(end.bind(1, row).run());
    *withdrawn = gone.size();
  }
  return {};
}

// The generation counts all its imports together.
Result<void> FeedImport::write_import() {
  Connection& db = change_->connection();
  Statement put = TRY(db.prepare(
      "INSERT INTO import VALUES(?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT DO UPDATE SET added=added+excluded.added,"
      "changed=changed+excluded.changed,withdrawn=withdrawn+excluded.withdrawn,unchanged=unchanged+excluded."
      "unchanged"));
  const auto number = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  put.bind(1, change_->generation()).bind(2, source_).bind(3, text_or_null(sha256_)).bind(4, number(octets_));
  put.bind(5, number(difference_.added)).bind(6, number(difference_.changed)).bind(7, number(difference_.withdrawn));
  TRY(put.bind(8, number(difference_.unchanged)).run());
  Statement sum = TRY(db.prepare("SELECT sum(added),sum(changed),sum(withdrawn) FROM import WHERE generation=?1"));
  TRY(sum.bind(1, change_->generation()).step());
  const auto total = [&](int column) { return static_cast<std::uint64_t>(sum.integer(column)); };
  return change_->count(total(0), total(1), total(2));
}

Result<ImportDifference> FeedImport::finish() {
  TRY(write_threats());
  Connection& db = change_->connection();
  if (!difference_.whole)  // what was read is not the feed: the same octets, or the same ETag, are news again
    TRY(db.execute("UPDATE source SET sha256=NULL,etag=NULL,last_modified=NULL WHERE id=" + std::to_string(source_)));
  else if (unrepeated_ == Unrepeated::end)
    TRY(end_unrepeated());
  difference_.changed += TRY(late_.apply(*change_, source_));
  TRY(write_import());
  return std::move(difference_);
}

}  // namespace testudo
