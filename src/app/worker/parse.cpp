#include "app/worker/parse.h"

#include <algorithm>
#include <map>

#include <fcntl.h>

#include "app/worker/functions.h"
#include "app/worker/indicators.h"
#include "base/text.h"
#include "base/wire.h"
#include "detect/field_match.h"
#include "detect/rules.h"
#include "parser/runner.h"

namespace testudo {
namespace {

constexpr auto row_frame = static_cast<std::uint8_t>(FrameKind::first_own);
constexpr auto result_frame = static_cast<std::uint8_t>(row_frame + 1);
constexpr std::size_t largest_anomaly_list = 1000;

enum FlagBits : std::uint8_t { matched_bit = 1, ruled_bit = 2 };

void write_key(WireOut& out, const std::optional<FileKey>& key) {
  out.text(key ? as_text(Bytes(*key)) : std::string_view());
}

Result<std::optional<FileKey>> read_key(WireIn& in) {
  const std::string_view text = TRY(in.text());
  if (text.empty()) return std::optional<FileKey>();
  FileKey key{};
  if (text.size() != key.size()) return error(Fault::internal, "key size");
  std::ranges::copy(as_bytes(text), key.begin());
  return std::optional<FileKey>(key);
}

void write_size(WireOut& out, const std::optional<std::uint64_t>& size) {
  out.number(static_cast<std::uint8_t>(size.has_value())).number(size.value_or(0));
}

Result<std::optional<std::uint64_t>> read_size(WireIn& in) {
  const bool given = TRY(in.number<std::uint8_t>()) != 0;
  const auto size = TRY(in.number<std::uint64_t>());
  return given ? std::optional(size) : std::nullopt;
}

void write_seizure(WireOut& out, const std::optional<Seizure>& seizure) {
  const Seizure span = seizure.value_or(Seizure{});
  out.number(static_cast<std::uint8_t>(seizure.has_value())).number(span.from.micros).number(span.to.micros);
}

Result<std::optional<Seizure>> read_seizure(WireIn& in) {
  const bool given = TRY(in.number<std::uint8_t>()) != 0;
  const auto from = static_cast<std::int64_t>(TRY(in.number<std::uint64_t>()));
  const auto to = static_cast<std::int64_t>(TRY(in.number<std::uint64_t>()));
  return given ? std::optional(Seizure{Time{from}, Time{to}}) : std::nullopt;
}

// The worker's sink: decides what the parent gets to see.
class StreamSink : public Sink {
 public:
  StreamSink(FrameWriter& out, const Matcher& matcher, RuleFilter filter, bool keep_all)
      : out_(out), matcher_(matcher), filter_(std::move(filter)), keep_all_(keep_all) {
    for (const RecordType* type : all_record_types())
      indexes_.emplace(type, static_cast<std::uint16_t>(indexes_.size()));
  }
  void anomaly(std::string_view, std::uint64_t) override {}  // counted by run_parser
  bool keeps_all() const override { return keep_all_; }

 protected:
  bool consider(const Row& row) override {
    flags_ =
        static_cast<std::uint8_t>((matcher_.touches(row) ? matched_bit : 0) | (filter_.wants(row) ? ruled_bit : 0));
    return keep_all_ || flags_ != 0;
  }
  void keep(const Row& row) override {
    if (row.type != last_type_) last_index_ = indexes_.at(last_type_ = row.type);
    std::string& payload = out_.begin(row_frame);
    payload.push_back(static_cast<char>(flags_));
    encode_row(payload, last_index_, row);
    out_.end();
  }

 private:
  FrameWriter& out_;
  FieldMatcher matcher_;
  RuleFilter filter_;
  bool keep_all_;
  std::uint8_t flags_ = 0;
  std::map<const RecordType*, std::uint16_t> indexes_;
  const RecordType* last_type_ = nullptr;
  std::uint16_t last_index_ = 0;
};

// A job as the worker sees it: owns the blobs.
struct WorkerJob {
  const Parser* parser = nullptr;
  bool keep_all = false;
  std::optional<Seizure> seizure;
  std::vector<std::unique_ptr<Blob>> blobs;
  std::vector<InputFile> files;
};

Result<std::unique_ptr<Blob>> open_blob(int descriptor, const std::optional<FileKey>& key,
                                        const std::optional<std::uint64_t>& plain_size) {
  Descriptor own(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  if (!own.valid()) return error(Fault::io, "a descriptor could not be duplicated");
  if (key) return encrypted_blob(std::move(own), *key, plain_size);
  return plain_blob(std::move(own));
}

Result<WorkerJob> read_job(std::string_view request, std::span<const int> descriptors) {
  WireIn in(request);
  WorkerJob job;
  job.parser = find_parser(TRY(in.text()));
  if (job.parser == nullptr) return error(Fault::internal, "no such parser");
  job.keep_all = TRY(in.number<std::uint8_t>()) != 0;
  job.seizure = TRY(read_seizure(in));
  const auto count = TRY(in.number<std::uint32_t>());
  std::size_t next = 1;  // descriptors[0] is the matcher's image
  for (std::uint32_t i = 0; i < count; ++i) {
    InputFile file;
    file.domain = TRY(in.text());
    file.path = TRY(in.text());
    file.role = static_cast<FileRole>(TRY(in.number<std::uint8_t>()));
    file.index = i;
    const auto key = TRY(read_key(in));
    const auto size = TRY(read_size(in));
    const bool has_log = TRY(in.number<std::uint8_t>()) != 0;
    const auto log_key = TRY(read_key(in));
    const auto log_size = TRY(read_size(in));
    if (next + (has_log ? 2 : 1) > descriptors.size()) return error(Fault::internal, "missing descriptors");
    job.blobs.push_back(TRY(open_blob(descriptors[next++], key, size)));
    file.blob = job.blobs.back().get();
    if (has_log) {
      job.blobs.push_back(TRY(open_blob(descriptors[next++], log_key, log_size)));
      file.log = job.blobs.back().get();
    }
    job.files.push_back(std::move(file));
  }
  return job;
}

void write_result(FrameWriter& out, const RunResult& result) {
  std::string payload;
  WireOut wire(payload);
  wire.number(result.records).number(result.status);
  for (const auto& time : {result.first_time, result.last_time})
    wire.number(static_cast<std::uint8_t>(time.has_value())).number(time.value_or(Time{}).micros);
  wire.number(static_cast<std::uint32_t>(result.anomalies.size()));
  for (const Anomaly& anomaly : result.anomalies) {
    wire.text(anomaly.name).number(anomaly.count);
    write_size(wire, anomaly.offset);
  }
  out.write(result_frame, payload);
}

Result<void> parse(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  if (descriptors.empty()) return error(Fault::internal, "no image");
  WorkerJob job = TRY(read_job(request, descriptors));
  const Mapping mapping = TRY(Mapping::of(descriptors[0]));
  const Matcher matcher = mapping.bytes().empty() ? Matcher() : TRY(Matcher::open(mapping.bytes()));
  StreamSink sink(out, matcher, TRY(RuleFilter::create(rules_for(job.seizure), all_record_types())), job.keep_all);
  write_result(out, run_parser(*job.parser, job.files, sink));
  return {};
}

}  // namespace

void parse_source_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  if (auto done = parse(request, descriptors, out); !done) out.fail(done.error());
}

Result<RunningSource> RunningSource::start(Zygote& zygote, const ParseJob& job, int image) {
  std::string request;
  WireOut wire(request);
  wire.text(job.parser->name).number(static_cast<std::uint8_t>(job.keep_all));
  write_seizure(wire, job.seizure);
  wire.number(static_cast<std::uint32_t>(job.files.size()));
  Descriptor no_image;
  if (image < 0) no_image = TRY(memory_file("no indicators", {}));
  std::vector<int> descriptors{image < 0 ? no_image.get() : image};
  for (const JobFile& file : job.files) {
    wire.text(file.domain).text(file.path).number(file.role);
    write_key(wire, file.key);
    write_size(wire, file.plain_size);
    wire.number(static_cast<std::uint8_t>(file.log.valid()));
    write_key(wire, file.log_key);
    write_size(wire, file.log_size);
    descriptors.push_back(file.stored.get());
    if (file.log.valid()) descriptors.push_back(file.log.get());
  }
  return RunningSource(TRY(zygote.run(static_cast<std::uint16_t>(Task::parse_source), request, descriptors)),
                       job.parser, job.files.size());
}

void RunningSource::broken(std::string_view anomaly) {
  result_.status = SourceStatus::partial;
  result_.anomalies.push_back({std::string(anomaly), std::nullopt, 1});
}

Result<bool> RunningSource::advance(const OnRow& on_row) {
  do {
    auto frame = worker_.frames().next();
    if (!frame || !*frame) {
      broken(frame ? "reader_died" : "reader_misbehaved");
      return true;
    }
    if (TRY(take(**frame, on_row))) return true;
  } while (worker_.frames().ready());
  return false;
}

Result<bool> RunningSource::take(const Frame& frame, const OnRow& on_row) {
  switch (frame.kind) {
    case row_frame:
      TRY(take_row(frame.payload, on_row));
      return false;
    case result_frame:
      if (!take_result(frame.payload)) broken("reader_misbehaved");
      return false;
    case static_cast<std::uint8_t>(FrameKind::failed): {
      const Error e = error_of_frame(frame.payload);
      broken("reader_failed_" + std::string(lacks_resources(e) ? "resources" : fault_name(e.fault)));
      return true;
    }
    case static_cast<std::uint8_t>(FrameKind::done):
      worker_.ended();
      return true;
    default:
      return false;
  }
}

Result<void> RunningSource::take_row(std::string_view payload, const OnRow& on_row) {
  const auto bad = [&] {
    if (std::ranges::find(result_.anomalies, "reader_misbehaved", &Anomaly::name) == result_.anomalies.end())
      broken("reader_misbehaved");
    return Result<void>();
  };
  if (payload.empty() || !decode_row(payload.substr(1), row_)) return bad();
  if (row_.type_index >= all_record_types().size() || row_.where.file >= files_) return bad();
  const RecordType* type = all_record_types()[row_.type_index];
  const bool ours = std::ranges::find(parser_->records, type) != parser_->records.end();
  if (!ours || row_.values.size() != type->fields.size()) return bad();
  const auto bits = static_cast<std::uint8_t>(payload[0]);
  return on_row({(bits & matched_bit) != 0, (bits & ruled_bit) != 0}, Row{type, row_.values, row_.where});
}

Result<void> RunningSource::take_result(std::string_view payload) {
  WireIn in(payload);
  SourceResult result;
  result.records = TRY(in.number<std::uint64_t>());
  const auto status = TRY(in.number<std::uint8_t>());
  if (status > static_cast<std::uint8_t>(SourceStatus::unsupported)) return error(Fault::malformed, "status");
  result.status = static_cast<SourceStatus>(status);
  for (std::optional<Time>* time : {&result.first_time, &result.last_time}) {
    const bool given = TRY(in.number<std::uint8_t>()) != 0;
    const auto micros = static_cast<std::int64_t>(TRY(in.number<std::uint64_t>()));
    if (given) *time = from_unix_micros(micros);
  }
  const auto count = TRY(in.number<std::uint32_t>());
  if (count > largest_anomaly_list) return error(Fault::malformed, "anomalies");
  for (std::uint32_t i = 0; i < count; ++i) {
    Anomaly anomaly;
    anomaly.name = visible(TRY(in.text()).substr(0, 200));
    anomaly.count = TRY(in.number<std::uint64_t>());
    anomaly.offset = TRY(read_size(in));
    result.anomalies.push_back(std::move(anomaly));
  }
  if (!result_.anomalies.empty()) result.status = SourceStatus::partial;
  result.anomalies.insert(result.anomalies.end(), result_.anomalies.begin(), result_.anomalies.end());
  result_ = std::move(result);
  return {};
}

}  // namespace testudo
