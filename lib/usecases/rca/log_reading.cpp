// The first lines are kept until the header is known, then given again.
#include "usecases/rca/log_reading.hpp"

#include "base/error.hpp"

namespace nines::usecases {
namespace {

/// Enough for a header, whatever the length of the lines.
constexpr std::size_t kSampleBytes = 8u << 20;

std::unique_ptr<ingest::ByteSource> open_log(const LogFile& file) {
  if (file.name == "-") return ingest::open_stream(*file.in);
  std::error_code none;
  if (!std::filesystem::exists(file.path, none))
    throw Error(ExitCode::not_found, "no file '" + file.name + "'",
                "name a log, plain or compressed; - reads standard input");
  return ingest::open_bytes(file.path.string());
}

}  // namespace

LogReading::LogReading(const LogFile& file) : lines_(open_log(file)) { learn(); }

void LogReading::learn() {
  std::vector<std::size_t> ends;
  std::string_view line;
  while (ends.size() < rca::kHeaderSample && sample_.size() < kSampleBytes && lines_.next(line)) {
    sample_ += line;
    ends.push_back(sample_.size());
  }
  std::size_t begin = 0;
  for (const auto end : ends) {
    sampled_.push_back(std::string_view(sample_).substr(begin, end - begin));
    begin = end;
  }
  layout_ = rca::learn_header(sampled_);
}

bool LogReading::next(rca::LineParts& parts) {
  std::string_view line;
  if (replayed_ < sampled_.size())
    line = sampled_[replayed_++];
  else if (!lines_.next(line))
    return false;
  parts = rca::split_line(layout_, line);
  ++given_;
  headed_ += parts.headed;
  return true;
}

}  // namespace nines::usecases
