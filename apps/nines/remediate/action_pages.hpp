// How action items look, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "nines/command.hpp"
#include "usecases/remediate/actions.hpp"

namespace nines::app::remediate {

/// Declares the options that set fields of an action, but for its title.
void declare_fields(Options& options);
/// What the command line gave of them, by field.
usecases::ActionFields fields_of(const Context& context);

/// Shape: schemas/remediate.action.json, "action".
Json action_json(const nines::remediate::Action& action, const std::string& incident, Instant now);
Json view_json(const usecases::ActionView& view, Instant now);

/// What it is, who owns it, until when, and what it lacks.
void add_action_page(render::Page& page, const usecases::ActionView& view, Instant now);

/// "2026-12-24, in 12 days", "2026-11-01, 3 days over".
std::string due_text(const nines::remediate::Action& action, Instant now);

}  // namespace nines::app::remediate
