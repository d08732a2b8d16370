// Pages of objects, and their removal: the filters of TAXII 2.1, 3.4, as SQL. Versions are chosen first, among all
// versions of an object; of those the latest spec version is taken unless some are named. (The specification says of
// both that they act on "the remainder of the request"; this order is the one of the OASIS reference server's tests.)
#include <sqlite3.h>

#include "intel/taxii/taxii_store.h"

namespace testudo {
namespace {

// SQL with its parameters, which are borrowed from the filter.
struct Query {
  std::string sql;
  std::vector<Value> values;

  std::string parameter(const Value& value) {
    values.push_back(value);
    return "?" + std::to_string(values.size());
  }
  template <typename Values, typename Make>
  std::string list(const Values& from, Make make) {
    std::string text;
    for (const auto& one : from) text += (text.empty() ? "" : ",") + parameter(make(one));
    return "(" + text + ")";
  }
  std::string list(const std::vector<std::string>& from) {
    return list(from, [](const std::string& one) { return Value::of_text(one); });
  }
  Result<Statement> prepare(const Connection& connection) const {
    Statement statement = TRY(connection.prepare(sql));
    for (std::size_t i = 0; i < values.size(); ++i) statement.bind(static_cast<int>(i + 1), values[i]);
    return statement;
  }
};

// The condition on the version of row `row`; empty: all.
std::string version_condition(const TaxiiFilter& filter, const std::string& row, Query& query) {
  if (filter.all) return "";
  const auto extreme = [&](const char* which) {
    return row + ".version=(SELECT " + which + "(v.version) FROM object v WHERE v.collection=" + row +
           ".collection AND v.id=" + row + ".id)";
  };
  std::string any;
  const auto add = [&](const std::string& one) { any += (any.empty() ? "" : " OR ") + one; };
  if (filter.first) add(extreme("min"));
  if (filter.last || !filter.names_version()) add(extreme("max"));
  if (!filter.versions.empty())
    add(row + ".version IN " +
        query.list(filter.versions, [](Time version) { return Value::of_integer(version.micros); }));
  return " AND (" + any + ")";
}

std::string spec_condition(const TaxiiFilter& filter, Query& query) {
  if (!filter.spec_versions.empty()) return " AND o.spec IN " + query.list(filter.spec_versions);
  return " AND NOT EXISTS (SELECT 1 FROM object s WHERE s.collection=o.collection AND s.id=o.id AND s.spec>o.spec" +
         version_condition(filter, "s", query) + ")";
}

}  // namespace

Result<TaxiiPage> TaxiiStore::page(const std::string& collection, const TaxiiFilter& filter, Time after,
                                   std::uint64_t octets) const {
  Query query;
  query.sql = "SELECT o.added,o.id,o.type,o.spec,o.version_text,o.json FROM object o WHERE o.collection=";
  query.sql += query.parameter(Value::of_text(collection));
  query.sql += " AND o.added>" + query.parameter(Value::of_integer(after.micros));
  if (!filter.ids.empty()) query.sql += " AND o.id IN " + query.list(filter.ids);
  if (!filter.types.empty()) query.sql += " AND o.type IN " + query.list(filter.types);
  query.sql += version_condition(filter, "o", query) + spec_condition(filter, query) + " ORDER BY o.added LIMIT " +
               std::to_string(filter.limit + 1);
  Statement find = TRY(query.prepare(connection_));
  TaxiiPage page;
  std::uint64_t taken = 0;
  while (TRY(find.step())) {
    TaxiiObject object{Time{find.integer(0)}, find.text(1), find.text(2), find.text(3), find.text(4), find.text(5)};
    taken += object.json.size();
    if (page.objects.size() == filter.limit || (taken > octets && !page.objects.empty())) {
      page.more = true;
      break;
    }
    page.objects.push_back(std::move(object));
  }
  return page;
}

Result<bool> TaxiiStore::holds(const std::string& collection, std::string_view id) const {
  Statement find = TRY(connection_.prepare("SELECT 1 FROM object WHERE collection=?1 AND id=?2 LIMIT 1"));
  return find.bind(1, std::string_view(collection)).bind(2, id).step();
}

Result<std::uint64_t> TaxiiStore::remove(const std::string& collection, std::string_view id,
                                         const TaxiiFilter& filter) {
  TaxiiFilter chosen = filter;
  if (!chosen.names_version()) chosen.all = true;
  Query query;
  query.sql = "DELETE FROM object WHERE added IN (SELECT o.added FROM object o WHERE o.collection=";
  query.sql += query.parameter(Value::of_text(collection)) + " AND o.id=" + query.parameter(Value::of_text(id));
  query.sql += version_condition(chosen, "o", query);
  if (!chosen.spec_versions.empty()) query.sql += " AND o.spec IN " + query.list(chosen.spec_versions);
  query.sql += ")";
  std::uint64_t removed = 0;
  TRY(change([&]() -> Result<void> {
    Statement forget = TRY(query.prepare(connection_));
    TRY(forget.run());
    removed = static_cast<std::uint64_t>(sqlite3_changes64(connection_.handle()));
    return {};
  }));
  return removed;
}

}  // namespace testudo
