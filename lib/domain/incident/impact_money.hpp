// What an incident costs: failed transactions, their value, what comes back, low and high.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "domain/catalog/definition.hpp"
#include "domain/incident/assess_policy.hpp"

namespace nines::incident {

/// An amount as an interval, in one currency, with how it was worked out.
struct Money {
  std::optional<Decimal> low;
  std::optional<Decimal> high;  ///< empty beside `low`: it may be any more
  std::string currency;
  std::string method;   ///< the arithmetic, in words
  std::string why_not;  ///< why nothing is known

  bool known() const { return low || high; }
  std::string text() const;  ///< "1,200 to 3,400 EUR", "at least 500 EUR"
};

/// a x b, cut to cents; empty when it does not fit.
std::optional<Decimal> product(const Decimal& a, const Decimal& b);

/// Failed transactions x value x the share that does not come back: low with the larger share
/// recovered, high with the smaller one. `complete` is false while data is missing for a part of
/// the time: then there is no upper bound.
Money lost_revenue(std::uint64_t failed, bool complete, const TransactionValue& value);

/// The other way, where no value per transaction is stated: minutes of full outage that the bad
/// units add up to, times what such a minute costs.
Money cost_of_minutes(const Decimal& bad_minutes, bool complete,
                      const catalog::BadMinuteCost& cost);

/// Amounts of one currency together; of several currencies nothing can be said.
Money sum(const std::vector<Money>& parts);

/// A figure that thresholds look at; unknown figures fire nothing.
struct Figures {
  std::optional<Decimal> lost_low;
  std::optional<Decimal> failed;
  std::optional<Decimal> reach;
  std::optional<Decimal> minutes;

  const std::optional<Decimal>& of(Threshold::Of what) const;
};
/// Those of the policy's thresholds that are passed, in its order.
std::vector<Threshold> passed(const AssessPolicy& policy, const Figures& figures);

}  // namespace nines::incident
