// Workers that screen names: lists are read and names compared where neither can do harm.
#include "app/worker/screening.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "app/worker/text_worker.h"
#include "base/json_text.h"
#include "base/wire.h"
#include "intel/actor/vendor_entities.h"
#include "intel/screen/entity_index.h"
#include "intel/screen/name_pairs.h"
#include "intel/screen/sanction_list.h"

namespace testudo {
namespace {

constexpr std::uint64_t largest_list = 256ULL << 20;  // octets, as read_sanction_list allows

void write_qualifiers(WireOut& out, const ScreenQualifiers& asked) {
  out.number(static_cast<std::uint8_t>(asked.mode)).text(asked.birth).text(asked.gender);
  out.number(static_cast<std::uint32_t>(asked.countries.size()));
  for (const std::string& country : asked.countries) out.text(country);
}

Result<ScreenQualifiers> read_qualifiers(WireIn& in) {
  ScreenQualifiers asked;
  asked.mode = static_cast<NameMode>(TRY(in.number<std::uint8_t>()));
  asked.birth = TRY(in.text());
  asked.gender = TRY(in.text());
  const auto countries = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < countries; ++i) asked.countries.emplace_back(TRY(in.text()));
  return asked;
}

// Tells the versions of one list from other lists.
class ListVersions {
 public:
  // The place of the last list so far of the same format that shares half of the larger one's entries with this one.
  std::optional<std::size_t> add(const SanctionList& list) {
    Known now{list.format, {}};
    for (const ScreenEntity& entity : list.entities) now.ids.insert(std::hash<std::string>{}(entity.id));
    std::optional<std::size_t> same;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (known_[i].format != now.format) continue;
      const auto shared = std::ranges::count_if(known_[i].ids, [&](std::size_t id) { return now.ids.contains(id); });
      if (2 * static_cast<std::size_t>(shared) >= std::max(known_[i].ids.size(), now.ids.size()) && shared > 0)
        same = i;
    }
    known_.push_back(std::move(now));
    return same;
  }

 private:
  struct Known {
    std::string format;
    std::unordered_set<std::size_t> ids;  // hashed
  };
  std::vector<Known> known_;
};

// {"list":place in the request,"format":…,"date":…,"entries":N,"again":place,"lost":[{"what":…,"count":N,"value":…}]}
std::string list_line(std::size_t place, const SanctionList& list, std::optional<std::size_t> again) {
  std::string line;
  JsonText json(line);
  json.object().key("list").integer(static_cast<std::int64_t>(place)).key("format").string(list.format);
  json.key("date").string(list.date).key("entries").integer(static_cast<std::int64_t>(list.entities.size()));
  if (again) json.key("again").integer(static_cast<std::int64_t>(*again));
  json.key("lost").array();
  for (const ListNote& note : list.notes)
    if (note.loses_names())
      json.object()
          .key("what")
          .string(note.name)
          .key("count")
          .integer(static_cast<std::int64_t>(note.count))
          .key("value")
          .string(note.value)
          .end();
  json.end().end();
  return line + '\n';
}

Result<void> screen_all(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  WireIn in(request);
  const ScreenQualifiers asked = TRY(read_qualifiers(in));
  std::vector<ScreenEntity> entities = vendor_entities();
  ListVersions versions;
  for (std::size_t i = 0; i < descriptors.size(); ++i) {
    SanctionList list = TRY(read_sanction_list(TRY(read_all(descriptors[i], largest_list))));
    write_answer(out, list_line(i, list, in.done() ? versions.add(list) : std::nullopt));
    std::move(list.entities.begin(), list.entities.end(), std::back_inserter(entities));
  }
  merge_entities(entities);
  EntityIndex index;
  for (ScreenEntity& entity : entities) index.add(std::move(entity));
  index.finish();
  EntitySearcher searcher(index);
  while (!in.done()) {
    const std::string_view name = TRY(in.text());
    std::string line;
    append_screen_json(line, name, searcher.find(name, asked));
    line += '\n';
    write_answer(out, line);
  }
  return {};
}

}  // namespace

void screen_names_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  if (auto done = screen_all(request, descriptors, out); !done) out.fail(done.error());
}

void score_pairs_worker(std::string_view, std::span<const int> descriptors, FrameWriter& out) {
  constexpr std::uint64_t largest_table = 1ULL << 30;
  auto csv = read_all(descriptors[0], largest_table);
  if (!csv) return out.fail(csv.error());
  std::string scored;
  if (auto done = score_pairs(*csv, scored); !done) return out.fail(done.error());
  write_answer(out, scored);
}

Result<std::string> screen_names(Zygote& zygote, const std::vector<std::string>& names, const ScreenQualifiers& asked,
                                 const std::vector<std::string>& lists) {
  std::string request;
  WireOut wire(request);
  write_qualifiers(wire, asked);
  for (const std::string& name : names) wire.text(name);
  std::vector<Descriptor> files;
  std::vector<int> descriptors;
  for (const std::string& list : lists) {
    files.push_back(TRY(open_named(list)));
    descriptors.push_back(files.back().get());
  }
  return ask_worker(zygote, Task::screen_names, request, descriptors);
}

}  // namespace testudo
