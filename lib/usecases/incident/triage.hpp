// Running a playbook in an incident: read-only steps at once, others once somebody has approved.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/process.hpp"
#include "domain/incident/triage.hpp"
#include "usecases/incident/playbooks.hpp"

namespace nines::usecases {

struct TriageRequest {
  std::optional<std::string> incident = {};
  std::string playbook;
  std::optional<std::string> step = {};  ///< its name, or its number from 1; none: all
  incident::ParameterValues values = {};
  std::span<const ShippedPlaybook> shipped = {};
  ProcessEnvironment env = {};
};

/// What became of one step.
struct StepReport {
  std::string step;
  std::string description;
  std::vector<std::string> argv;  ///< empty when a parameter has no value
  bool read_only = false;
  std::optional<incident::Unfilled> unfilled = {};
  std::optional<incident::TriageStep> record =
      {};  ///< none in a dry run, and when it could not run
  std::vector<incident::Conclusion> conclusions = {};
  std::vector<std::string> proposals =
      {};                    ///< of each conclusion; empty where people want no more of it
  std::size_t redacted = 0;  ///< secrets that were taken out of what it printed
  std::string line = {};     ///< number of its line in the timeline
  /// We were asked to stop while it ran, even where it came to its end all the same.
  bool stop_asked = false;
};

struct TriageReport {
  incident::Incident incident;
  LoadedPlaybook playbook;
  std::vector<StepReport> steps;
  bool interrupted = false;
};

/// Each step that runs is recorded, with its output, as soon as it has ended: what follows cannot
/// take that back, and a step that fails or hangs stops none of the others. `tell` hears of each.
/// Throws Error{config} when the playbook is not trusted as it stands, Error{not_found}.
NINES_EXPORT TriageReport run_triage(Session& session, const TriageRequest& request, bool dry_run,
                                     const std::function<void(const StepReport&)>& tell = {});

struct DecisionRequest {
  std::optional<std::string> incident = {};
  std::string step;
  bool approve = true;
  std::span<const ShippedPlaybook> shipped = {};
  ProcessEnvironment env = {};
};
struct PendingStep {
  incident::Incident incident;
  incident::TriageStep step;
  LoadedPlaybook playbook;
};
/// The waiting step that is meant, for showing to the person who decides. Throws Error{not_found},
/// Error{conflict} when it was decided on already or its playbook has changed since,
/// Error{needs_approval} when this person asked for it and another is wanted.
NINES_EXPORT PendingStep find_pending(const Session& session, const DecisionRequest& request);
/// Decides on exactly what was shown, once; an approved step runs at once, and never again.
NINES_EXPORT StepReport decide_step(Session& session, const PendingStep& pending,
                                    const DecisionRequest& request);

struct TriageView {
  incident::Incident incident;
  std::vector<incident::TriageStep> steps;
};
NINES_EXPORT TriageView show_triage(const Session& session,
                                    const std::optional<std::string>& incident);
/// What a step printed, as it was kept.
struct KeptOutput {
  incident::TriageStep step;
  std::string sort;                   ///< "normal", "personal", "privileged"
  std::vector<std::string> redacted;  ///< kinds of secrets taken out
  std::optional<std::string> bytes;   ///< none: kept on another machine, or erased
};
/// `word` is the step's name (the last time it ran), or the beginning of the output's hash. Throws
/// Error{not_found}.
NINES_EXPORT KeptOutput show_output(const Session& session, const TriageView& view,
                                    const std::string& word);

}  // namespace nines::usecases
