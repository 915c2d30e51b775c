// Holds every signed approval of the log against what it says, and against the rules in force here.
#include "usecases/log/audit_signatures.hpp"

#include "store/history.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"

namespace nines::usecases {

void audit_signatures(const Session& session, AuditReport& report) {
  const auto& rules = session.options().approvals;
  auto& found = report.signatures;
  store::visit_kinds(session.store(), approval_kinds(), [&](const store::Recorded& one) {
    const auto& header = one.event.header;
    if (one.event.erased) return;
    const auto sort = approval_sort(header.kind, one.event.body);
    const auto attested = log::attestation_of(one.event.body);
    if (!attested || attested->signature.empty()) {
      if (sort.empty()) return;
      ++found.claimed;
      if (rules.requires_signed(sort)) ++found.wanting;
      return;
    }
    // Whether it is still in time is for whoever makes use of it.
    const auto proof = authenticate_event(session, header.kind, header.subject, header.occurred_at,
                                          one.event.body, header.occurred_at);
    if (!proof.counts())
      report.faults.push_back({one.position + 1, log::to_string(header.ref), header.kind,
                               header.subject, "as " + proof.principal + ": " + proof.why});
    else
      ++(proof.proven() ? found.proven : found.unheld);
  });
}

}  // namespace nines::usecases
