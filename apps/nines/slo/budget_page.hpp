// The ledger as a page, as JSON, and as a plot.
#pragma once

#include "base/json.hpp"
#include "render/output.hpp"
#include "render/plot.hpp"
#include "usecases/slo/budget.hpp"

namespace nines::app::slo {

Json budget_json(const usecases::BudgetReport& report);
render::Plot budget_plot(const usecases::BudgetReport& report);
render::Page budget_page(const usecases::BudgetReport& report, usecases::LedgerStep step,
                         const render::Style& style, bool with_plot);

}  // namespace nines::app::slo
