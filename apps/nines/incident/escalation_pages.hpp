// How escalations and pages look, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "nines/command.hpp"
#include "usecases/paging/escalate.hpp"
#include "usecases/paging/pager.hpp"

namespace nines::app::incident {

/// Whether --now or NINES_NOW pins the clock: such a run pages nobody.
bool clock_is_set(const Context& context);

/// The user's channels.yaml and the clock of this run.
usecases::PagingSetup paging_setup(const Context& context);

/// "pages are sent by channels.yaml", or why they are not.
std::string sending_text(const std::string& off);

Json occurrence_json(const nines::incident::Occurrence& one);
Json page_json(const nines::incident::Page& page);
/// Members `incident`, `policy`, `version`, `phase`, `occurred`, `pages`, `next_at`, `waiting`.
Json advance_json(const usecases::Advance& advance);

/// "2026-11-23 02:14" in the zone; with seconds where they are not zero.
std::string moment_text(const Zone& zone, Instant at);
/// Who is paged when, and what else happens.
render::Table occurrence_table(const std::vector<nines::incident::Occurrence>& occurred,
                               const Zone& zone, Instant start, std::size_t limit);
render::Table page_table(const std::vector<nines::incident::Page>& pages);

}  // namespace nines::app::incident
