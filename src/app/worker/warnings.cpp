#include "app/worker/warnings.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/worker/folder_files.h"
#include "app/worker/functions.h"
#include "base/descriptor.h"
#include "base/text.h"
#include "base/wire.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_list = 256ULL << 20;
constexpr std::size_t most_lists = 10'000;
constexpr auto left_out_frame = static_cast<std::uint8_t>(FrameKind::first_own);

Result<std::vector<std::string>> list_files(const std::string& path) {
  std::error_code fault;
  if (!fs::is_directory(path, fault)) return std::vector{path};
  std::vector<std::string> all, named;
  for (const std::string& file : TRY(files_below(path, Clones::read_inside)).files) {
    if (fs::path(file).extension() != ".json") continue;
    all.push_back(file);
    if (fs::path(file).filename() == "list.json") named.push_back(file);
  }
  std::vector<std::string>& files = named.empty() ? all : named;
  if (files.empty() || files.size() > most_lists) return error(Fault::not_found, "warnings_no_list");
  return files;
}

}  // namespace

void compile_warnings_worker(std::string_view, std::span<const int> descriptors, FrameWriter& out) {
  WarningListBuilder builder;
  for (std::size_t i = 1; i < descriptors.size(); ++i) {
    const auto content = read_all(descriptors[i], largest_list);
    const Result<void> added = content ? builder.add_json(*content) : Result<void>(content.error());
    if (added) continue;
    std::string payload;
    WireOut(payload).number(static_cast<std::uint32_t>(i - 1));
    out.write(left_out_frame, payload);
  }
  if (builder.lists() == 0) return out.fail(error(Fault::not_found, "warnings_no_list"));
  if (auto written = write_all(descriptors[0], as_bytes(builder.compile())); !written) out.fail(written.error());
}

Result<CompiledWarnings> compile_warnings(Zygote& zygote, const std::string& path) {
  const std::vector<std::string> names = TRY(list_files(path));
  CompiledWarnings compiled;
  compiled.image.reset(::memfd_create("warnings", MFD_CLOEXEC));
  if (!compiled.image.valid()) return error(Fault::io, std::strerror(errno));
  std::vector<Descriptor> files;
  std::vector<int> descriptors{compiled.image.get()};
  for (const std::string& name : names) {
    files.push_back(TRY(open_named(name)));
    descriptors.push_back(files.back().get());
  }
  Worker worker = TRY(zygote.run(static_cast<std::uint16_t>(Task::compile_warnings), "", descriptors));
  TRY(worker.each_frame(error(Fault::internal, "the warning lists could not be read: the reading process died"),
                        [&](const Frame& frame) -> Result<void> {
                          if (frame.kind != left_out_frame) return {};
                          WireIn in(frame.payload);
                          const auto number = TRY(in.number<std::uint32_t>());
                          if (number < names.size()) compiled.left_out.push_back(names[number]);
                          return {};
                        }));
  return compiled;
}

Result<OpenWarnings> open_warnings(int image) {
  OpenWarnings open;
  open.mapping = TRY(Mapping::of(image));
  open.lists.emplace(TRY(WarningLists::open(open.mapping.bytes())));
  return open;
}

std::string warnings_path(const std::string& store) { return store + "/warnings.bin"; }

Result<Descriptor> store_warnings(const std::string& store) {
  if (store.empty() || !TRY(is_there(warnings_path(store)))) return Descriptor();
  return open_for_reading(warnings_path(store));
}

Result<void> save_warnings(const std::string& store, int image) {
  const Mapping mapping = TRY(Mapping::of(image));
  const std::string path = warnings_path(store), draft = path + ".new";
  Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return file_error(draft);
  if (auto written = write_all(file.get(), mapping.bytes()); !written) {
    ::unlink(draft.c_str());
    return written;
  }
  if (std::rename(draft.c_str(), path.c_str()) != 0) return file_error(path);
  return {};
}

}  // namespace testudo
