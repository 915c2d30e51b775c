// The words of a drafted postmortem: what the record says, as Markdown, stretch by stretch.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/zone.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// The stretches that the tool keeps current, by name: "facts", "impact", "timeline", "factors",
/// "went-well", "questions", "actions".
std::map<std::string, std::string> drafted_regions(const Session& session,
                                                   const incident::Record& record,
                                                   const Zone& zone);
/// The stretch "timeline" as everybody may read it: milestones, and lines marked public.
std::string public_timeline(const incident::Record& record, const Zone& zone);
/// A whole new document around them.
std::string drafted_document(const Session& session, const incident::Record& record,
                             const std::map<std::string, std::string>& regions);

}  // namespace nines::usecases
