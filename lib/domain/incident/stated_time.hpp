// A time as somebody stated it: the instant, how exactly it is known, and the words it came in.
#pragma once

#include <optional>
#include <string>

#include "base/json.hpp"
#include "base/time.hpp"

namespace nines::incident {

struct StatedTime {
  Instant at;
  Precision precision = Precision::exact;
  Micros spread{0};  ///< either way; of `about`, and of clocks known to be off
  std::optional<Instant> until =
      {};                  ///< the last instant it may have been, where a stretch was stated
  std::string text = {};   ///< as written; empty when the tool took the present
  std::string zone = {};   ///< as written, or the one it was read in; empty for the present
  std::string clock = {};  ///< whose clock: "alertmanager", "ada"; empty: this machine's

  friend bool operator==(const StatedTime&, const StatedTime&) = default;
};

/// The earliest and the latest it can have been; nothing when the time is unknown. A time to the
/// minute may lie anywhere in that minute; `about` without a spread is taken as five minutes
/// either way.
struct Bounds {
  Instant earliest;
  Instant latest;
};
std::optional<Bounds> bounds_of(const StatedTime& time);

enum class Order { certain, possible, impossible };
std::string_view to_string(Order order);
/// What the times allow of the claim that `a` was not after `b`. Unknown times allow everything.
Order not_after(const StatedTime& a, const StatedTime& b);

/// Members "text", "zone", "clock", "spread_us", "until" where they say something; the instant and
/// its precision are the event's own.
Json to_json(const StatedTime& time);
StatedTime stated_time_from(const Json& json, Instant at, Precision precision);

}  // namespace nines::incident
