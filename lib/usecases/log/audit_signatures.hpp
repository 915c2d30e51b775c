// The signed approvals of the log, as a part of its audit.
#pragma once

#include "usecases/log/audit.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Counts them into `report`; those that do not hold become faults.
void audit_signatures(const Session& session, AuditReport& report);

}  // namespace nines::usecases
