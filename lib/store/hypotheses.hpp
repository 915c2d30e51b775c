// Hypotheses (HYP-3) of analyses, with the evidence for and against each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/rca/analysis/model.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "hypothesis/<uid>": hypothesis.added, hypothesis.set (one field),
/// hypothesis.state_set, hypothesis.evidence_given, hypothesis.evidence_weighed, and those of
/// watches (hypothesis_watches.hpp).
const Aggregate& hypothesis_aggregate();

/// Those of one analysis, in the order they were added.
std::vector<rca::Hypothesis> hypotheses_of(const Store& store, const Uid& analysis);
std::size_t hypothesis_count(const Store& store, const Uid& analysis);
std::optional<rca::Hypothesis> find_hypothesis(const Store& store, const Uid& uid);
/// The one that "HYP-3" or "3" names. Throws Error{not_found}.
rca::Hypothesis get_hypothesis(const Store& store, std::string_view name);

/// `number` comes from take_number("HYP") within the transaction.
log::NewEvent hypothesis_added(const rca::Hypothesis& hypothesis, std::int64_t number);
/// One of "text", "layer", "counterfactual", "action", "accepted_risk", "capture".
log::NewEvent hypothesis_field_set(const Uid& hypothesis, std::string_view field,
                                   std::string_view from, std::string_view to, Instant at);
log::NewEvent hypothesis_state_set(const Uid& hypothesis, rca::HypothesisState from,
                                   rca::HypothesisState to, std::string_view because, Instant at);
log::NewEvent evidence_given(const Uid& hypothesis, const rca::Evidence& evidence);
/// A person says that it counts otherwise.
log::NewEvent evidence_weighed(const Uid& hypothesis, const rca::Evidence& from, rca::Strength to,
                               std::string_view because, Instant at);
/// Whether an item was ever given, also where that was undone since.
bool evidence_was_given(const Store& store, const Uid& hypothesis, const Uid& item);

}  // namespace nines::store
