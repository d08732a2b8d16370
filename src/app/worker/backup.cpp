#include "app/worker/backup.h"

#include <algorithm>
#include <tuple>

#include <fcntl.h>

#include "app/worker/functions.h"
#include "base/text.h"
#include "base/wire.h"
#include "evidence/database.h"
#include "evidence/ios_backup.h"

namespace testudo {
namespace {

constexpr auto head_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr auto file_frame = static_cast<std::uint8_t>(head_frame + 1);
constexpr auto end_frame = static_cast<std::uint8_t>(head_frame + 2);
constexpr std::uint64_t largest_root_file = 256U << 20;
// A manifest that names more is an attack.
constexpr std::size_t most_wanted = 100'000, most_files = 20'000'000;

enum RootFile : std::uint8_t { has_manifest = 1, has_info = 2, has_status = 4 };

void write_time(WireOut& out, const std::optional<Time>& time) {
  out.number(static_cast<std::uint8_t>(time.has_value())).number(time.value_or(Time{}).micros);
}

Result<std::optional<Time>> read_time(WireIn& in) {
  const bool given = TRY(in.number<std::uint8_t>()) != 0;
  const auto micros = static_cast<std::int64_t>(TRY(in.number<std::uint64_t>()));
  return given ? from_unix_micros(micros) : std::nullopt;
}

// What the backup says of itself, and whether its Status.plist could be read in full.
struct Facts : BackupFacts {
  bool status_unreadable = false;
};

Result<Facts> read_facts(std::uint8_t present, std::span<const int> descriptors) {
  Facts facts;
  std::size_t next = 0;
  const auto content = [&]() -> Result<std::string> {
    if (next >= descriptors.size()) return error(Fault::internal, "missing descriptor");
    return read_all(descriptors[next++], largest_root_file);
  };
  if (present & has_manifest) TRY(read_manifest_plist(as_bytes(TRY(content())), facts));
  // Info.plist only adds to the picture: its damage, its size too, is told by its own parser.
  if (present & has_info)
    if (const auto info = content()) static_cast<void>(read_info_plist(as_bytes(*info), facts).ok());
  if (present & has_status) {
    const auto status = content();
    facts.status_unreadable = !status || !read_status_plist(as_bytes(*status), facts) || facts.status_damaged();
  }
  return facts;
}

std::string encode_head(const Facts& f) {
  std::string payload;
  WireOut out(payload);
  out.text(f.device_name).text(f.product_type).text(f.product_version).text(f.build_version).text(f.serial_number);
  out.text(f.udid).text(f.phone_number);
  write_time(out, f.date ? f.date : f.last_backup);
  out.number(static_cast<std::uint8_t>(f.encrypted.value_or(!f.keybag.empty() && !f.manifest_key.empty())));
  out.text(as_text(Bytes(f.keybag))).text(as_text(Bytes(f.manifest_key)));
  out.number(static_cast<std::uint8_t>(f.interrupted().has_value()));
  out.number(static_cast<std::uint8_t>(f.interrupted().value_or(false)));
  out.number(static_cast<std::uint8_t>(f.status_unreadable));
  return payload;
}

Result<BackupHead> decode_head(std::string_view payload) {
  WireIn in(payload);
  BackupHead head;
  DeviceFacts& d = head.device;
  for (std::string* part :
       {&d.name, &d.product_type, &d.system_version, &d.build, &d.serial, &d.unique_id, &d.phone_number})
    *part = to_utf8(TRY(in.text()));
  d.backup_date = TRY(read_time(in));
  d.encrypted = TRY(in.number<std::uint8_t>()) != 0;
  head.keybag = TRY(in.text());
  head.manifest_key = TRY(in.text());
  const bool says = TRY(in.number<std::uint8_t>()) != 0;
  const bool interrupted = TRY(in.number<std::uint8_t>()) != 0;
  if (says) head.interrupted = interrupted;
  head.status_unreadable = TRY(in.number<std::uint8_t>()) != 0;
  return head;
}

// A name in the manifest, whatever class it is stored in: a file that is listed in an odd way must not look absent.
std::string_view name_in(const QueryRow& row, int column) {
  const Value value = row.value(column);
  return value.type() == Value::Type::bytes ? value.text() : row.text(column).value_or("");
}

void write_located(FrameWriter& out, const QueryRow& row, const std::vector<Wanted>& wanted, bool is_log) {
  std::string payload;
  WireOut wire(payload);
  wire.text(name_in(row, 0)).text(name_in(row, 1)).text(name_in(row, 2));
  const auto info = read_backup_file_info(row.bytes(4).value_or(Bytes()));
  const bool sized = info && info->size;
  wire.number(static_cast<std::uint8_t>(sized)).number(sized ? *info->size : std::uint64_t{0});
  wire.text(info ? as_text(Bytes(info->encryption_key)) : std::string_view());
  wire.number(static_cast<std::uint8_t>(info.ok())).number(static_cast<std::uint8_t>(is_log));
  wire.number(static_cast<std::uint32_t>(wanted.size()));
  for (const Wanted& want : wanted) wire.number(want.parser).number(want.role);
  out.write(file_frame, payload);
}

Result<LocatedFile> decode_located(std::string_view payload) {
  WireIn in(payload);
  LocatedFile file;
  file.file_id = TRY(in.text());
  file.domain = to_utf8(TRY(in.text()));
  file.path = to_utf8(TRY(in.text()));
  const bool sized = TRY(in.number<std::uint8_t>()) != 0;
  const auto size = TRY(in.number<std::uint64_t>());
  if (sized) file.size = size;
  file.encryption_key = TRY(in.text());
  file.described = TRY(in.number<std::uint8_t>()) != 0;
  file.is_log = TRY(in.number<std::uint8_t>()) != 0;
  const auto count = TRY(in.number<std::uint32_t>());
  for (std::uint32_t i = 0; i < count; ++i) {
    Wanted want{};
    want.parser = TRY(in.number<std::uint16_t>());
    want.role = TRY(in.number<std::uint8_t>()) == 0 ? FileRole::primary : FileRole::aid;
    if (want.parser >= parsers().size()) return error(Fault::malformed, "no such parser");
    file.wanted.push_back(want);
  }
  return file;
}

Result<std::unique_ptr<Blob>> blob_of(int descriptor, std::string_view key) {
  Descriptor own(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  if (key.empty()) return plain_blob(std::move(own));
  FileKey bytes{};
  if (key.size() != bytes.size()) return error(Fault::internal, "key size");
  std::ranges::copy(as_bytes(key), bytes.begin());
  return encrypted_blob(std::move(own), bytes, std::nullopt);
}

// Rows of the manifest that stand for a stored file, all or those that some parser wants.
Result<std::uint64_t> list_files(const Database& manifest, Locate which, FrameWriter& out) {
  const WantIndex index;
  std::uint64_t rows = 0;
  const auto each = [&](const QueryRow& row) {
    ++rows;
    const std::string_view domain = name_in(row, 1), path = name_in(row, 2);
    const std::string_view database = WantIndex::database_of_log(path);
    const auto wanted = index.of(domain, database.empty() ? path : database);
    if (which == Locate::all || !wanted.empty()) write_located(out, row, wanted, !database.empty());
    return true;
  };
  TRY(manifest.each(
      "SELECT {Files.fileID}, {Files.domain}, {Files.relativePath}, {?Files.flags}, {Files.file} FROM Files "
      "WHERE {?Files.flags} IS NULL OR CAST({?Files.flags} AS INTEGER) = 1",
      each));
  return rows;
}

Result<void> locate(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  WireIn in(request);
  const auto which = static_cast<Locate>(TRY(in.number<std::uint8_t>()));
  const bool has_log = TRY(in.number<std::uint8_t>()) != 0;
  const std::string_view key = TRY(in.text());
  if (descriptors.size() < (has_log ? 2U : 1U)) return error(Fault::internal, "missing descriptors");
  const auto main = TRY(blob_of(descriptors[0], key));
  std::unique_ptr<Blob> log;
  if (has_log) log = TRY(blob_of(descriptors[1], {}));
  const Database manifest =
      TRY(Database::open(*main, log.get(), DatabaseView::merged, [](std::string_view, std::uint64_t) {}));
  if (!manifest.has_table("Files")) return error(Fault::malformed, "no table Files");
  const auto rows = list_files(manifest, which, out);
  if (!rows) {
    out.fail(rows.error());
    return {};
  }
  std::string payload;
  WireOut(payload).number(*rows);
  out.write(end_frame, payload);
  return {};
}

}  // namespace

void read_backup_facts_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  const auto facts = read_facts(request.empty() ? 0 : static_cast<std::uint8_t>(request[0]), descriptors);
  if (facts)
    out.write(head_frame, encode_head(*facts));
  else
    out.fail(facts.error());
}

void locate_files_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  if (const auto done = locate(request, descriptors, out); !done) out.fail(done.error());
}

Result<BackupHead> read_backup_head(Zygote& zygote, const Descriptor& manifest, const Descriptor& info,
                                    const Descriptor& status) {
  std::vector<int> descriptors;
  std::uint8_t present = 0;
  const std::pair<const Descriptor*, RootFile> files[] = {
      {&manifest, has_manifest}, {&info, has_info}, {&status, has_status}};
  for (const auto& [file, bit] : files) {
    if (!file->valid()) continue;
    descriptors.push_back(file->get());
    present = static_cast<std::uint8_t>(present | bit);
  }
  Worker worker = TRY(zygote.run(static_cast<std::uint16_t>(Task::read_backup_facts),
                                 std::string(1, static_cast<char>(present)), descriptors));
  const auto frame = TRY(worker.frames().next());
  if (!frame) return error(Fault::malformed, "the reading process died");
  if (frame->kind == static_cast<std::uint8_t>(FrameKind::failed)) return error_of_frame(frame->payload);
  return decode_head(frame->payload);
}

Result<Located> locate_files(Zygote& zygote, const Descriptor& manifest, const Descriptor& log,
                             const std::optional<FileKey>& key, Locate which) {
  std::string request;
  WireOut(request)
      .number(which)
      .number(static_cast<std::uint8_t>(log.valid()))
      .text(key ? as_text(Bytes(*key)) : std::string_view());
  std::vector<int> descriptors{manifest.get()};
  if (log.valid()) descriptors.push_back(log.get());
  Worker worker = TRY(zygote.run(static_cast<std::uint16_t>(Task::locate_files), request, descriptors));
  Located located;
  bool ended = false;
  for (;;) {
    const auto frame = TRY(worker.frames().next());
    if (!frame) break;
    if (frame->kind == file_frame && located.files.size() < (which == Locate::all ? most_files : most_wanted))
      located.files.push_back(TRY(decode_located(frame->payload)));
    if (frame->kind == end_frame) {
      WireIn in(frame->payload);
      located.rows = TRY(in.number<std::uint64_t>());
      ended = true;
    }
    if (frame->kind == static_cast<std::uint8_t>(FrameKind::failed)) {
      located.stopped = error_of_frame(frame->payload);
      if (located.files.empty() || lacks_resources(*located.stopped)) return *located.stopped;
    }
  }
  if (!ended && !located.stopped) located.stopped = error(Fault::malformed, "the reading process died");
  std::ranges::sort(located.files, [](const LocatedFile& a, const LocatedFile& b) {
    return std::tie(a.domain, a.path, a.file_id) < std::tie(b.domain, b.path, b.file_id);
  });
  return located;
}

bool is_file_id(std::string_view id) { return backup_stored_path(id).has_value(); }

}  // namespace testudo
