// Who spent an error budget: the ledger of one objective, and how the budget went down.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/slo/assess.hpp"
#include "domain/slo/ledger.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

enum class LedgerStep { day, hour };

struct BudgetQuery {
  std::string name;
  std::optional<std::string> objective;  ///< id or displayName; needed when there are several
  std::optional<Instant> at;             ///< empty: now
  bool at_last = false;                  ///< where the data ends
  LedgerStep step = LedgerStep::day;
  Micros change_tail = std::chrono::hours{1};  ///< how long after its end a change still claims
  int plot_points = 120;
};

struct BudgetReport {
  slo::Assessment assessment;
  slo::Ledger ledger;
  std::string source;
  std::string zone;  ///< of the days
  Micros change_tail{0};
  double whole_budget = 0;                  ///< units that the whole window allows, by the forecast
  std::vector<Instant> plot_times;          ///< one per point
  std::vector<std::optional<double>> left;  ///< share of the whole budget at each time
  std::vector<std::string> warnings;
};

/// Throws Error{not_found} for an unknown SLO or objective, Error{usage} when an objective must be
/// named and for composites, which have no events of their own.
NINES_EXPORT BudgetReport slo_budget(const Session& session, const BudgetQuery& query);

/// The same from values.
BudgetReport make_budget_report(const Catalogue& catalogue, const series::Reader& reader,
                                std::vector<slo::Attribution> causes, const BudgetQuery& query,
                                Instant now);

/// What is recorded that may have touched the SLO within `period`: maintenance of its service,
/// changes of its service, of what it depends on, and of its vendors.
std::vector<slo::Attribution> causes_of(const Session& session, const Catalogue& catalogue,
                                        const slo::Slo& slo, const slo::Period& period,
                                        Micros change_tail);

}  // namespace nines::usecases
