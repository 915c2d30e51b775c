// Moving an incident through its life: acknowledge, mitigate, resolve, close, reopen, merge.
#pragma once

#include <optional>
#include <string>

#include "base/export.hpp"
#include "domain/incident/lifecycle.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct StepRequest {
  std::optional<std::string> incident = {};       ///< default: the current one
  std::optional<incident::StatedTime> when = {};  ///< default: now
  std::string note = {};                          ///< a line for the timeline beside it
};

/// Each throws Error{conflict} when the incident's state does not allow the step, and writes
/// nothing in a dry run. They return the incident as it is afterwards.
NINES_EXPORT incident::Incident acknowledge_incident(Session& session, const StepRequest& request,
                                                     bool dry_run);
NINES_EXPORT incident::Incident step_incident(Session& session, const StepRequest& request,
                                              const incident::StatusStep& step, bool dry_run);

struct CloseRequest {
  StepRequest step;
  incident::Outcome outcome = incident::Outcome::resolved;
  std::optional<std::string> of = {};  ///< the incident it duplicates, or went on as
  std::string detected_by = {};        ///< who or what noticed it first
};
struct Closed {
  incident::Incident incident;
  bool detection_known = false;  ///< or nothing that is asked for: a duplicate, a drill
};
/// Whether closing it so should be accompanied by who noticed it first, and that is not on record.
NINES_EXPORT bool wants_detection(const Session& session,
                                  const std::optional<std::string>& incident,
                                  incident::Outcome outcome);
NINES_EXPORT Closed close_incident(Session& session, const CloseRequest& request, bool dry_run);
/// Back to declared. Throws Error{needs_approval} without a reason.
NINES_EXPORT incident::Incident reopen_incident(Session& session, const StepRequest& request,
                                                bool dry_run);

struct Merged {
  incident::Incident from;
  incident::Incident into;
};
/// `from` closes as merged and goes on as `into`; its lines stay where they are and show there too.
NINES_EXPORT Merged merge_incident(Session& session, const StepRequest& from,
                                   const std::string& into, bool dry_run);

struct Linked {
  incident::Incident incident;
  incident::Link link;
  std::string target;    ///< as people call it
  bool already = false;  ///< it was linked so before, and nothing was added
};
/// `target` is an incident, or anything else as it stands: a URL, a ticket.
NINES_EXPORT Linked link_incident(Session& session, const std::optional<std::string>& incident,
                                  const std::string& target, const std::string& relation,
                                  bool dry_run);

}  // namespace nines::usecases
