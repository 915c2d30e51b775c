// Turns what is on record into the facts that a policy asks about.
#pragma once

#include <string>
#include <vector>

#include "domain/incident/assess.hpp"
#include "domain/incident/impact_money.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {

/// The worst burn rate of each window, and the most of a budget that is spent. An SLO without data
/// leaves the upper side open: it may be worse.
void put_figures(incident::AssessFacts& facts, const std::vector<StatusRow>& rows);
/// The most important tier of the services; a service without one leaves the lower side open.
void put_tier(incident::AssessFacts& facts, const Catalogue& catalogue,
              const std::vector<std::string>& services);
/// Facts of the incident: users_affected, data_exposure (or data_exposed).
void put_recorded(incident::AssessFacts& facts, const incident::Record& record);
void put_money(incident::AssessFacts& facts, const incident::Money& money);

}  // namespace nines::usecases
