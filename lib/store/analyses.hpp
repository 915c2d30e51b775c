// Analyses (RCA-2): what is to be explained about an incident, and how the looking ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/rca/analysis/model.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "analysis/<uid>": analysis.started, analysis.concluded, analysis.stopped,
/// analysis.reopened.
const Aggregate& analysis_aggregate();

/// Of one incident, or all of them; oldest first.
std::vector<rca::Analysis> analyses(const Store& store, const std::optional<Uid>& incident = {});
std::optional<rca::Analysis> find_analysis(const Store& store, const Uid& uid);
/// The one that "RCA-2" or "2" names. Throws Error{not_found}.
rca::Analysis get_analysis(const Store& store, std::string_view name);

/// `number` comes from take_number("RCA") within the transaction.
log::NewEvent analysis_started(const rca::Analysis& analysis, std::int64_t number);
/// Its end as the fields of `analysis` say it: state, conclusion, owner, review.
log::NewEvent analysis_ended(const rca::Analysis& analysis, Instant at);
log::NewEvent analysis_reopened(const Uid& analysis, Instant at);

}  // namespace nines::store
