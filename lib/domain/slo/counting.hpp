// What an indicator counts: from metric sources in a definition to one series and its predicates.
#pragma once

#include <optional>
#include <string>

#include "base/decimal.hpp"
#include "domain/series/counts.hpp"
#include "domain/series/predicate.hpp"
#include "domain/slo/model.hpp"

namespace nines::slo {

/// A row counts when `total` holds; it is good when `good` holds too, and, with `value`, when
/// `value op limit` does. With sums the columns hold counts already.
struct Counting {
  series::SeriesKey key;  ///< `split` is empty: the whole
  series::Predicate good = series::Predicate::always();
  series::Predicate total = series::Predicate::always();
  std::string good_sum;  ///< column; only together with total_sum
  std::string total_sum;
  bool sums_bad = false;  ///< good_sum holds bad counts: good = total - it
  std::string value;      ///< column of a threshold
  series::Compare op = series::Compare::le;
  Decimal limit;
  /// Of engines, instead of predicates: the queries as they are written. Without `total_query` each
  /// value of `first_query` is one event, judged by `op` and `limit`.
  std::string first_query;
  std::string total_query;
  bool first_is_bad = false;
};

struct CountingOf {
  std::optional<Counting> counting;
  std::string problem;  ///< why there is none: lower case, no full stop
};

/// The indicator of the objective (in composites) or of the SLO; null when it was not resolved.
const Indicator* indicator_of(const Slo& slo, const Objective& objective);
/// The metric whose source is read: the total where there is one.
const MetricSource& read_metric(const Indicator& indicator);

/// The service that an objective is about: the one its indicator names, else the SLO's.
const std::string& service_of(const Slo& slo, const Objective& objective);

/// For engines the key holds the queries, each on one line, under the source's name. For
/// `type: file` sources: where the source takes the service
/// from a column, rows of the objective's service count; else all its rows do, under the service
/// the source names, or its own name.
CountingOf counting_of(const Slo& slo, const Objective& objective, const DataSource& source);

}  // namespace nines::slo
