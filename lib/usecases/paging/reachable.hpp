// Whether every level of the escalation policies on record reaches somebody, all year long.
#pragma once

#include <vector>

#include "base/export.hpp"
#include "domain/incident/escalation_audit.hpp"
#include "usecases/incident/rotas.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Of the policies that name one of these rotas, or of all when `rotas` are all of the book; the
/// earliest first. Looks only.
NINES_EXPORT std::vector<incident::UnreachableStep> unreachable_levels(
    const Session& session, const RotaBook& book, const std::vector<const incident::Rota*>& rotas,
    const incident::Period& period);

}  // namespace nines::usecases
