// What ingesting alerts came to, for people and for programs.
#pragma once

#include "nines/incident/pages.hpp"
#include "usecases/incident/alerts.hpp"

namespace nines::app::incident {

/// Counts, and each group with news.
Json alerts_json(const usecases::AlertIngest& ingest);
/// Code, severity, place, message and hint of each.
Json findings_json(const Findings& findings);
/// Appends to the page, with the next useful command, and the warnings.
void add_alerts(render::Output& output, const usecases::AlertIngest& ingest, bool dry_run);

}  // namespace nines::app::incident
