// The list of aggregates: what this version of nines knows how to fold.
#include "store/projection.hpp"

#include <array>

#include "store/actions.hpp"
#include "store/alerts.hpp"
#include "store/analyses.hpp"
#include "store/asks.hpp"
#include "store/change_requests.hpp"
#include "store/changes.hpp"
#include "store/configurations.hpp"
#include "store/definitions.hpp"
#include "store/drills.hpp"
#include "store/duty_changes.hpp"
#include "store/escalations.hpp"
#include "store/evidence.hpp"
#include "store/factors.hpp"
#include "store/gate_overrides.hpp"
#include "store/holds.hpp"
#include "store/hypotheses.hpp"
#include "store/import.hpp"
#include "store/incident_tables.hpp"
#include "store/keys.hpp"
#include "store/log_aggregates.hpp"
#include "store/maintenance.hpp"
#include "store/messages.hpp"
#include "store/numbers.hpp"
#include "store/postmortems.hpp"
#include "store/proposals.hpp"
#include "store/reminders.hpp"
#include "store/runbooks.hpp"
#include "store/reports.hpp"
#include "store/search.hpp"
#include "store/triage.hpp"

namespace nines::store {

std::span<const Aggregate> aggregates() {
  // One per line, so that aggregates added side by side merge.
  // clang-format off
  static const std::array kAll{
      tx_aggregate(),
      erased_aggregate(),
      actor_aggregate(),
      replica_aggregate(),
      number_aggregate(),
      key_aggregate(),
      hold_aggregate(),
      definition_aggregate(),
      change_aggregate(),
      configuration_aggregate(),
      duty_aggregate(),
      maintenance_aggregate(),
      import_aggregate(),
      incident_aggregate(),
      alert_aggregate(),
      proposal_aggregate(),
      rule_aggregate(),
      ask_aggregate(),
      evidence_aggregate(),
      triage_aggregate(),
      drill_aggregate(),
      message_aggregate(),
      escalation_aggregate(),
      reminder_aggregate(),
      analysis_aggregate(),
      hypothesis_aggregate(),
      action_aggregate(),
      gate_override_aggregate(),
      change_request_aggregate(),
      runbook_aggregate(),
      report_aggregate(),
      factor_aggregate(),
      postmortem_aggregate(),
      search_aggregate(),
  };
  // clang-format on
  return kAll;
}

}  // namespace nines::store
