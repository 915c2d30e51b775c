// What speaks for or against each change: series, logs, rollbacks; inside of the use cases.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/rca/changes/blame.hpp"
#include "usecases/rca/blame.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

/// Adds to each change of a service that has a series, in the store or in the table, whether that
/// moved soon after it.
void add_movements(const Session& session, const Catalogue& catalogue, const BlameRequest& request,
                   BlameResult& result);

/// Adds to each change that a message of the log names which was not there before the onset.
void add_new_messages(const Session& session, const BlameRequest& request, BlameResult& result);

/// Adds to each change that was taken back whether the symptom went with it. Where nothing tells
/// when it ended, only an incident that is open until `now` says that it goes on.
void add_rollbacks(Instant now, BlameResult& result);

/// Adds to each change that the table of cohorts names, by its name, version or reference, how those
/// fare whom it reached. Names of the table that are no candidate's are warned of.
void add_exposure(const BlameRequest& request, BlameResult& result);

}  // namespace nines::usecases
