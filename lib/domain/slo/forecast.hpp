// Where the budget is going: the whole period at the pace of the last day, and when it runs out.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/time.hpp"
#include "domain/slo/budget.hpp"
#include "domain/slo/verdict.hpp"
#include "domain/slo/window.hpp"

namespace nines::slo {

/// A calendar window is carried to its end: traffic like the window so far, errors like the last
/// day. A rolling window is carried one day on (or its length, if shorter): what happened in its
/// first day falls out, a day like the last one comes in.
struct Forecast {
  Instant at;      ///< when the forecast holds
  Micros pace{0};  ///< the stretch whose error rate is carried on
  /// Units in the whole window by then. A weighted sum of members has none: all four are 0.
  double total = 0;
  double bad = 0;
  double sli = 0;
  std::int64_t allowed = 0;         ///< floor(total x (1 - target))
  double burn = 0;                  ///< burn rate that is carried on
  std::optional<double> share;      ///< budget left then, of that whole budget
  std::optional<double> share_now;  ///< budget left now, of that whole budget
  bool meets = true;
};

/// When nothing is left if the pace goes on. In a calendar window the budget left is spent evenly.
/// A rolling window gives back what its oldest part had spent: below a burn rate of 1 it may never
/// be empty, however long the pace goes on.
struct Exhaustion {
  enum class Kind { unknown, no_budget, exhausted, never, at };
  Kind kind = Kind::unknown;
  Instant when;                ///< Kind::at only
  bool within_window = false;  ///< calendar windows: before the budget is renewed
};

std::string_view to_string(Exhaustion::Kind kind);

struct Outlook {
  std::optional<Forecast> forecast;
  Exhaustion exhaustion;
  /// Rolling windows: the budget spent, as a share of the whole, after each further part of one
  /// length (`kAheadParts` of equal length); none where nothing is spent.
  std::vector<double> spent_ahead;
};

/// A rolling window is followed over its own length: after that, all of it is what comes in.
inline constexpr int kAheadParts = 30;

/// The outlook of one share of a whole.
struct WeightedOutlook {
  double weight = 1;
  Outlook outlook;
  std::optional<double> consumed = std::nullopt;  ///< of its budget so far
};

/// The whole's: budgets, burns and forecasts add up by weight. One share of weight 1 is the whole.
Outlook weighted(std::span<const WeightedOutlook> parts, const Period& period, bool rolling,
                 std::int64_t counted_to);

/// `counted` is the tally of [period.from, counted_to).
Outlook look_ahead(const Measure& measure, const Ratio& target, const Period& period, bool rolling,
                   std::int64_t counted_to, const Tally& counted);

}  // namespace nines::slo
