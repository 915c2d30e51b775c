// One objective judged at one instant: everything that `slo status` says about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/series/counts.hpp"
#include "domain/slo/budget.hpp"
#include "domain/slo/forecast.hpp"
#include "domain/slo/maintained.hpp"
#include "domain/slo/model.hpp"
#include "domain/slo/shares.hpp"
#include "domain/slo/verdict.hpp"
#include "domain/slo/window.hpp"

namespace nines::slo {

struct Freshness {
  std::optional<Instant> data_from;  ///< first and one past the last minute of the whole series
  std::optional<Instant> data_to;
  std::optional<Micros> age;  ///< from data_to to the instant asked about; never negative
  Micros limit{0};
  bool stale = false;  ///< no data, or older than the limit
};

struct Member;

struct Assessment {
  std::string slo;
  std::string service;
  std::string objective;  ///< id
  std::string title;      ///< displayName of the objective, or empty
  Ratio target;
  BudgetingMethod method = BudgetingMethod::occurrences;
  std::string window_text;  ///< "30d rolling", "1M calendar, Europe/Paris"
  bool rolling = true;
  Instant at;                         ///< the instant asked about
  std::optional<Period> window;       ///< empty: not started
  std::optional<Instant> counted_to;  ///< end of what is counted: `at` in whole minutes or slices
  Tally counted;
  std::optional<double> sli;
  std::string sli_reason;  ///< why there is no SLI; empty when there is one
  Verdict verdict = Verdict::no_data;
  bool settled = false;  ///< the missing data cannot turn the verdict
  Inference inference;
  Freshness freshness;
  Budget budget;
  std::vector<Burn> burns;
  Outlook outlook;
  std::optional<Maintained> maintenance;  ///< empty: none overlaps what is counted
  std::vector<Member> members;            ///< composites only
  Decimal weights{0, 0};                  ///< composites only: the sum of the members' weights
  std::vector<std::string> notes;
};

/// One part of a composite SLO.
struct Member {
  std::string name;
  Decimal weight;
  std::optional<double> consumed;  ///< share of its own budget that is spent
  Assessment assessment;
};

struct AssessOptions {
  Instant at;
  PlaceLocal place;  ///< of the window's zone; may be empty for rolling windows
  IntervalMethod interval = IntervalMethod::wilson;
  StopsOf stops = {};  ///< empty: no maintenance is known
};

/// Series of one objective, found by the caller.
using SeriesOf = std::function<std::optional<series::SeriesId>(const Objective&)>;

/// How old data may be before a verdict is stale: annotation `nines.dev/max-age`, else a hundredth
/// of the window and at least an hour.
Micros age_limit(const Slo& slo);

Measure measure_of(const Slo& slo, const Objective& objective, const series::Reader& reader,
                   const series::SeriesId& id);

/// The same without what the SLO excludes of `window`, for each objective.
MeasureOf measures_of(const Slo& slo, const series::Reader& reader, const SeriesOf& series,
                      const StopsOf& stops, const Period& window, bool exclude);

/// One assessment per objective; a composite SLO gives exactly one, with its members inside.
std::vector<Assessment> assess(const Slo& slo, const series::Reader& reader, const SeriesOf& series,
                               const AssessOptions& options);

}  // namespace nines::slo
