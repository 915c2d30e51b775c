// Burn-rate alert policies: windows, factors and guards, as values that a generator writes out and
// an evaluator runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/enum_names.hpp"
#include "domain/alert/calendar_window.hpp"

namespace nines::alert {

using Millis = std::chrono::milliseconds;  ///< what Prometheus counts durations in

enum class Severity { page, ticket };
inline constexpr EnumNames<Severity, 2> kSeverityNames{{"page", "ticket"}};
enum class Speed { quick, slow };
inline constexpr EnumNames<Speed, 2> kSpeedNames{{"quick", "slow"}};

/// Two windows that must both burn faster than the same factor: the long one says that it matters,
/// the short one that it still goes on.
struct WindowPair {
  Severity severity = Severity::page;
  Speed speed = Speed::quick;
  Decimal budget_percent;  ///< share of the period's budget that is spent within `long_window`
  Millis short_window{0};
  Millis long_window{0};

  friend bool operator==(const WindowPair&, const WindowPair&) = default;
};

/// (percent x period hours / 100) / long hours, from left to right in double, as Sloth computes it:
/// 14.4 for 2 % of 30 days within 1 h. The burn rate at which that share is spent in that window.
double burn_factor(const WindowPair& pair, Millis period);
/// The same as an exact decimal; empty where it has none of at most 18 digits.
std::optional<Decimal> exact_burn_factor(const WindowPair& pair, Millis period);

/// The windows for one period: page quick, page slow, ticket quick, ticket slow, in this order.
struct WindowTable {
  Millis period{0};
  std::vector<WindowPair> pairs;

  friend bool operator==(const WindowTable&, const WindowTable&) = default;
};

/// 2 % in 1 h, 5 % in 6 h (page), 10 % in 1 d and in 3 d (ticket), for any period.
WindowTable standard_table(Millis period);
/// Sloth's own: the standard table for 28 and for 30 days.
std::vector<WindowTable> built_in_tables();
/// The table for exactly that period, or null.
const WindowTable* find_table(std::span<const WindowTable> tables, Millis period);

/// One way to fire. `short_window` 0 means none: the long window alone decides.
struct Condition {
  double factor = 0;  ///< fires above factor x budget
  Millis short_window{0};
  Millis long_window{0};
  bool or_equal = false;  ///< fires at exactly factor x budget too (OpenSLO's `gte`)

  friend bool operator==(const Condition&, const Condition&) = default;
};

/// An alert fires while any of its conditions holds, once one has held for `hold`.
struct Alert {
  std::string severity;  ///< "page", "ticket", or the words of an OpenSLO condition
  std::vector<Condition> any_of;
  Millis hold{0};         ///< Prometheus' `for`
  std::string name = {};  ///< of its rule; empty where none is written

  friend bool operator==(const Alert&, const Alert&) = default;
};

/// Keeps a handful of events from waking anybody: each condition also needs this many in its long
/// window. 0 means no such demand.
struct LowTraffic {
  std::uint64_t min_events = 0;
  std::uint64_t min_errors = 0;

  bool asks() const { return min_events > 0 || min_errors > 0; }
  friend bool operator==(const LowTraffic&, const LowTraffic&) = default;
};

/// How the error ratio over the whole period is had.
enum class PeriodMode {
  compatible,  ///< the mean of the short window's ratios: cheap, wrong where traffic varies
  exact,       ///< sums of errors and of events, divided once
  direct       ///< the user's query over the period
};
inline constexpr EnumNames<PeriodMode, 3> kPeriodModeNames{{"compat", "exact", "direct"}};

/// From this window on it can be had from the recorded sums of the ratio window.
inline constexpr Millis kChainedFrom = std::chrono::hours(2);

/// Everything that may fire for one SLO.
struct Policy {
  Millis period{0};
  /// Whose recorded ratios or sums make up those of the period; also what absent data is absent of.
  Millis ratio_window{0};
  PeriodMode mode = PeriodMode::compatible;
  /// The period begins anew with each of these; empty: it is the `period` before each instant.
  std::optional<CalendarWindow> calendar;
  /// Exact mode: windows of kChainedFrom and more are had from the recorded sums.
  bool chained = false;
  std::vector<Alert> alerts;
  LowTraffic low_traffic;
  /// Fires when the shortest window has had no sample for so long; empty: never.
  std::optional<Millis> absent_after;

  friend bool operator==(const Policy&, const Policy&) = default;
};

/// Page, then ticket, each with the conditions of its pairs; no guard.
Policy policy_of(const WindowTable& table);

/// Sorted, each once: what an SLI must be recorded over for these pairs.
std::vector<Millis> windows_of(const WindowTable& table);

/// Whether errors can be many enough: factor x budget < 1. `budget` is 1 - target.
bool reachable(double factor, double budget);
/// How closely a window is looked through for what is excepted: each minute.
Millis exception_step(Millis window);

/// ceil(1 / (factor x budget)): with fewer events in the long window a single error fires. Empty
/// where there is no budget.
std::optional<std::uint64_t> events_for_one_error(double factor, double budget);
/// Time until a lasting error ratio fires, from no errors before: factor x budget x long / ratio.
/// Empty where it never does. The long window binds when the short one is shorter.
std::optional<Millis> time_to_detect(const Condition& condition, double budget, double ratio);
/// Time until it clears once all errors stop: short x (1 - factor x budget / ratio); the long
/// window counts where there is no short one.
std::optional<Millis> time_to_clear(const Condition& condition, double budget, double ratio);

/// Prometheus' text of a duration: "5m", "1h30m", "1d", "4w", "30d", "1y"; y and w only where
/// nothing is left over. "0s" for nothing.
std::string prometheus_text(Millis duration);

}  // namespace nines::alert
