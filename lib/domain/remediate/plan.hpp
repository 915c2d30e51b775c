// Which actions to do with the time there is: the most loss averted, within each team's capacity.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nines::remediate {

/// Bad minutes a year that an action would avert, by the person who estimated it or the record.
struct Estimate {
  double low = 0;
  double likely = 0;
  double high = 0;  ///< low <= likely <= high, none below 0
};

/// "60", or "20,60,120": low, likely, high. Empty when it cannot be read, or is not in that order.
std::optional<Estimate> parse_estimate(std::string_view text);

struct Candidate {
  std::string team;                     ///< whose capacity it takes
  Estimate averts;                      ///< if it works
  double works = 1;                     ///< P(it works), in (0, 1]
  int half_days = 1;                    ///< effort, above 0
  bool must = false;                    ///< done whatever it averts
  std::vector<std::size_t> needs = {};  ///< indices of candidates that must be done too

  double expected() const { return averts.likely * works; }
  /// Expected minutes averted a year per day of work.
  double per_day() const { return expected() * 2 / half_days; }
};

/// Half days that each team can give; a team that is not named has none.
using Capacity = std::map<std::string, int>;

struct Plan {
  std::vector<bool> chosen;         ///< per candidate
  double averted = 0;               ///< sum of the expected minutes of what is chosen
  std::map<std::string, int> used;  ///< half days by team
  bool optimal = true;    ///< false: the search was cut off at its budget; the best found so far
  bool must_fits = true;  ///< false: what must be done, with what it needs, exceeds a capacity
};

/// The exact 0/1 knapsack with one capacity per team and with dependencies, by branch and bound
/// over the linear relaxation of each team. What must be done is chosen first, even beyond a
/// capacity. `node_budget` bounds the search; needs may not form a ring (those that do are never
/// chosen).
Plan choose_actions(const std::vector<Candidate>& candidates, const Capacity& capacity,
                    std::uint64_t node_budget = 2'000'000);

/// How often each candidate is among the first `places` by `per_day`, over draws of what it averts
/// (triangular between low and high with its mode at likely): 1 means that the estimates' width
/// does not matter. Reproducible: `seed` fixes the draws.
std::vector<double> rank_stability(const std::vector<Candidate>& candidates, std::size_t places,
                                   int draws = 2000, std::uint64_t seed = 1);

/// Bad minutes a year of a risk: (minutes to detect + minutes to repair) x share of users x 365.25
/// / days between failures. After Google's published risk catalogue.
double risk_minutes(double detect, double repair, double share, double days_between);

}  // namespace nines::remediate
