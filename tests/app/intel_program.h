// testudo intel on a store of the test's own. For tests of the program.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/program.h"

namespace testudo::test {

class IntelProgram : public testing::Test {
 protected:
  Ran intel(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"intel", "--store", folder_ / "store"});
    return run("testudo", arguments);
  }
  Folder folder_;
};

}  // namespace testudo::test
