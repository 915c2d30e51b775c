// Judges stored history under two sets of definitions: what a change would have meant.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/slo/definition.hpp"
#include "domain/slo/hindsight.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/backtest.hpp"

namespace nines::usecases {

/// One objective on one side; without a hindsight there is a reason.
struct ImpactSide {
  std::optional<nines::slo::Hindsight> hindsight;
  std::string problem;  ///< "is not defined", or why nothing could be judged

  bool judged() const { return hindsight && hindsight->days > 0; }
};

struct ImpactRow {
  std::string slo;        ///< its name after the change
  std::string objective;  ///< id after the change, else before
  bool several = false;   ///< the SLO has more than one objective
  ImpactSide before, after;
};

/// The standard alerts of one severity over all that changed, as either side would have had them.
/// A side of which nothing could be replayed has no figures: unknown is not none.
struct AlertImpact {
  std::string severity;  ///< "page"
  std::optional<BacktestFigures> before = {}, after = {};
};

struct DiffImpact {
  std::optional<nines::slo::Period> history;  ///< empty: nothing is stored for any of them
  std::vector<ImpactRow> rows;                ///< by SLO, then objective; only SLOs that changed
  std::vector<AlertImpact> alerts;            ///< empty where neither side could be replayed
};

/// The SLOs that the two sets define differently, or count from different series, each judged at
/// the end of every day of the last year that its measurements cover. An SLO of `after` that says
/// it was renamed is compared with its earlier name. Objectives pair by id, those left over in
/// order. The standard alerts are replayed over the same history and held against the incidents on
/// record.
DiffImpact diff_impact(const Session& session,
                       const std::vector<nines::slo::DefinitionRecord>& before,
                       const std::vector<nines::slo::DefinitionRecord>& after);

}  // namespace nines::usecases
