// Change requests: asked for with a risk score, agreed by others, started, finished, and learned from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/remediate/change_policy.hpp"
#include "domain/remediate/change_request.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct NewRequest {
  nines::remediate::RequestBody body;  ///< without terms, score, chance and consent
  std::optional<double> share = {};    ///< of users it can reach, 0 to 1
  std::optional<nines::remediate::Reversibility> reversibility = {};
  std::optional<nines::remediate::Novelty> novelty = {};
  std::optional<std::uint64_t> lines = {};
  std::optional<nines::remediate::TestLevel> tests = {};
  std::optional<std::string> policy = {};  ///< ChangePolicy; empty: "default", the only one, or ours
};

/// A request with what stands around it.
struct RequestView {
  nines::remediate::ChangeRequest request;  ///< without a name when nothing was written
  std::vector<nines::remediate::GateFreeze> freezes = {};  ///< that its window, or now, lies in
  std::vector<nines::remediate::ChangeRequest> beside = {};  ///< of the same services, overlapping
  std::vector<std::string> recorded = {};  ///< changes recorded when it was finished: "CHG-7"
};

/// Throws Error: usage (no back-out, no service, a window that ends before it begins), not_found
/// (service, model, policy), conflict (a model whose last run failed).
NINES_EXPORT RequestView request_change(Session& session, const NewRequest& request, bool dry_run);
NINES_EXPORT RequestView show_request(const Session& session, const std::string& name);
/// Throws Error{needs_approval} for a person whose word does not count, conflict when it is too
/// late.
NINES_EXPORT RequestView approve_request(Session& session, const std::string& name,
                                         const std::string& because, bool dry_run);
/// By anybody else with a reason; by the one who asked it is a withdrawal.
NINES_EXPORT RequestView reject_request(Session& session, const std::string& name,
                                        const std::string& because, bool dry_run);
/// Throws Error: needs_approval (not agreed to, unless an emergency), no (a freeze, unless `lift`,
/// which needs a reason), conflict.
NINES_EXPORT RequestView start_request(Session& session, const std::string& name, bool lift,
                                       const std::string& because, bool dry_run);
/// Records the change itself too, one fact per service. Throws Error: usage (a failure without its
/// reason), conflict.
NINES_EXPORT RequestView finish_request(Session& session, const std::string& name,
                                        nines::remediate::RequestOutcome outcome,
                                        const std::string& because, bool dry_run);

struct RequestQuery {
  bool all = false;  ///< finished and rejected ones too
  std::optional<std::string> service = {};
};
/// By window, those without one last.
NINES_EXPORT std::vector<nines::remediate::ChangeRequest> list_requests(const Session& session,
                                                                        const RequestQuery& query);

struct ChangeCalendar {
  std::vector<nines::remediate::ChangeRequest> requests;  ///< with a window within, by start
  std::vector<nines::remediate::GateFreeze> freezes;
};
NINES_EXPORT ChangeCalendar change_calendar(const Session& session, Instant from, Instant to);
NINES_EXPORT std::string calendar_ics(const ChangeCalendar& calendar, Instant now);

NINES_EXPORT nines::remediate::Calibration calibrate_requests(const Session& session,
                                                              std::optional<Instant> from);

}  // namespace nines::usecases
