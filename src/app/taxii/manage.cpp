// testudo intel taxii collection, user, publish: what the server serves, and to whom.
#include <fcntl.h>

#include <algorithm>
#include <cstdio>

#include "app/taxii/publish.h"
#include "app/taxii/verbs.h"
#include "app/terminal/password.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/store/schema.h"
#include "intel/taxii/users.h"

namespace testudo {
namespace {

struct Arguments {
  std::string name, title, description, audience, users, password_file;
  std::vector<std::string> readers, writers;
  bool token = false, json = false;
};

Result<void> check_names(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (name != TaxiiStore::everybody && !TaxiiUsers::is_name(name)) return error(Fault::usage, "taxii_bad_name");
  return {};
}

Result<int> add_collection(const Arguments& a, const IntelCall& call) {
  if (!TaxiiUsers::is_name(a.name)) return error(Fault::usage, "taxii_bad_name");
  if (!a.audience.empty() && !tlp_from_name(a.audience)) return error(Fault::usage, "taxii_bad_audience");
  TRY(check_names(a.readers));
  TRY(check_names(a.writers));
  TaxiiStores stores = TRY(open_taxii_stores(call, IntelStore::Mode::read));
  TaxiiCollection made{.name = a.name,
                       .title = a.title.empty() ? a.name : a.title,
                       .description = a.description,
                       .audience = a.audience};
  TRY(stores.taxii.change([&]() -> Result<void> {
    made = TRY(stores.taxii.add_collection(made));
    for (const auto* names : {&a.readers, &a.writers}) {
      for (const std::string& user : *names) {
        const bool read = std::ranges::find(a.readers, user) != a.readers.end();
        const bool write = std::ranges::find(a.writers, user) != a.writers.end();
        TRY(stores.taxii.allow(made.id, user, {.read = read, .write = write}));
      }
    }
    return {};
  }));
  TRY(publish_store(stores.intel, stores.taxii));
  std::puts(made.id.c_str());
  return exit_done;
}

Result<int> list_collections(const Arguments& a, const IntelCall& call) {
  const TaxiiStores stores = TRY(open_taxii_stores(call, IntelStore::Mode::read));
  for (const TaxiiCollection& one : TRY(stores.taxii.collections())) {
    if (!a.json) {
      std::puts((one.id + '\t' + visible(one.name) + '\t' + visible(one.title)).c_str());
      continue;
    }
    std::string text;
    JsonText json(text);
    json.object().key("id").string(one.id).key("name").string(one.name).key("title").string(one.title);
    if (!one.audience.empty()) json.key("audience").string(one.audience);
    json.end();
    std::puts(text.c_str());
  }
  return exit_done;
}

Result<void> append_line(const std::string& path, const std::string& line) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return error(Fault::denied, "taxii_users_not_writable");
  return write_all(file.get(), as_bytes(line + "\n"));
}

Result<int> add_user(const Arguments& a, const IntelCall& call) {
  if (a.token) {
    const TaxiiUsers::NewToken made = TRY(TaxiiUsers::token_line(a.name));
    TRY(append_line(a.users, made.line));
    std::puts(made.token.c_str());
    return exit_done;
  }
  const Secret password = TRY(obtain_password(a.password_file.empty() ? std::nullopt : std::optional(a.password_file),
                                              call.words.say("taxii.user.password")));
  TRY(append_line(a.users, TRY(TaxiiUsers::password_line(a.name, password.text()))));
  call.print("taxii.user.added", {{"name", a.name}});
  return exit_done;
}

Result<int> publish(const IntelCall& call) {
  TaxiiStores stores = TRY(open_taxii_stores(call, IntelStore::Mode::read));
  TRY(make_default_collection(stores.taxii));
  call.print(TRY(publish_store(stores.intel, stores.taxii)) ? "taxii.publish.done" : "taxii.publish.nothing");
  return exit_done;
}

}  // namespace

void add_taxii_manage(IntelVerb& taxii) {
  auto a = std::make_shared<Arguments>();
  IntelVerb collection = taxii.group("collection");
  Verb sub = collection.add("add", a, add_collection);
  sub.option("name", a->name).required();
  sub.option("--title", a->title);
  sub.option("--description", a->description);
  sub.option("--read", a->readers).one_at_a_time();
  sub.option("--write", a->writers).one_at_a_time();
  sub.option("--audience", a->audience);
  sub = collection.add("list", a, list_collections);
  sub.flag("--json", a->json);

  IntelVerb user = taxii.group("user");
  sub = user.add("add", a, add_user);
  sub.option("name", a->name).required();
  sub.option("--users", a->users).required();
  sub.option("--password-file", a->password_file);
  sub.flag("--token", a->token);
  taxii.add("publish", publish);
}

}  // namespace testudo
