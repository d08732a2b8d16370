// Archive: NSKeyedArchiver's object table. Test tool.
#include "archive.h"

namespace testudo::lab {

Uid Archive::reserve() { return add(Plist(false)); }

Uid Archive::add(Plist object) {
  objects_.push_back(std::move(object));
  return Uid{objects_.size() - 1};
}

Uid Archive::class_of(std::string_view name, std::vector<std::string> ancestors) {
  if (auto at = classes_.find(name); at != classes_.end()) return at->second;
  Array chain{Plist(name)};
  for (std::string& ancestor : ancestors) chain.emplace_back(std::move(ancestor));
  const Uid uid = add(Dict{{"$classes", std::move(chain)}, {"$classname", Plist(name)}});
  classes_.emplace(name, uid);
  return uid;
}

Uid Archive::data(std::string bytes) {
  const Uid uid = reserve();
  set(uid, Dict{{"NS.data", Data{std::move(bytes)}}, {"$class", class_of("NSMutableData", {"NSData", "NSObject"})}});
  return uid;
}

Uid Archive::url(std::string_view address) {
  const Uid uid = reserve();
  const Uid text = add(Plist(address));
  set(uid, Dict{{"NS.base", Uid{0}}, {"NS.relative", text}, {"$class", class_of("NSURL")}});
  return uid;
}

Uid Archive::dictionary(const std::vector<std::pair<std::string, Uid>>& entries, std::string_view name) {
  const Uid uid = reserve();
  Array keys;
  Array values;
  for (const auto& [key, value] : entries) {
    keys.emplace_back(add(Plist(key)));
    values.emplace_back(value);
  }
  set(uid, Dict{{"NS.keys", std::move(keys)}, {"NS.objects", std::move(values)}, {"$class", class_of(name)}});
  return uid;
}

Uid Archive::array(const std::vector<Uid>& items) {
  const Uid uid = reserve();
  Array values;
  for (Uid item : items) values.emplace_back(item);
  set(uid, Dict{{"NS.objects", std::move(values)}, {"$class", class_of("NSArray")}});
  return uid;
}

std::string Archive::finish(Uid root) {
  return binary_plist(Dict{{"$version", 100000},
                           {"$archiver", "NSKeyedArchiver"},
                           {"$top", Dict{{"root", root}}},
                           {"$objects", std::move(objects_)}});
}

}  // namespace testudo::lab
