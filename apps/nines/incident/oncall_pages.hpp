// What the on-call verbs share: choosing rotas, and how shifts and people look.
#pragma once

#include <string>

#include "nines/command.hpp"
#include "usecases/incident/rotas.hpp"

namespace nines::app::incident {

using nines::incident::DutyShift;
using nines::incident::Rota;

/// Declares --rota and --team.
void declare_rota(Options& options);
std::vector<const Rota*> chosen_rotas(const Context& context, const usecases::RotaBook& book);

/// The value of a time option, which may lie ahead; the present where it is not given.
Instant time_ahead(const Context& context, std::string_view name);

/// "Mon 2026-03-23 09:00" in the zone.
std::string local_text(const Zone& zone, Instant t);
/// "Ada Okafor (ada)".
std::string person_text(const usecases::RotaBook& book, const std::string& name);
/// "instead of ada: Christmas".
std::string why_text(const DutyShift& shift);
Json period_json(const nines::incident::Period& period);

}  // namespace nines::app::incident
