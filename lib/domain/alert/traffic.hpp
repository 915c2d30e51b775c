// Traffic as a test describes it, turned into the counters a scraper would have seen of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/alert/replay.hpp"

namespace nines::alert {

/// Billionths of an event per second: "1/d" is 11574, "100/s" is 10^11.
using NanoRate = std::int64_t;
inline constexpr NanoRate kMostRate = 1'000'000'000'000'000;  ///< a million a second
/// Billionths: "20%" is 200,000,000.
using Share = std::int64_t;
inline constexpr Share kWholeShare = 1'000'000'000;

/// From `from` for `length`, and again every `every` if given; later phases win over earlier ones,
/// each only in what it sets.
struct Phase {
  Tick from = 0;
  Tick length = 0;            ///< 0 with `restart` alone
  std::optional<Tick> every;  ///< at least `length`
  std::optional<NanoRate> rate;
  std::optional<Share> errors;
  bool lost = false;         ///< scrapes fail: the counters go on counting, nobody sees them
  bool maintenance = false;  ///< what the rules except holds
  bool restart = false;      ///< at `from` the counters begin anew, before anything of that instant
};

struct Traffic {
  NanoRate rate = 0;
  Share errors = 0;
  std::vector<Phase> phases;
  Tick scrape_interval = 60'000;
  /// Whether the counter of errors exists only once there was an error since the last restart, as
  /// labelled counters of most client libraries do: the first error is then no increase.
  bool errors_appear_late = false;
};

/// What truly happened up to an instant, seen or not.
struct TrueCounts {
  Tick at = 0;
  std::uint64_t bad = 0;
  std::uint64_t total = 0;
};

struct Simulated {
  Counter bad;
  Counter good;
  Counter total;
  std::vector<Span> maintenance;  ///< ascending, apart from one another
  std::vector<TrueCounts> truth;  ///< at every scrape instant, failed or not, ascending

  /// Events in (from, to], to the scrape.
  TrueCounts between(Tick from, Tick to) const;
  /// The same without those in maintenance.
  TrueCounts counted(Tick from, Tick to) const;
};

/// From `from` (where all counters are 0) to `to`; scrapes at multiples of the interval. Nothing is
/// random: requests are spread evenly, and of requests with an error share s every (1/s)th is bad,
/// the remainder carried on. Exact in integers.
Simulated simulate(const Traffic& traffic, Tick from, Tick to);

}  // namespace nines::alert
