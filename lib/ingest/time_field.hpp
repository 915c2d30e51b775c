// Times of log lines to minutes since the epoch, fast where neighbours share their minute.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/source_spec.hpp"
#include "ingest/timestamp.hpp"

namespace nines::ingest {

/// One per thread.
class TimeField {
 public:
  /// The spec must have passed read_source. Throws Error{config} for a zone this machine lacks.
  TimeField(const TimeSpec& spec, const std::string& zone);

  /// False when the text is no time of this kind, lies outside the years 1970 to 2199, or does not
  /// name one instant; `problem` then says which. `text` must be followed by 8 readable bytes.
  bool minute(std::string_view text, std::int64_t& minute);
  /// As many of the first rows as say that they lie in the minute of the one before; returns their
  /// number. Each text must be followed by 8 readable bytes.
  std::size_t same_minute(const std::string_view* texts, std::size_t rows,
                          std::int64_t* minutes) const;
  /// "'2026-02-30' names a day that does not exist": of the last failure.
  std::string_view problem() const { return describe(problem_); }

 private:
  bool epoch(std::string_view text, std::int64_t& minute);
  bool slow(std::string_view text, std::int64_t& minute);

  TimeParser parser_;
  bool epoch_ = false;
  std::int64_t per_minute_ = 60;   ///< units of the epoch number in one minute
  std::int64_t minute_begin_ = 0;  ///< of the last epoch number
  std::int64_t last_minute_ = 0;
  std::uint64_t last_head_ = 0;  ///< first eight digits of the last epoch number
  std::size_t last_size_ = 0;
  std::uint64_t last_front_ = 0;  ///< what they stand for, without the last eight digits
  TimeProblem problem_ = TimeProblem::none;
};

}  // namespace nines::ingest
