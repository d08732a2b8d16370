#include "app/terminal/feeds.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace testudo {
namespace {

// The sentence `key` with the names of some feeds.
void tell(std::vector<std::string>& sentences, std::string_view key, const std::vector<std::string>& feeds,
          const Catalogue& words) {
  if (feeds.empty()) return;
  constexpr std::size_t named = 5;
  std::string names;
  for (std::size_t i = 0; i < std::min(feeds.size(), named); ++i)
    names += (names.empty() ? "" : ", ") + visible(feeds[i]);
  if (feeds.size() > named) names += ", …";
  sentences.push_back(words.say_count(key, static_cast<std::int64_t>(feeds.size()), {{"names", names}}));
}

}  // namespace

std::vector<std::string> sentences_of_lost_feeds(const CheckReport& report, const Catalogue& words) {
  std::vector<std::string> sentences;
  tell(sentences, "check.unread_feeds", report.unread_feeds, words);
  tell(sentences, "check.not_feeds", report.not_feeds, words);
  return sentences;
}

std::vector<std::string> sentences_of_feeds(const CheckReport& report, const Catalogue& words) {
  std::vector<std::string> sentences;
  if (report.feeds.empty())
    sentences.push_back(words.say("check.no_indicators"));
  else
    sentences.push_back(words.say_count("check.indicators", static_cast<std::int64_t>(report.feeds.size()),
                                        {{"count", std::to_string(report.indicators)}}));
  if (const auto newest = report.newest_entry())
    sentences.push_back(words.say("check.indicators.newest", {{"date", to_rfc3339(*newest)}}));
  std::ranges::move(sentences_of_lost_feeds(report, words), std::back_inserter(sentences));
  return sentences;
}

}  // namespace testudo
