// Postmortems (PM-4, that of INC-4): the text with its revisions, reviews, publication, requests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "domain/postmortem/model.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "postmortem/<uid>": postmortem.written, postmortem.review_asked, postmortem.reviewed,
/// postmortem.published, postmortem.blame_asked.
const Aggregate& postmortem_aggregate();

/// The same on every machine: there is one per incident.
Uid postmortem_uid(const Uid& incident);
std::string postmortem_subject(const Uid& postmortem);

/// Oldest first; the texts are left out.
std::vector<postmortem::Postmortem> postmortems(const Store& store);
std::optional<postmortem::Postmortem> find_postmortem(const Store& store, const Uid& incident);
std::vector<postmortem::Revision> postmortem_revisions(const Store& store, const Uid& postmortem);
/// Throws Error{not_found}.
std::string postmortem_text(const Store& store, const Uid& postmortem, int revision);

/// `number` is that of the incident, so that PM-4 is the postmortem of INC-4.
log::NewEvent postmortem_written(const postmortem::Postmortem& after, std::string_view from,
                                 std::string_view by, std::int64_t number, Instant at);
log::NewEvent review_asked(const Uid& postmortem, const postmortem::Review& review);
log::NewEvent review_given(const Uid& postmortem, const postmortem::Review& review);
log::NewEvent postmortem_published(const Uid& postmortem,
                                   const postmortem::Publication& publication);
log::NewEvent blame_asked(const Uid& postmortem, const postmortem::BlameRequest& request);

/// "<replica>:<seq>" of the newest event of every log that is here, in order.
std::vector<std::string> head_vector(const Store& store);

}  // namespace nines::store
