// Sigma: rules for logs in YAML, kept whole for the tools that read them. Floor 3. Source: the Sigma specification 2.0.
#pragma once

#include "intel/feed/feed_format.h"

namespace testudo {

extern const FeedFormat sigma_format;

}  // namespace testudo
