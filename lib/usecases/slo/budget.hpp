// Who spent an error budget: the ledger of one objective or composite, and how it went down.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/slo/assess.hpp"
#include "domain/slo/spending.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/surroundings.hpp"

namespace nines::usecases {

enum class LedgerStep { day, hour };

struct BudgetQuery {
  std::string name;
  std::optional<std::string> objective;  ///< id or displayName; needed when there are several; of a
                                         ///< composite it names a member, judged alone
  std::optional<Instant> at;             ///< empty: now
  bool at_last = false;                  ///< where the data ends
  LedgerStep step = LedgerStep::day;
  Micros change_tail = std::chrono::hours{1};  ///< how long after its end a change still claims
  int plot_points = 120;
};

struct BudgetReport {
  slo::Assessment assessment;
  slo::Spending spending;
  std::string source;            ///< empty for composites
  std::string source_type = {};  ///< "file", "prometheus"
  std::string zone;              ///< of the days
  Micros change_tail{0};
  double whole_budget = 0;  ///< units that the whole window allows, by the forecast; of a weighted
                            ///< composite 0: it has no units of its own
  std::vector<Instant> plot_times;          ///< one per point
  std::vector<std::optional<double>> left;  ///< share of the whole budget at each time
  std::vector<std::string> warnings;
};

/// Throws Error{not_found} for an unknown SLO or objective, Error{usage} when an objective must be
/// named.
NINES_EXPORT BudgetReport slo_budget(const Session& session, const BudgetQuery& query);

/// The same from values.
BudgetReport make_budget_report(const Catalogue& catalogue, const series::Reader& reader,
                                const Surroundings& around, const BudgetQuery& query, Instant now);

}  // namespace nines::usecases
