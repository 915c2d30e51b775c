// One way of counting rows: what is good, what counts at all, and what is measured.
#pragma once

#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "domain/series/evaluate.hpp"
#include "domain/series/predicate.hpp"

namespace nines::ingest {

/// Each rule makes one series per service (and split value). A row counts when `total` holds; it is
/// good when `good` holds too and, with `value`, when `value op limit` does. Rows without a value
/// are then no measurement and do not count. With `total_sum` the columns hold counts already.
struct Rule {
  series::Predicate good = series::Predicate::always();
  series::Predicate total = series::Predicate::always();
  std::string good_sum;  ///< column; only together with total_sum
  std::string total_sum;
  bool sums_bad = false;  ///< good_sum holds bad counts: good = total - it
  std::string value;      ///< column of a threshold; a latency histogram is kept of it
  series::Compare op = series::Compare::le;
  Decimal limit;
};

}  // namespace nines::ingest
