// Which figures of a published report are other ones today, and which command changed each.
#pragma once

#include <functional>
#include <vector>

#include "domain/governance/report.hpp"
#include "store/reports.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

using MakeFigures = std::function<std::vector<store::PublishedFigure>(const Session&)>;

std::vector<store::PublishedFigure> published_figures(const governance::Report& report);

/// Makes the figures again as of commands in between (bisection, so about log2 of them), until each
/// change is pinned to the first command after which the figure is no longer what was published.
std::vector<governance::ChangedFigure> changed_figures(
    const Session& session, const store::PublishedReport& published,
    const std::vector<store::PublishedFigure>& now, const MakeFigures& make);

}  // namespace nines::usecases
