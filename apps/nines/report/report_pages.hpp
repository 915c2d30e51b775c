// A report of governance as data and as a page.
#pragma once

#include <string>
#include <string_view>

#include "nines/command.hpp"
#include "usecases/report/quarter.hpp"

namespace nines::app::report {

/// {"period", "before", "known_until", "over", "record", "published", "changed", "parts": [...]}.
Json report_json(const governance::Report& report);
/// `title` is the heading: "Reliability report 2026 Q3".
render::Page report_page(const governance::Report& report, std::string_view title);

/// Options that name a period, what they ask for in the zone of this run, and how to ask again.
void declare_period(Options& options);
usecases::ReportRequest report_request(const Context& context);
std::string asked_for(const governance::Report& report);  ///< " --period 2026Q3"

}  // namespace nines::app::report
