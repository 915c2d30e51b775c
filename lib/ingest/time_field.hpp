// Times of log lines to minutes since the epoch, fast where neighbours share their minute.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "ingest/source_spec.hpp"

namespace nines::ingest {

/// One per thread. Local times that fall into a clock change are read as the earlier instant.
class TimeField {
 public:
  TimeField(const TimeSpec& spec, const std::string& zone);

  /// False when the text is no time of this kind or lies outside the years 1900 to 2199.
  /// `text` must be followed by at least 8 readable bytes.
  bool minute(std::string_view text, std::int64_t& minute);

 private:
  bool epoch(std::string_view text, std::int64_t& minute);
  bool textual(std::string_view text, std::int64_t& minute);
  std::optional<Instant> parse(std::string_view text) const;
  std::optional<Instant> parse_clf(std::string_view text) const;
  std::optional<Instant> parse_pattern(std::string_view text) const;
  std::optional<Instant> in_zone(LocalTime local) const;

  TimeKind kind_;
  std::string pattern_;
  Zone zone_;
  std::int64_t per_minute_ = 60;   ///< units of the epoch number in one minute
  std::int64_t minute_begin_ = 0;  ///< of the last epoch number
  std::int64_t last_minute_ = 0;
  std::string last_;               ///< text whose minute is `last_minute_`
  std::size_t seconds_at_ = 0;     ///< place of two digits of seconds in it; 0 = unknown
};

}  // namespace nines::ingest
