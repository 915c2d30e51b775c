// What taking in others' records came to, for people and for programs.
#pragma once

#include "nines/incident/pages.hpp"
#include "usecases/incident/ingest.hpp"

namespace nines::app::incident {

/// Each incident with its entries and what its record contradicts.
Json ingested_json(const usecases::IngestResult& result);
/// Appends to the page, with the next useful command.
void add_ingested(render::Output& output, const usecases::IngestResult& result, bool dry_run);

}  // namespace nines::app::incident
