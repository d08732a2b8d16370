// Archive: objects as NSKeyedArchiver writes them, ready for binary_plist. Test tool.
//   { $version 100000, $archiver "NSKeyedArchiver", $top { root: uid }, $objects [ "$null", … ] }
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plist.h"

namespace testudo::lab {

class Archive {
 public:
  Archive() : objects_{Plist("$null")} {}
  // Keeps a place, so that the root can be object 1 and refer to what follows it.
  Uid reserve();
  void set(Uid at, Plist object) { objects_[at.index] = std::move(object); }
  Uid add(Plist object);
  // The description of a class, written once: "MBFile" -> { $classname, $classes [MBFile, NSObject] }.
  Uid class_of(std::string_view name, std::vector<std::string> ancestors = {"NSObject"});
  Uid data(std::string bytes);        // NSMutableData with NS.data
  Uid url(std::string_view address);  // NSURL with NS.base (null) and NS.relative
  Uid dictionary(const std::vector<std::pair<std::string, Uid>>& entries, std::string_view name = "NSDictionary");
  Uid array(const std::vector<Uid>& items);
  std::string finish(Uid root);

 private:
  Array objects_;
  std::map<std::string, Uid, std::less<>> classes_;
};

}  // namespace testudo::lab
