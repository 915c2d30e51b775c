// How postmortems look, for people and for programs.
#pragma once

#include <optional>
#include <string>

#include "nines/command.hpp"
#include "usecases/report/postmortem.hpp"

namespace nines::app::report {

/// Shape: schemas/report.postmortem.json, "postmortem"; the text only where it is asked for.
Json postmortem_json(const usecases::PostmortemView& view, bool with_text);

/// State, due day, revision, reviewers: what stands above the text.
void add_postmortem_facts(render::Page& page, const usecases::PostmortemView& view, Instant now);

/// What is to be done next about it, as a command.
render::Next next_of(const usecases::PostmortemView& view);

/// "2026-12-24, in 12 days", "2026-11-01, 3 days over"; "not known" while the incident goes on.
std::string due_text(const usecases::PostmortemView& view, Instant now);
bool is_overdue(const usecases::PostmortemView& view, Instant now);

/// "2 remarks on wording: nines report postmortem lint INC-4"; empty without any.
std::string wording_text(const usecases::LintResult& wording, const std::string& name);

}  // namespace nines::app::report
