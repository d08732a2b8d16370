// Workers that hunt. Files are mapped and read twice; what was read is given back to the system as it goes.
#include "app/worker/hunting.h"

#include <sys/mman.h>

#include <filesystem>

#include "app/worker/text_worker.h"
#include "app/worker/warnings.h"
#include "base/json_text.h"
#include "base/text.h"
#include "base/wire.h"
#include "intel/known_names.h"

namespace testudo {
namespace {

constexpr std::string_view roles[] = {"file", "brand", "train", "ordinary"};

struct OpenFile {
  std::string_view role, name;
  Mapping mapping;
};

struct Asked {
  HuntOptions options;
  const HuntFormat* format = nullptr;
  std::vector<OpenFile> files;
  std::vector<HuntSeed> seeds;
};

Result<Asked> read_request(std::string_view request, std::span<const int> descriptors, std::string_view seeds) {
  WireIn in(request);
  Asked asked;
  asked.options.least = static_cast<double>(TRY(in.number<std::uint32_t>())) / 1e6;
  asked.options.most = TRY(in.number<std::uint32_t>());
  asked.options.naming = TRY(in.number<std::uint8_t>()) != 0;
  asked.options.batch.micros = static_cast<std::int64_t>(TRY(in.number<std::uint32_t>())) * 1'000'000;
  if (const std::string_view format = TRY(in.text()); !format.empty()) {
    asked.format = hunt_format_named(format);
    if (asked.format == nullptr) return error(Fault::usage, "hunt_no_such_format");
  }
  for (std::size_t i = 0; !in.done(); ++i) {
    if (i >= descriptors.size()) return error(Fault::internal, "a request that ends early");
    const std::string_view role = TRY(in.text()), name = TRY(in.text());
    asked.files.push_back({role, name, TRY(Mapping::of(descriptors[i]))});
  }
  WireIn rows(seeds);
  while (!rows.done()) {
    const auto kind = static_cast<Kind>(TRY(rows.number<std::uint8_t>()));
    const std::string_view value = TRY(rows.text()), threat = TRY(rows.text());
    asked.seeds.push_back({kind, std::string(value), std::string(threat)});
  }
  return asked;
}

// Lists of providers whose names anybody can take say nothing in favour of a host.
bool speaks_for_a_host(std::string_view list) {
  for (const std::string_view part : {"dynamic", "Dynamic", "shorten", "Shorten", "lots", "LOTS", "disposable", "bio",
                                      "sinkhole", "Sinkhole", "VPN", "false positive", "top-level", "TLD"})
    if (list.find(part) != std::string_view::npos) return false;
  return true;
}

void add_hits(const WarningLists& lists, Kind kind, std::string_view value, bool own, std::vector<std::string>& names) {
  std::vector<WarningHit> hits;
  lists.find(kind, value, hits);
  for (const WarningHit& hit : hits) {
    if (own && hit.verdict == WarningVerdict::annotate) continue;  // names and networks for documentation
    const bool below_platform = hit.how == WarningHit::How::below && is_shared_platform(hit.entry);
    if (kind == Kind::host && (below_platform || !speaks_for_a_host(hit.list))) continue;
    names.emplace_back(hit.list);
  }
}

void write_notes(const OpenFile& file, const HuntFormat& format, const HuntNotes& notes, FrameWriter& out) {
  for (const auto& [what, note] : notes.all()) {
    std::string line;
    JsonText json(line);
    json.object().key("note").string(what).key("file").string(file.name).key("format").string(format.name);
    json.key("count").integer(static_cast<std::int64_t>(note.count));
    json.key("offset").integer(static_cast<std::int64_t>(note.first_offset)).end();
    write_answer(out, line + "\n");
  }
}

void write_summary(const HuntFigures& f, std::size_t candidates, FrameWriter& out) {
  std::string line;
  JsonText json(line);
  const auto number = [&](std::string_view key, std::uint64_t n) {
    json.key(key).integer(static_cast<std::int64_t>(n));
  };
  json.object().key("summary").object();
  number("candidates", candidates), number("known", f.known), number("facts", f.facts), number("hosts", f.hosts);
  number("not_hosts", f.not_hosts), number("kept_hosts", f.kept_hosts), number("kept_ties", f.kept_ties);
  number("learnt", f.learnt), number("ordinary", f.ordinary);
  json.key("ordinary_from_files").boolean(f.ordinary_from_files).key("remarks").array();
  for (const std::string& remark : f.remarks) json.string(remark);
  json.end().end().end();
  write_answer(out, line + "\n");
}

HuntSource source_of(const OpenFile& file) {
  const Bytes bytes = file.mapping.bytes();
  return HuntSource(as_text(bytes), [bytes, given_back = std::size_t{0}](std::size_t until) mutable {
    constexpr std::size_t step = 4U << 20;
    const std::size_t end = until / step * step;
    if (end <= given_back) return;
    ::madvise(const_cast<std::uint8_t*>(bytes.data()) + given_back, end - given_back, MADV_DONTNEED);
    given_back = end;
  });
}

const HuntFormat& format_of(const Asked& asked, const OpenFile& file) {
  return asked.format != nullptr ? *asked.format : source_of(file).format();
}

// Brands, names to learn from and ordinary names: any format gives names.
void load_lists(const Asked& asked, Hunt& hunt) {
  for (const OpenFile& file : asked.files) {
    if (file.role == roles[0]) continue;
    HuntNotes notes;
    const HuntSource source = source_of(file);
    const std::string threat = std::filesystem::path(file.name).stem().string();
    source.read(
        source.format(),
        [&](const HuntFact& fact) {
          if (file.role == roles[1]) hunt.brand(fact.host);
          if (file.role == roles[2]) hunt.known_name({lower_ascii(fact.host), threat});
          if (file.role == roles[3]) hunt.ordinary_name(fact.host);
        },
        notes);
  }
}

void run(const Asked& asked, const WarningLists* warnings, FrameWriter& out) {
  Hunt hunt(asked.options, [&](Kind kind, std::string_view value) {
    std::vector<std::string> names;
    add_hits(core_warnings(), kind, value, true, names);
    if (warnings != nullptr) add_hits(*warnings, kind, value, false, names);
    return names;
  });
  for (const HuntSeed& seed : asked.seeds) hunt.seed(seed);
  load_lists(asked, hunt);
  std::uint64_t octets = 0;
  const auto each_file = [&](auto use) {
    for (const OpenFile& file : asked.files)
      if (file.role == roles[0]) use(file, source_of(file));
  };
  each_file([&](const OpenFile&, const HuntSource& source) { octets += source.size(); });
  hunt.expect(octets);
  HuntNotes ignored;  // the second reading says the same again
  each_file(
      [&](const OpenFile& file, const HuntSource& source) { hunt.count(source, format_of(asked, file), ignored); });
  hunt.settle();
  std::vector<HuntNotes> notes;
  each_file([&](const OpenFile& file, const HuntSource& source) {
    hunt.gather(source, format_of(asked, file), notes.emplace_back());
  });
  const std::vector<HuntCandidate> ranked = hunt.rank();
  for (const HuntCandidate& candidate : ranked) {
    std::string line;
    append_candidate_json(line, candidate);
    write_answer(out, line + "\n");
  }
  std::size_t i = 0;
  each_file(
      [&](const OpenFile& file, const HuntSource&) { write_notes(file, format_of(asked, file), notes[i++], out); });
  write_summary(hunt.figures(), ranked.size(), out);
}

}  // namespace

// Descriptors: the files in the request's order, the seeds, and the warning lists where there are any.
void hunt_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  WireIn in(request);
  const auto with_warnings = in.number<std::uint8_t>();
  const std::size_t extra = with_warnings && *with_warnings != 0 ? 2 : 1;
  if (!with_warnings || descriptors.size() < extra)
    return out.fail(error(Fault::internal, "a request that ends early"));
  const auto seeds = read_all(descriptors[descriptors.size() - extra], 1ULL << 30);
  if (!seeds) return out.fail(seeds.error());
  OpenWarnings warnings;
  if (extra == 2) {
    auto opened = open_warnings(descriptors.back());
    if (!opened) return out.fail(opened.error());
    warnings = std::move(*opened);
  }
  const auto asked = read_request(request.substr(1), descriptors.first(descriptors.size() - extra), *seeds);
  if (!asked) return out.fail(asked.error());
  run(*asked, warnings.lists ? &*warnings.lists : nullptr, out);
}

Result<std::string> hunt_files(Zygote& zygote, const HuntRequest& asked) {
  std::vector<Descriptor> files;
  std::string request, seeds;
  WireOut wire(request), rows(seeds);
  Descriptor warnings;
  if (!asked.store.empty()) warnings = TRY(store_warnings(asked.store));
  wire.number(static_cast<std::uint8_t>(warnings.valid() ? 1 : 0));
  wire.number(static_cast<std::uint32_t>(asked.options.least * 1e6))
      .number(static_cast<std::uint32_t>(asked.options.most));
  wire.number(static_cast<std::uint8_t>(asked.options.naming ? 1 : 0));
  wire.number(static_cast<std::uint32_t>(asked.options.batch.micros / 1'000'000)).text(asked.format);
  const std::vector<std::string>* lists[] = {&asked.files, &asked.brands, &asked.train, &asked.ordinary};
  for (std::size_t i = 0; i < std::size(lists); ++i)
    for (const std::string& path : *lists[i]) {
      files.push_back(TRY(open_named(path)));
      wire.text(roles[i]).text(std::filesystem::path(path).filename().string());
    }
  for (const HuntSeed& seed : asked.seeds)
    rows.number(static_cast<std::uint8_t>(seed.kind)).text(seed.value).text(seed.threat);
  files.push_back(TRY(memory_file("seeds", as_bytes(seeds))));
  if (warnings.valid()) files.push_back(std::move(warnings));
  std::vector<int> descriptors;
  descriptors.reserve(files.size());
  for (const Descriptor& file : files) descriptors.push_back(file.get());
  return ask_worker(zygote, Task::hunt, request, descriptors);
}

}  // namespace testudo
