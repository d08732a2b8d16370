// Feeds of any size, made for measuring: every value is invented. Test tool.
#pragma once

namespace testudo::lab {

// testudo-lab feed --format stix --indicators N --out FILE [--seed N]: an indicator and its relationship each, about a
// kilobyte together. The exit status of the program.
int write_feed(int argc, char** argv);

}  // namespace testudo::lab
